"""csm: customer service management in a terminal, everything in one SQLite file."""

__version__ = "0.1.0"
