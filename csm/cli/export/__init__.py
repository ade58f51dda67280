"""The commands about exports."""
