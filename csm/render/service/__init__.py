"""The pages, records and words of services rendered."""
