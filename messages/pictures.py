"""The drawn pictures, each with what it shows: read strictly, for they go into pages unescaped."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from xml.parsers import expat  # refuses below what could hurt: entities, doctypes, references

from messages.tables import Mistakes, N_, Problem, Table, did_you_mean

MANIFEST = "manifest.toml"
VIEW_BOX = "0 0 240 240"
LARGEST = 6_000
_NAMESPACE = "http://www.w3.org/2000/svg"
_ID = re.compile(r"[a-z]+(-[a-z0-9]+)*")
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


@dataclass(frozen=True, slots=True)
class Picture:
    """One drawing: `svg` as it stands in its file; `alt` and `idea` are handout msgids.

    `alt` is the sentence for a person who cannot see it, `idea` what a viewer should name.
    """

    id: str
    svg: str
    alt: str
    idea: str
    topics: tuple[str, ...] = ()


def read_pictures(manifest_text: str, files: Mapping[str, str]) -> Mapping[str, Picture]:
    """The pictures by id, in the manifest's order; `files` holds each SVG's text by file name.

    Raises MessagesError with every mistake: a file or a row that misses its other half, a missing
    idea or alt text, and whatever in a drawing could run, load, or break the shared form.
    """
    table, mistakes = Table.parse(manifest_text, MANIFEST)
    pictures: dict[str, Picture] = {}
    for name, row in table.named():
        picture = Picture(
            id=name,
            svg=files.get(f"{name}.svg", ""),
            alt=_sentence(row, "alt"),
            idea=_sentence(row, "idea"),
            topics=row.texts("topics", ()),
        )
        row.close()
        _check_id(name, table)
        if f"{name}.svg" in files:
            _check_drawing(f"{name}.svg", picture.svg, mistakes)
        else:
            table.wrong(
                name, N_("filen {file} mangler; tegn den, eller slet rækken"), file=f"{name}.svg"
            )
        pictures[name] = picture
    for file in sorted(files):
        if file.removesuffix(".svg") not in pictures:
            mistakes.add(file, _unlisted(file, pictures))
    mistakes.settle()
    return MappingProxyType(pictures)


@cache
def packaged_pictures() -> Mapping[str, Picture]:
    """The pictures that ship with the package."""
    folder = files("messages") / "pictures"
    drawings = {
        file.name: file.read_text(encoding="utf-8")
        for file in folder.iterdir()
        if file.name.endswith(".svg")
    }
    return read_pictures((folder / MANIFEST).read_text(encoding="utf-8"), drawings)


def _sentence(row: Table, key: str) -> str:
    text = row.text(key)
    if key in row and not text.strip():
        row.wrong(key, N_('er tom; skriv hvad billedet viser, f.eks. alt = "En lønseddel."'))
    return text


def _check_id(name: str, table: Table) -> None:
    if not _ID.fullmatch(name):
        table.wrong(name, N_("navnet skal være små bogstaver og bindestreger, f.eks. tax-card"))


def _unlisted(file: str, pictures: Mapping[str, Picture]) -> Problem:
    return Problem(
        N_("står ikke i {manifest}{hint}. Tilføj [{name}] med idea og alt."),
        manifest=MANIFEST,
        name=file.removesuffix(".svg"),
        hint=did_you_mean(file.removesuffix(".svg"), pictures) if len(pictures) > 20 else "",
    )


def _check_drawing(file: str, svg: str, mistakes: Mistakes) -> None:
    """Report what is wrong with one drawing, once for each kind of mistake."""
    if len(svg.encode()) > LARGEST:
        mistakes.add(file, Problem(N_("er større end {most} bytes; tegn enklere"), most=LARGEST))
    for problem in _Drawing(svg).problems.values():
        mistakes.add(file, problem)


class _Drawing:
    """One pass over a drawing: an allow-list, so what nobody thought of is refused too."""

    def __init__(self, svg: str) -> None:
        self.problems: dict[str, Problem] = {}
        self._depth = 0
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = self._doctype
        parser.ProcessingInstructionHandler = self._instruction
        try:
            parser.Parse(svg.encode(), True)
        except expat.ExpatError as error:
            self._wrong(N_("er ikke gyldig SVG: {reason}; luk alle mærker"), reason=str(error))
        except _Stopped:
            pass

    def _wrong(self, message: str, **values: object) -> None:
        self.problems.setdefault(str(Problem(message, **values)), Problem(message, **values))

    def _start(self, element: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if self._depth == 1:
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

    def _end(self, element: str) -> None:  # noqa: ARG002 - expat's signature
        self._depth -= 1

    def _text(self, data: str) -> None:
        if data.strip():
            self._wrong(N_("har ord i tegningen; et billede skal kunne forstås uden"))

    def _doctype(self, *_: object) -> None:
        """Entities live in a doctype; parsing ends here, before one could grow without end."""
        self._wrong(N_("har en DOCTYPE; slet den"))
        raise _Stopped

    def _instruction(self, target: str, data: str) -> None:  # noqa: ARG002 - expat's signature
        self._wrong(N_("<?{name}?> er ikke tilladt; slet linjen"), name=target)


class _Stopped(Exception):
    """Ends the parsing of a drawing that is refused already."""
