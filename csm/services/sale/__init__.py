"""What a user means to do with sales."""
