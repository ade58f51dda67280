"""The rules of callbacks."""
