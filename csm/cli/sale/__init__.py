"""The commands about sales."""
