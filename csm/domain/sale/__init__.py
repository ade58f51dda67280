"""The rules of sales."""
