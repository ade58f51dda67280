"""Rows of a file becoming customers, contacts and callbacks; `csm.services.imports` runs over the file."""
