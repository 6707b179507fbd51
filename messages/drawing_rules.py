"""What an SVG may hold before it goes into a page unescaped: an allow-list, read in one pass."""

from __future__ import annotations

import re
from collections.abc import Mapping
from xml.parsers import expat  # its dangers, doctype and entities, are refused below

from messages.errors import Problem
from messages.tables import N_

VIEW_BOX = "0 0 240 240"
LARGEST = 6_000
_NAMESPACE = "http://www.w3.org/2000/svg"
_SHAPES = frozenset({"circle", "ellipse", "g", "line", "path", "polygon", "polyline", "rect"})
_GEOMETRY = frozenset(
    {"cx", "cy", "d", "height", "points", "r", "rx", "ry", "transform", "width", "x", "y"}
    | {"x1", "x2", "y1", "y2"}
)
_PAINT = frozenset(
    {"fill", "fill-rule", "stroke", "stroke-dasharray", "stroke-linecap", "stroke-linejoin"}
    | {"stroke-width"}
)
_ALLOWED = _GEOMETRY | _PAINT
_SAFE_VALUE = re.compile(r"[#A-Za-z0-9 .,()\-\s]*")


def faults(svg: str) -> tuple[Problem, ...]:
    """What keeps a drawing out, each kind of fault once; empty for a drawing that may go in.

    Allowed are plain shapes with geometry and flat paint on a 240 by 240 square: nothing that runs
    or loads, no words, no ids or classes that could meet those of another drawing on the page.
    """
    if len(svg.encode()) > LARGEST:
        return (Problem(N_("er større end {most} bytes; tegn enklere"), most=LARGEST),)
    return _Reading(svg).found


class _Refused(Exception):
    """Ends the reading of a drawing that is refused already."""


class _Reading:
    def __init__(self, svg: str) -> None:
        self._found: dict[str, Problem] = {}
        self._root_seen = False
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._element
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        try:
            parser.Parse(svg.encode(), True)
        except expat.ExpatError as error:
            self._wrong(N_("er ikke gyldig SVG: {reason}; luk alle mærker"), reason=str(error))
        except _Refused:
            pass

    @property
    def found(self) -> tuple[Problem, ...]:
        return tuple(self._found.values())

    def _wrong(self, message: str, **values: object) -> None:
        problem = Problem(message, **values)
        self._found.setdefault(str(problem), problem)

    def _element(self, element: str, attributes: dict[str, str]) -> None:
        if not self._root_seen:
            self._root_seen = True
            self._root(element, attributes)
            attributes = {k: v for k, v in attributes.items() if k not in ("xmlns", "viewBox")}
        elif element not in _SHAPES:
            self._wrong(N_("<{name}> er ikke tilladt; brug kun tegnede former"), name=element)
        for name, value in attributes.items():
            self._attribute(name, value)

    def _root(self, element: str, attributes: Mapping[str, str]) -> None:
        if element != "svg" or attributes.get("xmlns") != _NAMESPACE:
            self._wrong(N_('skal begynde med <svg xmlns="{namespace}">'), namespace=_NAMESPACE)
        if attributes.get("viewBox") != VIEW_BOX:
            self._wrong(N_('skal have viewBox="{box}"'), box=VIEW_BOX)

    def _attribute(self, name: str, value: str) -> None:
        if name not in _ALLOWED:
            self._wrong(N_("{name}= er ikke tilladt; brug kun form, farve og streg"), name=name)
        elif not _SAFE_VALUE.fullmatch(value) or "url" in value.lower():
            self._wrong(
                N_('{name}="{value}" er ikke tilladt; brug tal eller en farve som #1d2b36'),
                name=name,
                value=value[:30],
            )

    def _text(self, data: str) -> None:
        if data.strip():
            self._wrong(N_("har ord i tegningen; et billede skal kunne forstås uden"))

    def _doctype(self, *_: object) -> None:
        """A doctype can declare entities that grow without end: the reading stops before them."""
        self._wrong(N_("har en DOCTYPE; slet den"))
        raise _Refused

    def _instruction(self, target: str, data: str) -> None:  # noqa: ARG002 - expat's signature
        self._wrong(N_("<?{name}?> er ikke tilladt; slet linjen"), name=target)
