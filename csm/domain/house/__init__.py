"""What the house itself consists of: its staff and settings."""
