"""The SQL of sales."""
