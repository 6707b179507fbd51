"""The letters a sheet of ours is written in, script by script, out of all that a font holds.

A page for a phone carries its font along. The everyday letters weigh half of the whole font, so
the whole goes along only with a page that has a letter outside them: a name in Pashto, a prayer.
`tools/subset_fonts.py` cuts the fonts by the same list.
"""

from __future__ import annotations

import re
from functools import cache

_SIGNS = "".join(map(chr, (*range(0x20, 0x41), 0xA0, 0xAB, 0xBB, 0x2013, 0x2026, 0x25CC)))
_MARKS = "\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069"
# Every family of Tigrinya and Amharic, by its first order; the last row has orders with w in them.
_ETHIOPIC = "ሀለሐመሠረሰሸቀቐበቨተቸነኘአከኸወዐዘዠየደጀገጠጨጸፀፈፐ" + "ቈቘኈኰዀጐ"


def _span(*ends: tuple[int, int]) -> str:
    return "".join(chr(code) for first, last in ends for code in range(first, last + 1))


# Arabic and Persian letters, vowel signs, both rows of digits, and punctuation.
EVERYDAY = {
    "Noto Sans Arabic": _SIGNS
    + _MARKS
    + _span((0x621, 0x63A), (0x640, 0x652), (0x654, 0x655), (0x660, 0x66C), (0x6F0, 0x6F9))
    + "،؛؟ٰپچژکگۀی",
    "Noto Sans Ethiopic": _SIGNS
    + "".join(_span((ord(first), ord(first) + 7)) for first in _ETHIOPIC)
    + _span((0x1361, 0x1368)),
}
BLOCKS = {
    "Noto Sans Arabic": _span(
        (0x600, 0x6FF), (0x750, 0x77F), (0x8A0, 0x8FF), (0xFB50, 0xFDFF), (0xFE70, 0xFEFC)
    ),
    "Noto Sans Ethiopic": _span((0x1200, 0x139F), (0x2D80, 0x2DDF), (0xAB00, 0xAB2F)),
}


@cache
def _rare(family: str) -> re.Pattern[str]:
    return re.compile(
        f"[{re.escape(''.join(sorted(set(BLOCKS[family]) - set(EVERYDAY[family]))))}]"
    )


def only_everyday(text: str, family: str) -> bool:
    """Whether the everyday cut of the font family has all of the text's letters in its script."""
    return _rare(family).search(text) is None
