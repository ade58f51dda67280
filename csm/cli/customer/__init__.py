"""The commands about customers."""
