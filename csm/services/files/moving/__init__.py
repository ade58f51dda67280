"""Moving a whole file: every table out into a folder of files, and from there into an empty file."""
