"""The Jinja2 templates of the HTML and text pages: strict, escaping, compiled once."""

from __future__ import annotations

from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from jinja2 import Environment


class Templates:
    """The compiled templates of one Library; Jinja2 is imported when the first page needs it."""

    @cached_property
    def environment(self) -> Environment:
        from jinja2 import Environment, FileSystemLoader, StrictUndefined

        return Environment(
            loader=FileSystemLoader(str(files("messages") / "templates")),
            autoescape=lambda name: bool(name and name.endswith(".html.j2")),  # noqa: S701 - text is not HTML
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            auto_reload=False,
        )

    def render(self, name: str, **context: object) -> str:
        return self.environment.get_template(name).render(**context)
