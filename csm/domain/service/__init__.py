"""The rules of services rendered."""
