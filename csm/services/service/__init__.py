"""What a user means to do with services rendered."""
