"""The commands about imports."""
