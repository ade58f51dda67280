"""The pages, records and words of customers."""
