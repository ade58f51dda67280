"""The SQL of complaints."""
