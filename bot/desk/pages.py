"""The desk's templates, rendered for one reader: strict, escaped, in the reader's words."""

from __future__ import annotations

from functools import cache
from hashlib import sha256
from importlib.resources import files

from jinja2 import DictLoader, Environment, StrictUndefined

from bot.words import Words


@cache
def _environment() -> Environment:
    folder = files("bot.desk") / "templates"
    sources = {entry.name: entry.read_text(encoding="utf-8") for entry in folder.iterdir()}
    environment = Environment(
        loader=DictLoader(sources),
        autoescape=True,  # for every suffix: Jinja's own choice leaves .j2 unescaped
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals["static"] = static_address
    return environment


@cache
def static_address(name: str) -> str:
    """The address of a static file, another one when the file is: browsers may keep it for long."""
    content = (files("bot.desk") / "static" / name).read_bytes()
    return f"/static/{name}?v={sha256(content).hexdigest()[:10]}"


def page(template: str, words: Words, **context: object) -> str:
    """The HTML of `template`.html.j2 with the staff sentences in `words`' language."""
    found = _environment().get_template(f"{template}.html.j2")
    return found.render(_=words, language=words.language, **context)
