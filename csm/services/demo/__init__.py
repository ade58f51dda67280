"""A made-up shop district with a month of history, to look around in.

`making` plays the tables of `old_town`, `riverside` and `park` through the services that the commands use. A further
kind of thing that happens is one more tuple in `tables`, one function in `making.DOING`, and rows in the quarters.
No chance and no clock: the same moment taken as now makes the same district.
"""
