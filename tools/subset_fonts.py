"""Rebuild the fonts under messages/fonts from full Noto fonts: `subset_fonts.py FOLDER`.

FOLDER holds the static TTFs (Debian: fonts-noto-core, /usr/share/fonts/truetype/noto). Typst reads
TTF only; the sheets for a phone carry the Arabic or Ethiopic font along as woff2: its everyday
letters, or all of them. Without FOLDER only the everyday letters are cut anew. Needs fonttools
and, for woff2, brotli (`pip install "fonttools[woff]"`). Hinting is dropped: it is for screens of
the past and makes a third of the size. Every OpenType feature stays, or Arabic does not join.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]

from messages.everyday_letters import EVERYDAY

PUNCTUATION = "U+0020-007E,U+00A0-00FF,U+2009-2015,U+2018-2027,U+202A-202F,U+2030-203A,U+2066-2069"
RANGES = {
    "NotoSans": "U+0100-024F,U+02B0-036F,U+0400-052F,U+1E00-1EFF,U+20AC,U+2212,U+25CC",
    "NotoSansArabic": "U+0600-06FF,U+0750-077F,U+08A0-08FF,U+FB50-FDFF,U+FE70-FEFF,U+25CC",
    "NotoSansEthiopic": "U+1200-139F,U+2D80-2DDF,U+AB00-AB2F,U+25CC",
}
CARRIED_ALONG = {"NotoSansArabic": "Noto Sans Arabic", "NotoSansEthiopic": "Noto Sans Ethiopic"}
WEIGHTS = ("Regular", "Bold")
HERE = Path(__file__).resolve().parent.parent / "messages" / "fonts"


def shrink(source: Path, unicodes: list[int], target: Path) -> None:
    """Write the part of `source` in the code points of `unicodes` to `target`; its suffix is its
    format."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.flavor = "woff2" if target.suffix == ".woff2" else None
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=unicodes)
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def main(folder: Path) -> None:
    for family, ranges in RANGES.items():
        unicodes = subset.parse_unicodes(f"{PUNCTUATION},{ranges}")
        for weight in WEIGHTS:
            source = folder / f"{family}-{weight}.ttf"
            shrink(source, unicodes, HERE / source.name)
            if family in CARRIED_ALONG:
                shrink(source, unicodes, HERE / f"{family}-{weight}.woff2")


def cut_everyday() -> None:
    """The everyday letters out of the fonts that ship, for pages that carry a font along."""
    for name, family in CARRIED_ALONG.items():
        for weight in WEIGHTS:
            target = HERE / f"{name}Everyday-{weight}.woff2"
            shrink(HERE / f"{name}-{weight}.ttf", [*map(ord, EVERYDAY[family])], target)


if __name__ == "__main__":
    if len(sys.argv) == 2 and Path(sys.argv[1]).is_dir():
        main(Path(sys.argv[1]))
    elif len(sys.argv) > 1:
        sys.exit("Name the folder of the full fonts, e.g. /usr/share/fonts/truetype/noto")
    cut_everyday()
