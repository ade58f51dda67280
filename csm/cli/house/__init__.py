"""The commands about the house itself: settings, staff, holidays."""
