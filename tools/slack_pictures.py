"""Draw every Slack card and form to pictures, to look at; and the one in the README.

    npm install --prefix RENDERER slack-blocks-to-jsx@1.1.1 react@18 react-dom@18
    python -m tools.slack_pictures RENDERER OUT

Needs Node and Chromium. What is drawn is tests/bot/slack/gallery.py, whose limits are tested.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

from bot.app import App
from bot.config import Config
from bot.people import People, Person, Role
from bot.slack.cards.answer import answer_card
from bot.slack.nudges import card_of
from scheduler.nudges import Nudge, NudgeState
from scheduler.plans import Who
from tests.bot.slack.gallery import cards, views

README_PICTURE = Path(__file__).parents[1] / "docs" / "images" / "slack.png"
QUESTION = "Hvor lang tid varer et praktikforløb i gennemsnit?"

Page = list[dict[str, object]]


def pages(app: App) -> Iterator[tuple[str, Page]]:
    """The messages, the App Home and the forms, in each language of the staff."""
    for language in ("da", "en"):
        words = app.words(language)
        yield (
            f"{language}-cards",
            [{"name": name, "blocks": card.blocks} for name, card in cards(words)],
        )
        forms = [
            {
                "name": name,
                "blocks": view["blocks"],
                "title": _text(view, "title") or "Hjem",
                "submit": _text(view, "submit"),
                "close": _text(view, "close"),
            }
            for name, view in views(words, app)
        ]
        yield f"{language}-home", [one for one in forms if "home" in str(one["name"])]
        yield f"{language}-forms", [one for one in forms if "home" not in str(one["name"])]


def readme(app: App) -> Page:
    """A reminder and an answer, of the packaged plan and handbook."""
    plan = app.plans["virksomhedspraktik"]
    step = next(one for one in plan.steps if one.handouts)
    nudge = Nudge(
        "n1", "c1", "INT-1042", plan.id, plan.title, step.id, step.title, step.text, Who.OWNER,
        "ane", NudgeState.SENT, datetime(2026, 11, 23, 8, tzinfo=UTC), handouts=step.handouts,
    )  # fmt: skip
    reply = app.answers.ask(QUESTION, date(2026, 11, 23))
    answer = answer_card(reply, app.words("da"), reply_id="a1b2c3")
    return [{"name": "", "blocks": one.blocks} for one in (card_of(app, nudge), answer)]


def draw(
    page: Page, renderer: Path, picture: Path, *, columns: int = 2, named: bool = True
) -> None:
    """Render the page and photograph it at its height."""
    asked = {"columns": columns, "width": 600, "named": named, "cards": page}
    script = Path(__file__).with_name("slack_cards.mjs")
    node = shutil.which("node") or "node"
    html = subprocess.run(
        [node, str(script)], input=json.dumps(asked).encode(), cwd=renderer, check=True,
        stdout=subprocess.PIPE,
    ).stdout  # fmt: skip
    sheet = picture.with_suffix(".html")
    sheet.write_bytes(html)
    width = columns * 624 + 16
    found = re.search(rb"<title>(\d+)</title>", _browsed(sheet, width, 100, "--dump-dom"))
    height = int(found[1]) if found else 3_000
    scale = f"--force-device-scale-factor={1 if named else 2}"
    _browsed(sheet, width, height, f"--screenshot={picture}", scale)


def _browsed(sheet: Path, width: int, height: int, *options: str) -> bytes:
    """What Chromium says about the page in a window of that size."""
    browser = shutil.which("chromium") or shutil.which("google-chrome") or "chromium"
    usual = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars")
    command = [browser, *usual, f"--window-size={width},{height}", *options, str(sheet)]
    return subprocess.run(
        command, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ).stdout


def _text(view: dict[str, object], key: str) -> str:
    found = view.get(key)
    return str(found["text"]) if isinstance(found, dict) else ""


def main(renderer: Path, out: Path) -> None:
    ane = Person("ane", "Ane Jensen", frozenset({Role.CASEWORKER}), "U1")
    app = App(Config(people=People({"ane": ane})))
    out.mkdir(parents=True, exist_ok=True)
    for name, page in pages(app):
        draw(page, renderer.resolve(), (out / f"{name}.png").resolve())
    picture = (out / "readme.png").resolve()
    draw(readme(app), renderer.resolve(), picture, columns=1, named=False)
    shutil.copyfile(picture, README_PICTURE)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
