"""The pages, records and words of the day's work."""
