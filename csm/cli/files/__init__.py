"""The commands about files that go out and come in."""
