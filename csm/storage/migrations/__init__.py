"""Every step the schema has taken, in order; append only.

A released migration is never edited. `MIGRATIONS` imports sqlite-utils, so it is imported only for a file that
needs work. The number of migrations is `csm.storage.file.stamp.SCHEMA`.
"""

from __future__ import annotations

from sqlite_utils.migrations import Migrations

from csm.storage.migrations import (
    m0001_customers_and_callbacks,
    m0002_complaints,
    m0003_sales,
    m0004_surveys,
    m0005_hours_and_people,
    m0006_accounts,
)

MIGRATIONS = Migrations("csm")
MIGRATIONS(name="0001_customers_and_callbacks")(m0001_customers_and_callbacks.apply)
MIGRATIONS(name="0002_complaints")(m0002_complaints.apply)
MIGRATIONS(name="0003_sales")(m0003_sales.apply)
MIGRATIONS(name="0004_surveys")(m0004_surveys.apply)
MIGRATIONS(name="0005_hours_and_people")(m0005_hours_and_people.apply)
MIGRATIONS(name="0006_accounts")(m0006_accounts.apply)
