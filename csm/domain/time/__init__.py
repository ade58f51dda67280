"""The rules of days, hours and periods."""
