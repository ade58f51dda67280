"""What a user means to do with the house itself: settings, staff, holidays."""
