"""Staff sentences in the reader's language: the Danish source looked up in a staff catalog."""

from __future__ import annotations

from collections.abc import Callable

from messages.errors import Problem


class Words:
    """Words a Danish staff sentence in one language: `words("Hej {name}", name="Ane")`."""

    def __init__(self, language: str = "da", look_up: Callable[[str], str] = str) -> None:
        self.language = language
        self._look_up = look_up

    def __call__(self, message: str, /, **values: object) -> str:
        """The sentence with its values filled in; problems among the values are worded too."""
        return Problem(message, **values).worded(self._look_up)

    def problem(self, problem: Problem) -> str:
        """What a refusal says, in this language."""
        return problem.worded(self._look_up)

    def at_terminal(self, problem: Problem) -> str:
        """The same for who types commands: with the option or command that mends it."""
        return problem.at_terminal(self._look_up)
