"""Translations on the desk: read beside the Danish, approved by seal, commented without names."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.app import App
from bot.desk.app import build_desk
from bot.desk.entrance import OpenDoor
from bot.desk.settings import LOOPBACK
from bot.desk.visit import Desk
from bot.people import Actor, Role
from messages.catalogs import seal
from messages.errors import MessagesError
from messages.review_comments import Comment, comments_toml, read_comments, with_comments
from tests.bot.desk.conftest import ADDRESS

SHEET = "/oversaettelser/ar/atp"
PO = """msgid ""
msgstr ""
"Language: ar\\n"

msgid "{source}"
msgstr "{words}"
"""


@pytest.fixture
def browser(open_desk: Callable[[App], TestClient], fresh_app: App) -> TestClient:
    return open_desk(fresh_app)


@pytest.fixture
def catalogs(fresh_app: App) -> Path:
    folder = fresh_app.config.folders.catalogs
    assert folder
    return folder


def seals_on(page: str) -> list[str]:
    """The sentences on a page that can be approved, in order."""
    return re.findall(r'name="ok" value="(\w+)"', page)


def approve(browser: TestClient, token: str, path: str, **sent: object) -> str:
    data = {"token": token, "navn": "Amal Yusuf", **sent}
    return browser.post(path, data=data).text  # type: ignore[arg-type]


def approve_all(browser: TestClient, token: str, topic: str = "atp") -> None:
    """Everything that the sheet on a topic says in Arabic."""
    for part in (topic, "alle-ark"):
        path = f"/oversaettelser/ar/{part}"
        approve(browser, token, path, ok=seals_on(browser.get(path).text))


def test_every_language_shows_how_far_it_is(browser: TestClient, imagined_app: App) -> None:
    page = browser.get("/oversaettelser").text
    for code, language in imagined_app.library.languages.items():
        assert (f'href="/oversaettelser/{code}"' in page) == (code != "da"), language.name_da
    assert re.search(r"0 af \d+ sætninger er godkendt", page)


def test_every_part_of_every_language_can_be_read(browser: TestClient, imagined_app: App) -> None:
    parts = ["alle-ark", "billeder", "loenseddel", "sygemelding"]
    for code in imagined_app.library.languages:
        if code != "da":
            assert browser.get(f"/oversaettelser/{code}").status_code == 200
            for part in parts:
                assert browser.get(f"/oversaettelser/{code}/{part}").status_code == 200


def test_a_sentence_stands_beside_the_danish_and_its_picture_in_the_sheets_order(
    browser: TestClient, imagined_app: App
) -> None:
    page = browser.get(SHEET).text
    topic = imagined_app.library.topics["atp"]
    assert page.index(topic.title) < page.index(topic.steps[-1].text[:12])
    assert f'src="/billede/{topic.steps[0].picture}.svg"' in page
    assert '<span lang="ar" dir="rtl">' in page


def test_an_approved_sentence_bears_the_readers_name_and_stays_approved(
    browser: TestClient, token: str, catalogs: Path
) -> None:
    seal = seals_on(browser.get(SHEET).text)[0]
    page = approve(browser, token, SHEET, ok=seal)
    assert "Gennemsynet er gemt." in page
    assert page.count('class="state reviewed"') == 1
    assert seal not in seals_on(browser.get(SHEET).text)
    kept = (catalogs / "ar" / "reviewed.toml").read_text("utf-8")
    assert 'by = "Amal Yusuf"' in kept
    assert "on = 2026-11-23" in kept
    assert kept.count(f'"{seal}"') == 1


@pytest.mark.parametrize("topic", ["atp", "loenseddel", "to-indkomster"])
def test_a_sheet_that_is_approved_whole_stands_alone(
    browser: TestClient, token: str, topic: str
) -> None:
    assert "ikke tjekket" in browser.get(f"/ark/{topic}/vis?lang=ar").text
    approve_all(browser, token, topic)
    assert "ikke tjekket" not in browser.get(f"/ark/{topic}/vis?lang=ar").text


def test_a_changed_translation_undoes_its_approval(
    browser: TestClient, token: str, fresh_app: App, catalogs: Path
) -> None:
    approve_all(browser, token)
    change(fresh_app, catalogs)
    assert "ikke tjekket" in browser.get("/ark/atp/vis?lang=ar").text
    assert seals_on(browser.get(SHEET).text)


def change(app: App, catalogs: Path) -> None:
    """Somebody writes other Arabic words for the title of the sheet on ATP."""
    folder = catalogs / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True, exist_ok=True)
    text = PO.format(source=app.library.topics["atp"].title, words="ATP جديد")
    (folder / "handout.po").write_text(text, encoding="utf-8")
    for part in ("overlay", "library"):
        vars(app).pop(part, None)


def test_who_approves_words_that_have_changed_is_told_and_signs_nothing(
    browser: TestClient, token: str, fresh_app: App, catalogs: Path
) -> None:
    title, second = seals_on(browser.get(SHEET).text)[:2]
    change(fresh_app, catalogs)
    page = approve(browser, token, SHEET, ok=[title, second], **{f"k.{title}": "Et andet ord."})
    assert "er ændret, siden du læste den" in page
    kept = (catalogs / "ar" / "reviewed.toml").read_text("utf-8")
    assert title not in kept
    assert second in kept
    assert not (catalogs / "ar" / "comments.toml").exists()


def test_two_windows_that_approve_the_same_words_agree(
    browser: TestClient, token: str, catalogs: Path
) -> None:
    first, second = seals_on(browser.get(SHEET).text)[:2]
    approve(browser, token, SHEET, ok=first)
    page = approve(browser, token, SHEET, ok=[first, second])
    assert "Gennemsynet er gemt." in page
    kept = (catalogs / "ar" / "reviewed.toml").read_text("utf-8")
    assert [kept.count(f'"{seal}"') for seal in (first, second)] == [1, 1]


def test_a_comment_is_kept_without_a_name_and_shown_beside_its_sentence(
    browser: TestClient, token: str, catalogs: Path
) -> None:
    seal = seals_on(browser.get(SHEET).text)[0]
    page = approve(browser, token, SHEET, **{f"k.{seal}": 'Sig “<b>sagen</b>"\n\tenklere'})
    assert "&lt;b&gt;sagen" in page
    kept = (catalogs / "ar" / "comments.toml").read_text("utf-8")
    assert "Amal" not in kept
    assert "ane" not in kept.lower()
    assert not (catalogs / "ar" / "reviewed.toml").exists()


def test_a_comment_falls_away_with_the_words_that_it_was_about(
    browser: TestClient, token: str, fresh_app: App, catalogs: Path
) -> None:
    title, second = seals_on(browser.get(SHEET).text)[:2]
    approve(browser, token, SHEET, **{f"k.{title}": "Et andet ord."})
    change(fresh_app, catalogs)
    assert "Et andet ord." not in browser.get(SHEET).text
    approve(browser, token, SHEET, **{f"k.{second}": "Godt."})
    assert "Et andet ord." not in (catalogs / "ar" / "comments.toml").read_text("utf-8")


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"navn": ""}, "hvem der har læst"),
        ({"navn": "x"}, "hvem der har læst"),
        ({"navn": "x" * 100}, "hvem der har læst"),
        ({"navn": "010190-1111"}, "hvem der har læst"),
        ({"kommentar": "Ring til 010190-1111"}, "CPR-nummer"),
        ({"kommentar": "x" * 600}, "højst 500"),
    ],
)
def test_a_review_that_cannot_be_kept_keeps_nothing_and_loses_nothing(
    browser: TestClient, token: str, catalogs: Path, sent: dict[str, str], says: str
) -> None:
    first, second = seals_on(browser.get(SHEET).text)[:2]
    said = sent.get("kommentar", "Et lettere ord findes.")
    form = {"token": token, "navn": sent.get("navn", "Amal"), "ok": first, f"k.{second}": said}
    answer = browser.post(SHEET, data=form)
    assert answer.status_code == 422
    assert says in answer.text
    assert re.search(rf'value="{first}" checked', answer.text)
    assert "010190-1111" not in answer.text.replace('value="010190-1111"', "")
    assert ("Et lettere ord findes." in answer.text) == ("navn" in sent)
    assert list(catalogs.iterdir()) == []


def test_words_with_a_severe_fault_cannot_be_approved(
    browser: TestClient, token: str, fresh_app: App, catalogs: Path
) -> None:
    step = fresh_app.library.topics["atp"].steps[0]
    folder = catalogs / "ar" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    text = PO.format(source=step.text, words="{forkert} نص")
    (folder / "handout.po").write_text(text, encoding="utf-8")
    for part in ("overlay", "library"):
        vars(fresh_app).pop(part, None)
    page = browser.get(SHEET).text
    assert 'class="wrongly"' in page
    answer = browser.post(
        SHEET,
        data={"token": token, "navn": "Amal", "ok": seal(step.text, "{forkert} نص")},
    )
    assert answer.status_code == 422
    assert "kan ikke godkendes" in answer.text


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/oversaettelser/xx", 404),
        ("/oversaettelser/..%2Fx", 404),
        ("/oversaettelser/da", 422),
        ("/oversaettelser/ar/findes-ikke", 422),
        ("/oversaettelser/xx/atp", 404),
        ("/oversaettelser/ar/atp?side=0", 200),
        ("/oversaettelser/ar/billeder?side=99999", 200),
        ("/oversaettelser/ar/billeder?side=²", 200),
        ("/oversaettelser/ar/billeder?side=x", 200),
    ],
)
def test_a_page_that_is_none_is_told_kindly(browser: TestClient, path: str, status: int) -> None:
    assert browser.get(path).status_code == status


def test_only_who_keeps_the_words_approves(fresh_app: App, catalogs: Path) -> None:
    door = OpenDoor(Actor("bo", "Bo", frozenset({Role.CASEWORKER})))
    bo = TestClient(build_desk(Desk(fresh_app, door), LOOPBACK), base_url=ADDRESS)
    page = bo.get(SHEET).text
    assert "Gem gennemsynet" not in page
    token = re.search(r'name="token" value="([^"]+)"', bo.get("/opfoelgning/ny").text)
    assert token
    answer = bo.post(SHEET, data={"token": token[1], "navn": "Bo", "ok": "000000000000"})
    assert answer.status_code == 422
    assert list(catalogs.iterdir()) == []


def test_a_page_without_its_token_approves_nothing(browser: TestClient, catalogs: Path) -> None:
    seal = seals_on(browser.get(SHEET).text)[0]
    assert browser.post(SHEET, data={"navn": "Amal", "ok": seal}).status_code == 403
    assert list(catalogs.iterdir()) == []


def test_comments_are_read_back_as_they_were_written() -> None:
    rows = [Comment("0" * 12, date(2026, 3, 2), 'Et "ord" \\ og العربية\x07')]
    assert list(read_comments(comments_toml(rows).decode(), "x")) == rows


def test_a_broken_file_of_comments_is_named() -> None:
    with pytest.raises(MessagesError, match=r"comments\.toml"):
        read_comments("[[comment]]\nseal = 1", "ar/comments.toml")


def test_the_same_comment_is_kept_once() -> None:
    one = Comment("a" * 12, date(2026, 3, 2), "Enklere.")
    assert with_comments([one], [one], frozenset({one.seal})) == (one,)
    assert with_comments([one], [], frozenset()) == ()
