"""XLIFF 1.2: a catalog as translation bureaus and their programs read it, and back again."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from xml.etree.ElementTree import Element, ParseError, SubElement, XMLParser, indent, tostring
from xml.parsers import expat

from messages.errors import MessagesError, Problem
from messages.language_codes import normal_code
from messages.po_file import Entry
from messages.tables import N_
from messages.template import limit_of, picture_of
from messages.translation_import import Incoming, row_base
from messages.translations import State, Work

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_XML = "{http://www.w3.org/XML/1998/namespace}lang"
_STATES = {
    State.MISSING: "new",
    State.OUTDATED: "needs-adaptation",
    State.DRAFT: "needs-review-translation",
    State.REVIEWED: "signed-off",
}
_UNFINISHED = {"new", "needs-translation", "needs-adaptation", "needs-l10n"}


def xliff(work: Work, english: Mapping[str, str]) -> bytes:
    """Every sentence with its place, notes, length, state, the Danish it was made for, and English.

    A unit's id ends in a seal of the words that it leaves with; `unit_rows` brings it back.
    """
    root = Element("xliff", {"version": "1.2", "xmlns": NAMESPACE})
    head = {"original": work.domain, "datatype": "plaintext", "source-language": "da"}
    file = SubElement(root, "file", {**head, "target-language": work.language.html})
    body = SubElement(file, "body")
    for number, entry in enumerate(work.entries, start=1):
        _unit(body, number, entry, work, english.get(entry.source, ""))
    indent(root, " ")
    text: str = tostring(root, "unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'.encode()


def _unit(body: Element, number: int, entry: Entry, work: Work, english: str) -> None:
    state = work.state(entry)
    facts = {
        "id": f"{number}-{row_base(entry)}",
        "resname": entry.places[0] if entry.places else "",
    }
    if limit := limit_of(entry):
        facts |= {"maxwidth": str(limit), "size-unit": "char"}
    if state is State.REVIEWED:
        facts["approved"] = "yes"
    unit = SubElement(body, "trans-unit", facts)
    SubElement(unit, "source", {_XML: "da"}).text = entry.source
    target = SubElement(unit, "target", {_XML: work.language.html, "state": _STATES[state]})
    target.text = entry.words
    places = SubElement(unit, "context-group", {"purpose": "information"})
    for place in entry.places:
        SubElement(places, "context", {"context-type": "x-place"}).text = place
    if picture := picture_of(entry):
        SubElement(places, "context", {"context-type": "x-picture"}).text = f"{picture}.svg"
    for note in entry.notes:
        SubElement(unit, "note", {"from": "developer"}).text = note
    for note in terms_note(entry, work):
        SubElement(unit, "note", {"from": "glossary"}).text = note
    if english:
        other = SubElement(unit, "alt-trans", {"origin": "English"})
        SubElement(other, "target", {_XML: "en"}).text = english
    if entry.fuzzy and entry.previous:
        before = SubElement(unit, "alt-trans", {"alttranstype": "previous-version"})
        SubElement(before, "source", {_XML: "da"}).text = entry.previous
        SubElement(before, "target", {_XML: work.language.html}).text = entry.words


def terms_note(entry: Entry, work: Work) -> Iterator[str]:
    """The approved rendering of each Danish term in the sentence."""
    known = work.rules.glossary.rows if work.rules.glossary else {}
    for term in work.rules.terms.of(entry.source):
        rendering = known.get(term.word)
        if rendering and rendering.rendering:
            yield f"{term.word}: {rendering.rendering}"


def unit_rows(content: bytes, file: str, code: str) -> tuple[str, list[Incoming]]:
    """The domain that the file names, and its rows.

    Raises MessagesError for what is no XLIFF 1.2, for one in another language, and for any document
    type: we never write one, and entities are how an XML file is made to explode.
    """
    root = _parsed(content, file)
    unit_tag = f"{{{NAMESPACE}}}trans-unit"
    if root.tag != f"{{{NAMESPACE}}}xliff" or root.get("version") != "1.2":
        raise _not_xliff(file, "version 1.2")
    head = root.find(f"{{{NAMESPACE}}}file")
    if head is None or head.get("source-language") != "da":
        raise _not_xliff(file, 'source-language="da"')
    target = head.get("target-language", "")
    if normal_code(target or "?") != code:
        raise MessagesError(
            "{file} er på “{found}”, ikke på {code}. Vælg den rigtige fil, eller skriv "
            "brobygger translations import {found} {file}.",
            file=file,
            found=target,
            code=code,
        )
    return head.get("original", ""), [_row(unit) for unit in root.iter(unit_tag)]


def _row(unit: Element) -> Incoming:
    source, target = (unit.find(f"{{{NAMESPACE}}}{name}") for name in ("source", "target"))
    base = unit.get("id", "").rpartition("-")[2] or None
    said = "".join(source.itertext()) if source is not None else ""
    if target is None:
        return Incoming(said, "", base, unfinished=True)
    words = "".join(target.itertext())
    broken = (
        Problem(N_("har XML-mærker i teksten; skriv kun almindelig tekst")) if len(target) else None
    )
    return Incoming(said, words, base, target.get("state") in _UNFINISHED, broken)


def _parsed(content: bytes, file: str) -> Element:
    _refuse_doctype(content, file)
    parser = XMLParser()  # noqa: S314 - no document type has come this far, so there are no entities
    try:
        parser.feed(content)
        root: Element = parser.close()
    except (ParseError, ValueError, LookupError) as error:
        raise _not_xliff(file, str(error)) from None
    return root


def _refuse_doctype(content: bytes, file: str) -> None:
    """Read to the first tag and stop at a document type, before any entity is looked at."""

    def refuse(*_: object) -> None:
        raise MessagesError(
            "{file} har en DOCTYPE, og den slags filer læses ikke. "
            "Gem den igen som XLIFF 1.2 uden DOCTYPE.",
            file=file,
        )

    reader = expat.ParserCreate()
    reader.StartDoctypeDeclHandler = refuse
    try:
        reader.Parse(content, True)
    except expat.ExpatError as error:
        raise _not_xliff(file, str(error)) from None


def _not_xliff(file: str, reason: str) -> MessagesError:
    return MessagesError(
        "{file} er ikke en gyldig XLIFF 1.2-fil ({reason}). "
        "Hent en ny med brobygger translations export.",
        file=file,
        reason=reason[:80],
    )
