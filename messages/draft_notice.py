"""The words by which a sheet owns up to a translation that nobody has checked.

They stand under the title, in both languages: the reader must know it, and so must the Dane who
hands the sheet over, also where the rest of the sheet has no Danish on it.
"""

from __future__ import annotations

from dataclasses import replace

from messages.document import Document, Kind, Run, Said
from messages.furniture import DRAFT
from messages.languages import DANISH


def draft_notice(document: Document) -> Said | None:
    """The notice with the Danish beside it; None on a sheet that has been checked."""
    if not document.marks.draft:
        return None
    notice = document.notices[-1]
    if document.language.code == DANISH or notice.beside is not None:
        return notice
    return replace(notice, beside=(Run(Kind.WORDS, DRAFT, DANISH, "ltr"),))


def small_print(document: Document) -> tuple[Said, ...]:
    """The notices that are left for the foot of the page."""
    return document.notices[:-1] if document.marks.draft else document.notices
