"""The commands about pledges."""
