"""How a file of rates is written: groups of figures that share what stands above them.

year = 2026
[atp]                                  # what every figure of the group shares
since = 2024-01-01
source = "https://…"
…
month_full = { value = 99, unit = "kr" }     # a figure: key `atp.month_full`

[municipalities]
Vejle = { municipal = 23.4, church = 0.89 }  # may name its own source, checked, confidence
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from messages.figures import Confidence, Figure, Municipality
from messages.tables import N_, Table

_SHARED = ("unit", "since", "source", "checked", "confidence", "carried_year", "lasts")
_DAY = date(2000, 1, 1)
LARGEST = Decimal(10**9)


@dataclass(frozen=True)
class _Shared:
    """What a group states once for all its figures; a figure may state its own."""

    unit: str = ""
    since: date | None = None
    source: str = ""
    checked: date | None = None
    confidence: str = ""
    carried_year: int = 0
    lasts: bool = False


def read_content(text: str, file: str) -> tuple[int, dict[str, Figure], dict[str, Municipality]]:
    """Year, figures by key and municipalities by name; raises MessagesError with all mistakes."""
    table, mistakes = Table.parse(text, file)
    year = table.whole("year", low=2000, high=2100)
    figures: dict[str, Figure] = {}
    municipalities: dict[str, Municipality] = {}
    for name, content in table.items():
        if name == "year":
            continue
        if not isinstance(content, dict):
            table.wrong(name, "skal være en gruppe af satser som [tax]")
            continue
        group = table.table(name)
        if name == "municipalities":
            municipalities = _municipalities(group)
        else:
            figures |= _figures(name, group)
    table.close()
    mistakes.settle()
    return year, figures, municipalities


_A_RATE = N_("skal være en sats som {example}")
_LIKE = N_("skal være som {example}")


def _rows(
    group: Table, given: _Shared, example: str, wrong: str
) -> Iterator[tuple[str, Table, _Shared]]:
    """Each named row of a group, with what it shares with the others; told where it is no row."""
    shared = _shared(group, given)
    for name, content in group.items():
        if name in _SHARED:
            continue
        if not isinstance(content, dict):
            group.wrong(name, wrong, example=example)
            continue
        row = group.table(name)
        yield name, row, _shared(row, shared)


def _figures(group_name: str, group: Table) -> dict[str, Figure]:
    found = {}
    for name, row, own in _rows(group, _Shared(), '{ value = 99, unit = "kr" }', _A_RATE):
        key = f"{group_name}.{name}"
        found[key] = _figure(row, key, "value", own)
        row.close()
    return found


def _municipalities(group: Table) -> dict[str, Municipality]:
    found = {}
    example = "{ municipal = 23.4, church = 0.89 }"
    for name, row, own in _rows(group, _Shared(unit="percent"), example, _LIKE):
        found[name] = Municipality(
            name,
            _figure(row, f"municipalities.{name}.municipal", "municipal", own),
            _figure(row, f"municipalities.{name}.church", "church", own),
        )
        row.close()
    return found


def _shared(table: Table, above: _Shared) -> _Shared:
    confidence = above.confidence
    if "confidence" in table:
        confidence = table.choice("confidence", [str(known) for known in Confidence])
    return _Shared(
        unit=table.text("unit", above.unit),
        since=table.day("since", above.since),
        source=table.text("source", above.source),
        checked=table.day("checked", above.checked),
        confidence=confidence,
        carried_year=table.whole("carried_year", above.carried_year),
        lasts=table.truth("lasts", above.lasts),
    )


def _figure(row: Table, key: str, value_name: str, own: _Shared) -> Figure:
    for name in ("unit", "since", "source", "checked", "confidence"):
        if not getattr(own, name) and name not in row:
            row.wrong(name, "mangler")
    known = own.confidence in set(Confidence)
    confidence = Confidence(own.confidence) if known else Confidence.UNVERIFIED
    carried = confidence is Confidence.CARRIED
    if carried and not own.carried_year:
        row.wrong("carried_year", "mangler: skriv det år, som satsen sidst er læst for")
    return Figure(
        key=key,
        value=_value(row, value_name),
        unit=own.unit,
        since=own.since or _DAY,
        source=own.source,
        checked=own.checked or _DAY,
        confidence=confidence,
        carried_year=own.carried_year if carried else None,
        lasts=own.lasts,
    )


def _value(row: Table, name: str) -> Decimal:
    found = row.raw(name)
    if isinstance(found, bool) or not isinstance(found, int | float):
        row.wrong(name, "skal være et tal som {example}", example="12.01")
        return Decimal(0)
    value = Decimal(str(found))
    if not value.is_finite() or not 0 <= value <= LARGEST:
        row.wrong(
            name, "skal være fra {low} til {high}, ikke {value}", low=0, high=LARGEST, value=found
        )
        return Decimal(0)
    return value
