"""Files of other programs: encodings, dialects, headings, dates; rows in and out, never the database."""
