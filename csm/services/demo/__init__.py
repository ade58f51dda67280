"""A made-up shop district with a month of history, to look around in.

`making` plays the tables of `old_town`, `riverside`, `park` and `complaints` through the services that the commands
use. A further kind of thing that happens is one more tuple in `tables`, one function in `making.DOING`, or in
`handling.DOING` where it has to do with cases and promises, and rows in the tables.
No chance and no clock: the same moment taken as now makes the same district.
"""
