"""Somebody at the desk in a real browser: by mouse or finger, or by the keyboard alone."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING

import uvicorn
from starlette.types import ASGIApp

from bot.web import listen
from bot.words import Words

if TYPE_CHECKING:
    from playwright.sync_api import Locator, Page

_FARTHEST = 150
_AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@contextmanager
def served(site: ASGIApp) -> Iterator[str]:
    """The site on a free port of this machine, until the block ends; gives its address."""
    with listen("127.0.0.1", 0) as listening:
        config = uvicorn.Config(site, log_level="error", lifespan="off", ws="none")
        server = uvicorn.Server(config)
        thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        server.should_exit = True
        thread.join(10)


@dataclass
class Walker:
    """One person with one page open. `words` finds what stands on it in her language."""

    page: Page
    address: str
    words: Words
    axe: str
    by_keyboard: bool = False
    complaints: list[str] = field(default_factory=list)

    def go(self, path: str) -> None:
        self.page.goto(f"{self.address}{path}")

    def says(self, sentence: str) -> Locator:
        """Where a sentence of the desk stands, given in Danish."""
        return self.page.get_by_text(self.words(sentence)).first

    def button(self, sentence: str, within: Locator | None = None) -> Locator:
        place = within or self.page.locator("main")
        return place.get_by_role("button", name=self.words(sentence), exact=True).first

    def press(self, target: Locator) -> None:
        """Activate a link, a button, a summary."""
        self._act(target, "Enter")

    def follow(self, target: Locator) -> None:
        """Activate what leads to another page, and wait until it is there."""
        with self.page.expect_navigation():
            self.press(target)

    def tick(self, target: Locator) -> None:
        """Choose a box or a radio button."""
        if not self.by_keyboard:
            return target.check(force=True)  # the box lies unseen over its picture
        self._reach(target)
        if not target.is_checked():
            self.page.keyboard.press("Space")
        return None

    def arrow_to(self, target: Locator) -> None:
        """A radio button of a group: the keyboard reaches the group, then walks by arrows."""
        if not self.by_keyboard:
            return target.check(force=True)
        name = target.get_attribute("name")
        group = self.page.locator(f"input[name='{name}']")
        chosen = self.page.locator(f"input[name='{name}']:checked")
        self._reach((chosen if chosen.count() else group).first)
        self.page.keyboard.press("Space")
        for _ in range(_FARTHEST):
            if target.is_checked():
                return None
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"no arrow reaches {target}")

    def write(self, target: Locator, text: str) -> None:
        if not self.by_keyboard:
            return target.fill(text)
        self._reach(target)
        self.page.keyboard.press("ControlOrMeta+a")
        return self.page.keyboard.type(text)

    def date(self, target: Locator, day: date) -> None:
        """A date field: Danish and British browsers both take day, month, year."""
        if not self.by_keyboard:
            return target.fill(day.isoformat())
        self._reach(target)
        return self.page.keyboard.type(f"{day:%d%m%Y}")

    def choose(self, target: Locator, value: str) -> None:
        if not self.by_keyboard:
            target.select_option(value)
            return
        self._reach(target)
        self.page.keyboard.press("Home")
        for _ in range(_FARTHEST):
            if target.input_value() == value:
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"{value} is not among the choices")

    def judge(self) -> None:
        """The page holds to the rules of accessibility, fits its width and makes no complaint."""
        where = self.page.url.removeprefix(self.address)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(self.axe)
        found = self.page.evaluate(
            "async tags => (await axe.run(document, {runOnly: tags, iframes: false})).violations",
            _AXE_TAGS,
        )
        grave = [
            f"{where}: {one['id']}: {node['html'][:160]}"
            for one in found
            if one["impact"] in {"serious", "critical"}
            for node in one["nodes"]
        ]
        assert grave == []
        width = self.page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert width <= 0, f"{where} is {width} pixels too wide"
        assert self.complaints == []

    def _act(self, target: Locator, key: str) -> None:
        if self.by_keyboard:
            self._reach(target)
            self.page.keyboard.press(key)
        else:
            target.click()

    def _reach(self, target: Locator) -> None:
        """Tab until the target has the focus, and the focus can be seen."""
        target.wait_for(state="attached")
        for _ in range(_FARTHEST):
            if target.evaluate("it => it === document.activeElement"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"the keyboard does not reach {target}")
