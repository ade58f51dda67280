"""What a user means to do with files that go out and come in."""
