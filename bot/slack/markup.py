"""Slack's own markup: taken out of what people write, and kept from firing in what we send.

Source: docs.slack.dev, "Formatting text for app surfaces" (escape `&`, `<` and `>`, nothing else).
"""

from __future__ import annotations

import re

_ANGLED = re.compile(r"<([^<>]*)>")
_STYLE = str.maketrans("", "", "*_~`")
_SPACES = re.compile(r"[^\S\n]+")
_ENTITY = re.compile(r"&[a-z]{0,4}$")


def plain(text: str) -> str:
    """What a person wrote, without Slack's markup: links by their label, mentions dropped.

    `<@U1>` and `<!here>` vanish, `<#C1|praktik>` becomes `praktik`, `<https://a.dk|a.dk>` its
    label, and the three entities become the characters they stand for. The marks of bold,
    italic, struck and code go too: they could hide a CPR number from those who look for one.
    """
    text = _ANGLED.sub(_worded, text).translate(_STYLE)
    for entity, character in (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")):
        text = text.replace(entity, character)
    return "\n".join(_SPACES.sub(" ", line).strip() for line in text.split("\n")).strip()


def _worded(match: re.Match[str]) -> str:
    inside = match[1]
    target, _, label = inside.partition("|")
    if inside.startswith(("@", "!")):
        return " "
    if inside.startswith("#"):
        return label or " "
    return label or target.removeprefix("mailto:").removeprefix("tel:")


def escaped(text: str) -> str:
    """`text` in which no mention, link or command can fire when Slack shows it."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clipped(text: str, longest: int) -> str:
    """Escaped `text` of at most `longest` characters, cut at a word and never inside an entity."""
    if len(text) <= longest:
        return text
    head = _ENTITY.sub("", text[: longest - 2])
    words, _, _ = head.rpartition(" ")
    return (words if len(words) > longest // 2 else head).rstrip() + " …"


def shortened(text: str, longest: int) -> str:
    """Plain text of at most `longest` characters, with a mark where something was left out."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def quoted(text: str) -> str:
    """Escaped `text` as a Slack quotation: every line carries the mark."""
    return "\n".join(f"> {line}" for line in text.split("\n") if line.strip())
