"""The rules of surveys."""
