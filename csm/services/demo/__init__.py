"""A made-up shop district with a month of history and a year of sales, to look around in.

`making` plays the tables of `old_town`, `riverside`, `park`, `complaints`, `sales_year`, `sales_month` and `surveys`
through the services that the commands use. A further kind of thing that happens is one more tuple in `tables` or
`sales_kinds`, one function in `making.DOING`, in `handling.DOING` where it has to do with cases and promises, in
`selling.DOING` where it has to do with sales, in `surveying.DOING` with surveys, and rows in the tables.
No chance and no clock: the same moment taken as now makes the same district.
"""
