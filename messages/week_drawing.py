"""A working week drawn from its numbers: a helmet for a day of work, a book for a day of school.

Five calendar sheets in the hand of the pictures that ship, three over two; a day of neither is
blank. Three and two is the picture `practice-week-3-2` itself.
"""

from __future__ import annotations

DAYS = 5
_PLACES = ((14, 24), (86, 24), (158, 24), (50, 134), (122, 134))
_HEAD = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 240 240" fill="none" stroke="#1d2b36" '
    'stroke-width="6" stroke-linecap="round" stroke-linejoin="round">'
    '<rect width="240" height="240" rx="24" fill="#edf3f7" stroke="none"/>'
)
_SHEET = (
    '<rect width="68" height="92" rx="8" fill="#ffffff"/>'
    '<path d="M0 20V8Q0 0 8 0H60Q68 0 68 8V20Z" fill="#e4633f"/>'
    '<path d="M20.5 -7v15M47.5 -7v15"/>'
)
_WORKER = (
    '<path d="M11 92Q11 72 26 72H42Q57 72 57 92Z" fill="#1f7f7b"/>'
    '<circle cx="34" cy="56" r="17" fill="#d09a70"/>'
    '<path d="M16.5 53A17.5 17.5 0 0 1 51.5 53Z" fill="#ffd25a"/>'
    '<path d="M11.5 53H56.5M29 37V46M39 37V46"/>'
    '<circle cx="27.5" cy="58" r="2.5" fill="#1d2b36" stroke="none"/>'
    '<circle cx="40.5" cy="58" r="2.5" fill="#1d2b36" stroke="none"/>'
)
_BOOK = (
    '<path d="M34 50Q23 36 12 44V72Q23 64 34 78Q45 64 56 72V44Q45 36 34 50Z" fill="#ffffff"/>'
    '<path d="M34 50V78"/>'
)


def week_svg(work: int, school: int) -> str:
    """The week as SVG; `work` and `school` are days, together five at most."""
    marks = [_WORKER] * work + [_BOOK] * school
    marks += [""] * (DAYS - len(marks))
    sheets = "".join(
        f'<g transform="translate({x} {y})">{_SHEET}{mark}</g>'
        for (x, y), mark in zip(_PLACES, marks, strict=True)
    )
    return f"{_HEAD}{sheets}</svg>"
