"""The commands about promises."""
