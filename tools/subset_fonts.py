"""Rebuild the fonts under messages/fonts from full Noto fonts: `subset_fonts.py FOLDER`.

FOLDER holds the static TTFs (Debian: fonts-noto-core, /usr/share/fonts/truetype/noto). Typst reads
TTF only; the sheets for a phone carry the Arabic or Ethiopic font along as woff2. Needs fonttools
and, for woff2, brotli (`pip install "fonttools[woff]"`). Hinting is dropped: it is for screens of
the past and makes a third of the size. Every OpenType feature stays, or Arabic does not join.
"""

from __future__ import annotations

import sys
from pathlib import Path

from fontTools import subset  # type: ignore[import-untyped]

PUNCTUATION = "U+0020-007E,U+00A0-00FF,U+2009-2015,U+2018-2027,U+202A-202F,U+2030-203A,U+2066-2069"
RANGES = {
    "NotoSans": "U+0100-024F,U+02B0-036F,U+0400-052F,U+1E00-1EFF,U+20AC,U+2212,U+25CC",
    "NotoSansArabic": "U+0600-06FF,U+0750-077F,U+08A0-08FF,U+FB50-FDFF,U+FE70-FEFF,U+25CC",
    "NotoSansEthiopic": "U+1200-139F,U+2D80-2DDF,U+AB00-AB2F,U+25CC",
}
CARRIED_ALONG = ("NotoSansArabic", "NotoSansEthiopic")
HERE = Path(__file__).resolve().parent.parent / "messages" / "fonts"


def shrink(source: Path, unicodes: str, target: Path) -> None:
    """Write the part of `source` that `unicodes` names to `target`; its suffix is its format."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = ["*"]
    options.name_IDs = ["*"]
    options.notdef_outline = True
    options.recalc_timestamp = False
    options.flavor = "woff2" if target.suffix == ".woff2" else None
    font = subset.load_font(str(source), options)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=subset.parse_unicodes(f"{PUNCTUATION},{unicodes}"))
    cutter.subset(font)
    subset.save_font(font, str(target), options)


def main(folder: Path) -> None:
    for family, unicodes in RANGES.items():
        for weight in ("Regular", "Bold"):
            source = folder / f"{family}-{weight}.ttf"
            shrink(source, unicodes, HERE / source.name)
            if family in CARRIED_ALONG:
                shrink(source, unicodes, HERE / f"{family}-{weight}.woff2")


if __name__ == "__main__":
    if len(sys.argv) != 2 or not Path(sys.argv[1]).is_dir():
        sys.exit("Name the folder of the full fonts, e.g. /usr/share/fonts/truetype/noto")
    main(Path(sys.argv[1]))
