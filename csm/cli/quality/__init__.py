"""Service quality: scores, complaints, promises, and the weakest point.

A period is this month to date unless told. --explain says what each figure is.
"""

from typing import Final

from csm.cli.grammar import Verb

VERBS: Final = {
    verb: Verb()
    for verb in ("summary", "servqual", "gaps", "complaints", "callbacks", "promises", "retention", "heart", "trend")
}
