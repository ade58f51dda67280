"""The commands about callbacks."""
