"""The SQL of the house itself: settings, staff, holidays."""
