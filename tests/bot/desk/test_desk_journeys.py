"""Each thing a caseworker comes for, walked from end to end in headless Chromium.

In Danish and English, on a phone and on a desk, one of the walks by the keyboard alone. Every page
on the way is held to axe's rules, to its width and to an empty console.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

from bot.app import App
from bot.demo import imagined_caseworker
from bot.desk.app import build_desk
from bot.desk.entrance import OpenDoor
from bot.desk.settings import LOOPBACK
from bot.desk.visit import LANGUAGE_COOKIE, Desk
from tests.bot.desk.walking import Walker, served

if TYPE_CHECKING:
    from playwright.sync_api import Browser, BrowserContext

pytestmark = pytest.mark.chromium
NOW = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
WALKS = [("da", 360, False), ("da", 1280, True), ("en", 360, False), ("en", 1280, False)]
PAGES = (
    "/",
    "/ark",
    "/ark/loenseddel",
    "/familiepakke",
    "/oversaettelser/ar/loenseddel",
    "/opfoelgning?hvem=alle",
    "/overblik",
    "/spoergsmaal",
    "/vejledninger",
)
TEXT = "# Arbejdstøj\n\nVirksomheden betaler arbejdstøjet fra første dag i praktikken.\n"


def _missing(what: str) -> NoReturn:
    """Skipped where it is missing, never in CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(what)
    pytest.skip(what)


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """One browser for all walks, gone with its event loop before the next file's tests."""
    if CHROMIUM is None or not find_spec("playwright"):
        _missing("Chromium or Playwright is not here (apt-get install chromium; make test)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def room(chromium: Browser) -> Iterator[Callable[[str, int], BrowserContext]]:
    """A browser of its own for each language and width, opened once for all walks."""
    opened: dict[tuple[str, int], BrowserContext] = {}

    def found(language: str, width: int) -> BrowserContext:
        if (language, width) not in opened:
            opened[language, width] = chromium.new_context(
                viewport={"width": width, "height": 800},
                locale="da-DK" if language == "da" else "en-GB",
                has_touch=width < 500,
                reduced_motion="reduce",
            )
        return opened[language, width]

    yield found
    for context in opened.values():
        context.close()


@pytest.fixture(scope="session")
def axe() -> str:
    """The rules of accessibility, as a script."""
    found = find_spec("axe_playwright_python")
    if found is None or found.origin is None:
        _missing("axe-playwright-python is not here (make test)")
    return (Path(found.origin).parent / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def desk_address(fresh_app: App) -> Iterator[str]:
    door = OpenDoor(imagined_caseworker("da"))
    site = build_desk(Desk(fresh_app, door, demo=True, now=lambda: NOW), LOOPBACK)
    with served(site) as address:
        yield address


@pytest.fixture
def come(
    room: Callable[[str, int], BrowserContext], axe: str, desk_address: str, fresh_app: App
) -> Iterator[Callable[[str, int, bool], Walker]]:
    """Somebody who opens the desk in a language, at a width."""
    opened, address = [], desk_address

    def opened_at(language: str, width: int, by_keyboard: bool) -> Walker:
        context = room(language, width)
        context.clear_cookies()
        context.add_cookies([{"name": LANGUAGE_COOKIE, "value": language, "url": address}])
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=address)
        page = context.new_page()
        opened.append(page)
        walker = Walker(page, address, fresh_app.words(language), axe, by_keyboard)
        page.on("console", lambda said: _heard(walker, said.type, said.text))
        page.on("pageerror", lambda error: walker.complaints.append(str(error)))
        return walker

    yield opened_at
    for page in opened:
        page.close()


def _heard(walker: Walker, kind: str, text: str) -> None:
    refused = "422" in text or "403" in text  # a refusal is an answer, not a fault of the page
    if kind in {"error", "warning"} and not refused:
        walker.complaints.append(text)


@pytest.fixture(params=WALKS, ids=["da-phone", "da-keyboard", "en-phone", "en-desk"])
def ane(request: pytest.FixtureRequest, come: Callable[[str, int, bool], Walker]) -> Walker:
    return come(*request.param)


def test_a_sheet_with_own_numbers_is_made_and_taken(ane: Walker) -> None:
    ane.go("/ark")
    ane.judge()
    ane.follow(ane.page.locator("a[href='/ark/loenseddel']"))
    frame = ane.page.frame_locator(".shown iframe:not([hidden])")
    ane.arrow_to(ane.page.locator("input[name=lang][value=ar]"))
    ane.write(ane.page.locator("#f-gross"), "26.300")
    frame.get_by_text("26.300").first.wait_for()
    ane.tick(ane.page.locator("input[name=large]"))
    ane.judge()
    ane.write(ane.page.locator("#f-percent"), "140")
    ane.page.locator("#p-percent:not(:empty)").wait_for()
    ane.judge()
    ane.write(ane.page.locator("#f-percent"), "38")
    ane.page.locator("#p-percent:empty").wait_for(state="attached")
    with ane.page.expect_download() as taken:
        ane.press(ane.button("Hent PDF"))
    assert taken.value.suggested_filename == "loenseddel-ar.pdf"
    ane.press(ane.button("Tekst"))
    ane.says("Teksten er kopieret.").wait_for()
    assert "26.300" in ane.page.evaluate("navigator.clipboard.readText()")


def test_a_family_pack_asks_each_number_once(ane: Walker) -> None:
    ane.go("/familiepakke")
    ane.judge()
    for name, value in (("emne", "loenseddel"), ("emne", "skat"), ("lang", "uk"), ("lang", "da")):
        ane.tick(ane.page.locator(f"input[name={name}][value={value}]"))
    ane.follow(ane.button("Videre til tallene"))
    ane.judge()
    assert ane.page.locator(".contents li").count() == 4
    assert ane.page.locator("input[name='f.gross']").count() == 1
    ane.write(ane.page.locator("#f-gross"), "mange")
    ane.follow(ane.button("Hent pakken som PDF"))
    ane.page.locator("#p-gross:not(:empty)").wait_for()
    ane.page.locator("#f-gross:focus").wait_for()
    ane.judge()
    ane.write(ane.page.locator("#f-gross"), "26.300")
    with ane.page.expect_download() as taken:
        ane.press(ane.button("Hent pakken som PDF"))
    assert taken.value.suggested_filename == "familiepakke.pdf"


def test_a_question_leads_to_its_passage(ane: Walker) -> None:
    ane.go("/")
    ane.judge()
    ane.write(ane.page.locator("#question"), "Hvor længe varer en praktik i gennemsnit?")
    with ane.page.expect_navigation():
        ane.page.locator("#question").press("Enter")
    ane.judge()
    ane.follow(ane.page.get_by_role("link", name=ane.words("Se det i dokumentet")).first)
    ane.page.locator("mark#sted").wait_for()
    ane.judge()
    ane.go("/spoerg")
    ane.write(ane.page.locator("#question"), "Hvad koster en parkeringsbøde?")
    ane.follow(ane.button("Spørg"))
    ane.judge()
    ane.follow(ane.button("Send spørgsmålet videre"))
    ane.says("Spørgsmålet er sendt til dem, der ejer vejledningen.").wait_for()
    ane.judge()


def test_a_case_is_begun_followed_handed_over_and_ended(ane: Walker) -> None:
    page = ane.page
    ane.go("/opfoelgning/ny?plan=virksomhedspraktik")
    ane.write(page.locator("#sag"), "INT-3001")
    ane.date(page.locator("#d-start"), date(2026, 12, 1))
    ane.judge()
    ane.follow(ane.button("Begynd"))
    ane.says("Opfølgningen er begyndt.").wait_for()
    ane.judge()
    ane.press(page.locator("summary", has_text=ane.words("Sæt eller flyt datoer")).first)
    ane.date(page.locator("#virksomhedspraktik-start"), date(2026, 12, 8))
    ane.follow(ane.button("Gem datoer"))
    ane.says("Datoerne er gemt, og trinene er flyttet med.").wait_for()
    ane.press(page.locator("summary", has_text=ane.words("Meld et problem")).first)
    ane.choose(page.locator("#virksomhedspraktik-problem"), "fremmoede")
    ane.follow(ane.button("Meld problemet"))
    ane.says("Problemet er meldt, og dem, der kan handle, har fået besked.").wait_for()
    ane.press(page.locator("summary", has_text=ane.words("Giv sagen til en kollega")).first)
    ane.choose(page.locator("#til"), "bo")
    ane.follow(ane.button("Giv sagen videre"))
    ane.says("Sagen er givet videre.").wait_for()
    ane.judge()
    ending = page.locator("summary", has_text=ane.words("Afslut: hvordan endte det?")).first
    ane.press(ending)
    ane.arrow_to(page.locator("input[name=udfald][value=stopped]").first)
    ane.judge()
    ane.follow(ane.button("Afslut opfølgningen"))
    ane.says("Opfølgningen er afsluttet.").wait_for()


def test_a_step_is_put_off_by_an_hour_and_another_is_done(ane: Walker) -> None:
    ane.go("/opfoelgning")
    ane.judge()
    ane.press(ane.page.locator(".acts summary").first)
    ane.judge()
    ane.follow(ane.button("Udsæt en time"))
    ane.says("Trinnet kommer igen om en time, eller når kontoret åbner.").wait_for()
    ane.follow(ane.page.locator("form[action$='/udfoert'] button").first)
    ane.says("Trinnet er markeret som udført.").wait_for()
    ane.judge()


def test_an_opening_is_added_and_reserved(ane: Walker) -> None:
    ane.go("/pladser")
    ane.press(ane.page.locator("summary"))
    for key, text in (("company", "Café Syd"), ("place", "Vejle"), ("trade", "Opvask")):
        ane.write(ane.page.locator(f"#{key}"), text)
    ane.date(ane.page.locator("#until"), date(2026, 12, 18))
    ane.judge()
    ane.follow(ane.page.locator("details.card button"))
    opening = ane.page.locator(".opening", has_text="Café Syd")
    ane.follow(opening.locator("button[value=reserver]"))
    ane.page.locator(".opening", has_text="Café Syd").locator("button[value=frigiv]").wait_for()
    ane.judge()


def test_an_answer_becomes_a_guideline_and_a_file_one_too(ane: Walker) -> None:
    page = ane.page
    ane.go("/vejledninger")
    ane.judge()
    ane.follow(page.get_by_role("link", name=ane.words("Spørgsmål uden svar")))
    ane.judge()
    ane.press(page.locator(".asked summary", has_text=ane.words("Besvar")).first)
    ane.write(page.locator(".asked textarea").first, "Virksomheden betaler for arbejdstøjet.")
    ane.judge()
    ane.follow(ane.button("Gem svaret"))
    ane.says("Svaret er gemt som en vejledning og bruges fra nu af.").wait_for()
    ane.follow(page.locator(".asked button.link").first)
    ane.says("Spørgsmålet er lagt væk.").wait_for()
    ane.judge()
    ane.go("/vejledninger")
    ane.press(page.locator("details summary"))
    file = {"name": "toej.md", "mimeType": "text/markdown", "buffer": TEXT.encode()}
    page.locator("#file").set_input_files(file)  # type: ignore[arg-type]
    ane.follow(page.locator("details button"))
    page.locator(".told").wait_for()
    ane.judge()


def test_a_translation_is_read_and_approved(ane: Walker) -> None:
    page = ane.page
    ane.go("/oversaettelser")
    ane.judge()
    ane.follow(page.locator("a[href='/oversaettelser/ar']"))
    ane.judge()
    ane.follow(page.locator("a[href='/oversaettelser/ar/atp']"))
    ane.judge()
    ane.tick(page.locator("input[name=ok]").nth(1))
    ane.press(page.locator(".judge summary").first)
    ane.write(page.locator(".judge textarea").first, "Et lettere ord findes.")
    ane.judge()
    ane.follow(ane.button("Gem gennemsynet"))
    ane.says("Gennemsynet er gemt.").wait_for()
    assert page.locator(".state.reviewed").count() == 1
    assert page.locator(".remark", has_text="Et lettere ord findes.").count() == 1
    ane.judge()


BY_LOOKS = pytest.mark.parametrize(("language", "width"), [("da", 360), ("en", 1280)])


@BY_LOOKS
def test_the_leader_reads_the_overview_in_light_and_the_desk_in_the_dark(
    come: Callable[[str, int, bool], Walker], language: str, width: int
) -> None:
    leader = come(language, width, False)
    leader.go("/overblik")
    leader.judge()
    leader.page.emulate_media(color_scheme="dark")
    for path in ("/overblik", "/", "/oversaettelser/ar/atp", "/familiepakke", "/spoergsmaal"):
        leader.go(path)
        leader.judge()


@BY_LOOKS
def test_a_sheet_by_itself_holds_to_the_rules(
    come: Callable[[str, int, bool], Walker], language: str, width: int
) -> None:
    bo = come(language, width, False)
    for code in ("ar", "ti", "da"):
        bo.go(f"/ark/loenseddel/vis?lang={code}")
        bo.judge()


def test_the_narrowest_phone_needs_no_sideways_scrolling(
    come: Callable[[str, int, bool], Walker],
) -> None:
    bo = come("da", 320, False)
    for path in ("/ark/loenseddel", "/familiepakke", "/oversaettelser/ar/atp", "/sag/INT-1042"):
        bo.go(path)
        bo.judge()


def test_a_page_is_light_enough_for_a_phone(come: Callable[[str, int, bool], Walker]) -> None:
    bo = come("da", 360, False)
    weight: dict[str, int] = {}

    def weigh(answer: object) -> None:
        kind = answer.request.resource_type  # type: ignore[attr-defined]
        if kind != "image":
            weight[path] += len(answer.body())  # type: ignore[attr-defined]

    bo.page.on("response", weigh)
    for path in PAGES:
        weight[path] = 0
        bo.go(path)
        bo.page.wait_for_load_state("networkidle")
    assert {path: size for path, size in weight.items() if size > 150_000} == {}
