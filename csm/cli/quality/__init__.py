"""The commands about service quality."""
