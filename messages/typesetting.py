"""JSON → pages through Typst, with no word of it evaluated.

What a page is made of comes as one string literal in a main file of two lines, not as
`sys.inputs`: those are part of Typst's library, and a change of the library throws away every
paragraph and drawing Typst has laid out before. So only what is new on a sheet is laid out.
"""

from __future__ import annotations

from collections import deque
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Literal

from messages.document_json import encoded
from messages.typefaces import typefaces

if TYPE_CHECKING:
    from typst import Compiler

_MAIN = '#import "/{template}.typ": main\n#main(json(bytes("{content}")))\n'


class NotSet(Exception):
    """Typst refused or warned; the first argument says why, in Typst's words."""


def typeset(
    template: str, content: object, output: Literal["pdf", "png"], ppi: float = 144.0
) -> list[bytes]:
    """`content` set by the function `main` of a template of ours: one PDF/UA-1, or a PNG a page.

    The same content gives the same bytes, whatever was set before. Raises NotSet on any warning.
    """
    from typst import TypstError

    main = _MAIN.format(template=template, content=_literal(encoded(content)))
    waiting = _compilers()
    compiler = _taken(waiting)
    try:
        made, warnings = compiler.compile_with_warnings(
            input=main.encode(),
            format=output,
            ppi=ppi,
            pdf_standards=["ua-1"] if output == "pdf" else [],
        )
    except TypstError as error:
        raise NotSet(str(error)) from error
    waiting.append(compiler)
    if warnings:
        raise NotSet("; ".join(str(warning) for warning in warnings))
    pages = made if isinstance(made, list) else [made]
    return [page for page in pages if page is not None]


def _literal(text: str) -> str:
    """The inside of a Typst string: only a backslash and a quotation mark mean anything there."""
    return text.replace("\\", "\\\\").replace('"', '\\"')


@cache
def _compilers() -> deque[Compiler]:
    """Those not at work. A Compiler serves one thread at a time, and is used again: each new one
    takes one of the 65,535 file numbers that Typst has for a process."""
    return deque()


def _taken(waiting: deque[Compiler]) -> Compiler:
    from typst import Compiler

    try:
        return waiting.pop()
    except IndexError:
        folder = str(files("messages") / "templates")
        return Compiler(b"", folder, typefaces(), ignore_system_fonts=True)
