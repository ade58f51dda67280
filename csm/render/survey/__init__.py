"""The pages, records and words of surveys."""
