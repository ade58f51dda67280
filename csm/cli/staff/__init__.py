"""The commands about staff."""
