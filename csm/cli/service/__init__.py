"""The commands about services rendered."""
