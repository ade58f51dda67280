"""The pages, records and words of sales."""
