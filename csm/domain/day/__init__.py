"""What the day's list consists of."""
