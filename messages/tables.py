"""TOML read strictly: every mistake of a file is told at once, with its key and a near miss."""

from __future__ import annotations

import difflib
import tomllib
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import TypeVar, cast

from messages.errors import MessagesError, Problem

T = TypeVar("T")
_MISSING = object()


def N_(message: str) -> str:  # noqa: N802 - the name that extraction looks for
    """Mark a staff sentence for extraction; it is worded where it is shown."""
    return message


def H_(message: str) -> str:  # noqa: N802 - the name that extraction looks for
    """Mark a sentence that a refugee reads: it belongs to the handout catalog."""
    return message


_KINDS: dict[type, Problem] = {
    str: Problem(N_("en tekst")),
    int: Problem(N_("et helt tal")),
    bool: Problem(N_("true eller false")),
    list: Problem(N_("en liste")),
    dict: Problem(N_("en tabel")),
    date: Problem(N_("en dato som 2026-03-02")),
}


class Mistakes:
    """The mistakes found so far in one file; `settle` raises them together, or does nothing."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.found: list[Problem] = []

    def add(self, key: str, what: Problem) -> None:
        self.found.append(Problem("  {key}: {what}" if key else "  {what}", key=key, what=what))

    def settle(self) -> None:
        """Raise MessagesError with all mistakes, one a line after the file's name."""
        if self.found:
            raise MessagesError(
                "{file} kan ikke bruges:\n{mistakes}", file=self.file, mistakes=tuple(self.found)
            )


class Table:
    """One table of a TOML file, asked key by key; `close` reports the keys nobody asked for."""

    def __init__(self, content: Mapping[str, object], mistakes: Mistakes, path: str = "") -> None:
        self._content = content
        self._mistakes = mistakes
        self._path = path
        self._asked: set[str] = set()

    @classmethod
    def parse(cls, text: str, file: str) -> tuple[Table, Mistakes]:
        """The top table of the TOML in `text`; raises MessagesError naming the file and line."""
        try:
            content = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise MessagesError(
                "{file} er ikke gyldig TOML: {reason}. Ret linjen; tekst skal stå i anførselstegn, "
                'f.eks. navn = "Vejle".',
                file=file,
                reason=str(error),
            ) from None
        mistakes = Mistakes(file)
        return cls(content, mistakes), mistakes

    def key(self, name: str) -> str:
        return f"{self._path}.{name}" if self._path else name

    def __contains__(self, name: str) -> bool:
        return name in self._content

    def wrong(self, name: str, message: str, /, **values: object) -> None:
        """Report that the value under `name` is wrong, in a Danish sentence a person can act on."""
        self._mistakes.add(self.key(name), Problem(message, **values))

    def _get(self, name: str, kind: type[T], default: object) -> T:
        self._asked.add(name)
        value = self._content.get(name, _MISSING)
        if value is _MISSING:
            if default is _MISSING:
                self.wrong(name, "mangler")
                return kind()
            return cast("T", default)
        if not isinstance(value, kind) or (isinstance(value, bool) and kind is not bool):
            self.wrong(
                name, "skal være {kind}, ikke {value}", kind=_KINDS[kind], value=repr(value)[:60]
            )
            return kind() if default is _MISSING else cast("T", default)
        return value

    def text(self, name: str, default: str | object = _MISSING) -> str:
        return self._get(name, str, default)

    def whole(
        self, name: str, default: int | object = _MISSING, *, low: int = 0, high: int = 10**9
    ) -> int:
        value = self._get(name, int, default)
        given = self._content.get(name)
        if not isinstance(given, int) or isinstance(given, bool):
            return value
        if not low <= value <= high:
            self.wrong(
                name,
                "skal være fra {low} til {high}, ikke {value}",
                low=low,
                high=high,
                value=value,
            )
        return value

    def truth(self, name: str, default: bool | object = _MISSING) -> bool:
        return self._get(name, bool, default)

    def day(self, name: str, default: date | object | None = _MISSING) -> date | None:
        self._asked.add(name)
        value = self._content.get(name, _MISSING)
        if isinstance(value, date):
            return value
        if value is _MISSING and default is not _MISSING:
            return cast("date | None", default)
        if value is _MISSING:
            self.wrong(name, "mangler")
        else:
            self.wrong(
                name, "skal være {kind}, ikke {value}", kind=_KINDS[date], value=repr(value)[:60]
            )
        return None

    def choice(self, name: str, allowed: Iterable[str], default: str | object = _MISSING) -> str:
        value = self.text(name, default)
        options = list(allowed)
        if name in self._content and value not in options:
            self.wrong(
                name, "“{value}” kendes ikke{hint}", value=value, hint=did_you_mean(value, options)
            )
        return value

    def texts(self, name: str, default: tuple[str, ...] | object = _MISSING) -> tuple[str, ...]:
        values = self._get(name, list, default)
        if not all(isinstance(value, str) for value in values):
            self.wrong(name, "skal være en liste af tekster")
            return ()
        return tuple(cast("list[str]", values))

    def raw(self, name: str) -> object:
        """The value as it stands, or None: for keys whose form the caller checks itself."""
        self._asked.add(name)
        return self._content.get(name)

    def table(self, name: str) -> Table:
        """The table under `name`, empty when it is absent."""
        content = self._get(name, dict, {})
        return Table(cast("Mapping[str, object]", content), self._mistakes, self.key(name))

    def tables(self, name: str) -> list[Table]:
        """The array of tables under `name` (`[[name]]`), numbered from 1 in messages."""
        rows = self._get(name, list, [])
        return [
            Table(cast("Mapping[str, object]", row), self._mistakes, f"{self.key(name)}[{number}]")
            for number, row in enumerate(rows, start=1)
            if isinstance(row, dict) or self._not_a_table(name)
        ]

    def named(self) -> Iterator[tuple[str, Table]]:
        """Every table directly below, with its name: for tables whose keys are ids."""
        for name in self._content:
            self._asked.add(name)
            if isinstance(self._content[name], dict):
                yield name, self.table(name)
            else:
                self._not_a_table(name)

    def _not_a_table(self, name: str) -> bool:
        self.wrong(name, "skal være {kind}", kind=_KINDS[dict])
        return False

    def items(self) -> Iterator[tuple[str, object]]:
        """Every key with its value as it stands; all count as asked for."""
        for name, value in self._content.items():
            self._asked.add(name)
            yield name, value

    def close(self) -> None:
        """Report each key that nobody asked for, with the nearest known one."""
        for name in self._content:
            if name not in self._asked:
                self.wrong(name, "kendes ikke{hint}", hint=did_you_mean(name, self._asked))


def did_you_mean(wrong: str, known: Iterable[str]) -> Problem:
    """The end of a sentence: `; mente du “vejle”?`, else the few known words, else a full stop."""
    words = sorted(known)
    near = difflib.get_close_matches(wrong.lower(), [word.lower() for word in words], 1, 0.6)
    if near:
        return Problem(
            "; mente du “{word}”?", word=next(word for word in words if word.lower() == near[0])
        )
    if 0 < len(words) <= 20:
        return Problem("; vælg blandt {words}.", words=", ".join(words))
    return Problem(".")
