"""Rows of a file becoming customers, contacts and callbacks; `csm.services.files.imports` runs over the file."""
