"""What a user means to do with the day's work."""
