"""The pages, records and words of service quality."""
