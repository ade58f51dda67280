"""The commands about the day's work."""
