"""The commands about settings and holidays."""
