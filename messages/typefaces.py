"""The shipped typefaces for Typst: opened once a process, shared by every page it sets."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typst import Fonts

STACK = ("Noto Sans", "Noto Sans Arabic", "Noto Sans Ethiopic")


@cache
def typefaces() -> Fonts:
    """The shipped fonts and no others; a Compiler is not for sharing between threads, these are."""
    from typst import Fonts

    folder = str(files("messages") / "fonts")
    return Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[folder])
