"""What csm says of errors in moving a whole file to a folder and back; a part of `csm.cli.words`."""

from __future__ import annotations

from typing import Final

from csm.domain import errors as e
from csm.i18n import marked

MOVING_WORDS: Final[dict[type[e.CsmError], tuple[str, str]]] = {
    e.FolderNotEmpty: (
        marked("the folder {path} isn't empty"),
        marked("name a folder that doesn't exist yet; nothing is overwritten"),
    ),
    e.NotAWholeFile: (
        marked("{path} isn't a complete export of a whole file: it has no {missing}"),
        marked("csm export all FOLDER writes one; a single file is imported with csm import customers FILE"),
    ),
    e.NotEmpty: (
        marked("{path} has data already ({tables}); a whole file can only be imported into an empty one"),
        marked(
            "name a new file: csm --db NEW.db import all FOLDER; or add one kind at a time: csm import customers FILE"
        ),
    ),
    e.NewerFolder: (
        marked("{path} was exported by a newer version (schema {found}); this one knows schema {known}"),
        marked("import it with that version, or update csm"),
    ),
    e.TwoFiles: (
        marked("{first} and {second} hold the same records"),
        marked("keep one of them in the folder"),
    ),
    e.WrongRowCount: (
        marked("{path} has {found} rows, the export wrote {expected}"),
        marked("rows are missing or were added; export again: csm export all FOLDER"),
    ),
    e.BadCell: (marked("{path}, line {line}, column {column}, value '{value}': {reason}"), ""),
    e.ValueNotAllowed: (marked("this value isn't allowed here ({detail})"), ""),
    e.ValueTwice: (marked("this value can only stand in one row, and another has it"), ""),
    e.SaidOtherwise: (marked("this doesn't agree with the other files of the folder, which give '{known}'"), ""),
    e.UnreadableEvents: (marked("the events of this complaint can't be read ({detail})"), ""),
    e.TextWithNul: (
        marked("a text in {name} has a NUL character, which csv can't hold"),
        marked("export as json: -f json"),
    ),
}
