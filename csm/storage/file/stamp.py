"""What a file is stamped with: that it is csm's, and by which schema, rules and text it was made."""

from __future__ import annotations

import sqlite3
from typing import Final

APPLICATION_ID: Final = 0x63736D31  # "csm1"
SCHEMA: Final = 6  # the number of migrations
# The rule by which search keys are made (`csm.domain.values.folding`, `csm.services.customer.pinyin`): raised whenever
# it changes.
KEY_RULE: Final = 1
# 31 bits of a hash of the text of all views, triggers and indexes, so that no command has to compute it; a test says
# what it is to be (`csm.storage.file.schema.fingerprint`). A file made by another text is made anew in these.
MADE_BY: Final = 0x5FB1D85
# What `current_command.made_for` is to be: the text they were made by, and the state of the schema then. In another
# state somebody else has changed it.
MADE_FOR: Final = f"SELECT {MADE_BY << 32} | schema_version FROM pragma_schema_version"
# Why a file with a log can't be opened or written: no right to write, no room, no way to make the log.
UNWRITABLE: Final = (sqlite3.SQLITE_READONLY, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL, sqlite3.SQLITE_CANTOPEN)


def is_current(connection: sqlite3.Connection) -> bool:
    """Tell whether views, triggers and indexes were made by the text of this release.

    Whether another program has changed them since is only asked before a write.
    """
    try:
        found = connection.execute("SELECT made_for >> 32 FROM current_command").fetchone()
    except sqlite3.OperationalError as error:
        if error.sqlite_errorcode != sqlite3.SQLITE_ERROR:
            raise
        return True  # the table is gone: whoever writes is told
    return bool(found == (MADE_BY,))
