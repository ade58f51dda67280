"""The pages, records and words of complaints."""
