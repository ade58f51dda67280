"""One module a noun. A module's `VERBS` are its commands; what a command needs is imported when it runs."""
