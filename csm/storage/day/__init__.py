"""The SQL of the day's work."""
