"""The rules of customers."""
