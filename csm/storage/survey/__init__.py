"""The SQL of surveys."""
