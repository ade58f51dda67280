"""The SQL of the database file: opening, making, migrating, keeping its history."""
