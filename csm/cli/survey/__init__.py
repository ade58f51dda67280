"""The commands about surveys."""
