"""What went wrong, as a sentence for a person: raised low in the house, worded at the door."""

from __future__ import annotations

from collections.abc import Callable


class Problem(Exception):
    """Something a person must be told: a Danish sentence with named placeholders, and values.

    The sentence names what was wrong and one right example. Lower packages raise it unworded;
    `bot.words` looks the sentence up in the staff catalog of whoever reads it. It fits every door:
    the value `terminal`, an option or a command, is added where it is read in a terminal.
    """

    def __init__(self, message: str, /, **values: object) -> None:
        super().__init__(message)
        self.message = message
        self.values = values

    def worded(self, look_up: Callable[[str], str]) -> str:
        """The sentence as `look_up` words the Danish one, problems inside it too."""

        def word(value: object) -> object:
            if isinstance(value, Problem):
                return value.worded(look_up)
            if isinstance(value, tuple):
                return "\n".join(str(word(part)) for part in value)
            return value

        sentence = look_up(self.message) if self.message else ""
        return sentence.format(**{name: word(value) for name, value in self.values.items()})

    def at_terminal(self, look_up: Callable[[str], str]) -> str:
        """The sentence, and the option or command that mends it, for who types commands."""
        command = self.values.get("terminal")
        if not command:
            return self.worded(look_up)
        both = Problem("{said} På kommandolinjen: {command}", said=self, command=command)
        return both.worded(look_up)

    def __str__(self) -> str:
        return self.worded(str)

    def __reduce__(self) -> tuple[object, ...]:
        return _again, (type(self), self.message, self.values)


class MessagesError(Problem):
    """The base of every refusal in `messages`."""


def _again(kind: type[Problem], message: str, values: dict[str, object]) -> Problem:
    """Let a problem cross a process border: bulk handouts are rendered in worker processes."""
    return kind(message, **values)
