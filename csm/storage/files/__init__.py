"""The SQL of files that go out and come in."""
