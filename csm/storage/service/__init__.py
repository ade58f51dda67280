"""The SQL of services rendered."""
