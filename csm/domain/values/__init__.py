"""The rules of amounts, quantities, phones and texts as values."""
