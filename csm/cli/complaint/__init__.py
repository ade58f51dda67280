"""The commands about complaints."""
