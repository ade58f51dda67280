"""The SQL of callbacks."""
