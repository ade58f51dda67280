"""What a user means to do with complaints."""
