"""The pages, records and words of promises."""
