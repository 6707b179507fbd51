"""What a page says when it says no: a sentence for that page, never one for a terminal."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.app import App
from bot.cli.main import answer as run
from bot.desk.app import build_desk
from bot.desk.entrance import OpenDoor
from bot.desk.settings import LOOPBACK
from bot.desk.visit import Desk
from bot.people import Actor
from messages.errors import Problem
from tests.bot.desk.conftest import ADDRESS
from tools.staff_sentences import in_code, problem_classes

ROOT = Path(__file__).parents[3]
FOR_A_TERMINAL = re.compile(r"(?<![\w-])--[a-zæøå]|\bbrobygger [a-z]")
# These are reached from the command line alone.
TERMINAL_FILES = {
    "bot/actions/copies.py",
    "bot/actions/guidelines.py",
    "bot/actions/site.py",
    "bot/actions/translations.py",
    "messages/formats.py",
    "messages/new_language.py",
    "messages/po_exchange.py",
    "messages/translation_import.py",
    "messages/xliff.py",
    "scheduler/store_copy.py",
}
OPENING = {"virksomhed": "C", "sted": "V", "arbejde": "O", "pladser": "1", "til": "2026-12-18"}
CASE = {"plan": "virksomhedspraktik", "sag": "INT-2002", "start": "2027-01-11"}
# (path, form): each is refused; {step} is an open step of INT-1042, {question} an open question.
REFUSED = [
    ("/ark/loenseddel/hent", {"f.navn": "Amira"}),
    ("/ark/loenseddel/hent", {"f.percent": "38"}),
    ("/ark/loenseddel/hent", {"f.gross": "24500", "f.am_bidrag": "1000"}),
    ("/ark/loenseddel/hent",
     {"f.gross": "24500", "f.am_bidrag": "1960", "f.a_tax": "1", "f.net": "1"}),
    ("/ark/loenseddel/hent", {"f.gross": "24500", "f.percent": "140"}),
    ("/ark/maalet-er-job/hent", {"f.gross": "1"}),
    ("/ark/sygemelding/hent", {"f.phone": "ring"}),
    ("/familiepakke", {"emne": "apt", "lang": "da"}),
    ("/familiepakke", {"emne": "atp", "lang": "klingon"}),
    ("/familiepakke", {"emne": "atp", "lang": "da", "f.gros": "1"}),
    ("/trin/{step}/udsaet", {"until": "2020-01-01"}),
    ("/trin/{step}/udsaet", {"until": ""}),
    ("/trin/{step}/udsaet", {"until": "i morgen"}),
    ("/trin/findes-ikke/udfoert", {}),
    ("/trin/findes-ikke/udsaet", {"timer": "1"}),
    ("/opfoelgning/ny", {**CASE, "sag": "Amira"}),
    ("/opfoelgning/ny", {**CASE, "sag": "INT-1042"}),
    ("/opfoelgning/ny", {**CASE, "plan": "findes-ikke"}),
    ("/opfoelgning/ny", {**CASE, "ansvarlig": "nobody"}),
    ("/sag/INT-1042/datoer", {}),
    ("/sag/INT-1042/datoer", {"start": "2027-02-30"}),
    ("/sag/INT-1057/datoer", {"start": "2027-01-18"}),  # two plans to choose from
    ("/sag/INT-9999/datoer", {"start": "2027-01-18"}),
    ("/sag/INT-1042/udfald", {"udfald": "vundet"}),
    ("/sag/INT-9999/udfald", {"udfald": "job"}),
    ("/sag/INT-1042/problem", {"problem": "sygdom"}),
    ("/sag/INT-1042/ansvarlig", {"til": ""}),
    ("/sag/INT-1042/ansvarlig", {"til": "nobody"}),
    ("/sag/INT-1042/ansvarlig", {"til": "ane"}),
    ("/pladser", {**OPENING, "pladser": "0"}),
    ("/pladser", {**OPENING, "til": "2020-01-01"}),
    ("/pladser", {**OPENING, "virksomhed": ""}),
    ("/pladser/findes-ikke", {"hvad": "reserver"}),
    ("/pladser/findes-ikke", {"hvad": "slet"}),
    ("/spoergsmaal/{question}/svar", {"svar": ""}),
    ("/spoergsmaal/findes-ikke/svar", {"svar": "Ja."}),
    ("/spoergsmaal/findes-ikke/vaek", {}),
    ("/spoerg/videre", {"question": "hej"}),
    ("/oversaettelser/ar/findes-ikke", {"navn": "Amal"}),
    ("/oversaettelser/ar/atp", {"navn": "", "ok": "0" * 12}),
    ("/oversaettelser/da/atp", {"navn": "Amal", "ok": "0" * 12}),
]  # fmt: skip
ACTED = [
    "/opfoelgning",
    "/opfoelgning/ny",
    "/sag/INT-1042",
    "/pladser",
    "/overblik",
    "/spoergsmaal",
]


@pytest.fixture
def browser(open_desk: Callable[[App], TestClient], fresh_app: App) -> TestClient:
    return open_desk(fresh_app)


def said_on(page: str) -> str:
    """What a page says in words, without its marks."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"<[^>]*>", " ", main)


@pytest.mark.parametrize(("path", "form"), REFUSED)
def test_a_refusal_on_a_page_names_no_option_and_no_command(
    browser: TestClient,
    token: str,
    first_step: Callable[[str], str],
    path: str,
    form: dict[str, str],
) -> None:
    question = re.search(r"/spoergsmaal/(\w+)/svar", browser.get("/spoergsmaal").text)
    assert question
    place = path.replace("{question}", question[1]).replace("{step}", first_step("INT-1042"))
    answer = browser.post(place, data={"token": token, **form})
    assert answer.status_code == 422
    assert FOR_A_TERMINAL.findall(said_on(answer.text)) == []


@pytest.mark.parametrize("path", ACTED)
def test_a_session_of_another_role_is_refused_in_the_same_way(fresh_app: App, path: str) -> None:
    door = OpenDoor(Actor("gæst", "Gæst", frozenset()))
    guest = TestClient(build_desk(Desk(fresh_app, door), LOOPBACK), base_url=ADDRESS)
    answer = guest.get(path)
    assert answer.status_code == 422
    assert "INT-1042" not in said_on(answer.text)
    assert FOR_A_TERMINAL.findall(said_on(answer.text)) == []


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/trin/{step}/udfoert", {}),
        ("/sag/INT-1042/ansvarlig", {"til": "bo"}),
        ("/spoergsmaal/{question}/svar", {"svar": "Ja."}),
        ("/spoergsmaal/{question}/vaek", {}),
        ("/oversaettelser/ar/atp", {"navn": "Amal", "ok": "0" * 12}),
    ],
)
def test_a_role_that_may_not_act_is_refused_whatever_it_sends(
    browser: TestClient,
    first_step: Callable[[str], str],
    fresh_app: App,
    path: str,
    form: dict[str, str],
) -> None:
    step = first_step("INT-1042")
    question = re.search(r"/spoergsmaal/(\w+)/svar", browser.get("/spoergsmaal").text)
    assert question
    door = OpenDoor(Actor("gæst", "Gæst", frozenset()))
    guest = TestClient(build_desk(Desk(fresh_app, door), LOOPBACK), base_url=ADDRESS)
    place = path.replace("{question}", question[1]).replace("{step}", step)
    sent = {"token": door.visitor(None).token, **form}  # type: ignore[arg-type]
    answer = guest.post(place, data=sent)
    assert answer.status_code == 422
    assert first_step("INT-1042") == step
    assert question[1] in browser.get("/spoergsmaal").text


def test_a_draft_refused_by_the_municipality_offers_another_language_not_an_option(
    open_desk: Callable[[App], TestClient], fresh_app: App
) -> None:
    strict = App(replace(fresh_app.config, reviewed_only=True))
    vars(strict)["library"] = fresh_app.library
    answer = open_desk(strict).post("/ark/atp/hent", data={"lang": "ti"})
    assert "Vælg et andet sprog" in answer.text
    assert FOR_A_TERMINAL.findall(said_on(answer.text)) == []


def test_no_sentence_that_a_page_could_say_is_one_for_a_terminal() -> None:
    files = [
        file
        for folder in ("bot/actions", "messages", "scheduler", "bot/desk", "bot/answers")
        for file in (ROOT / folder).rglob("*.py")
        if file.relative_to(ROOT).as_posix() not in TERMINAL_FILES
        and file.parent.name != "checks"  # what `brobygger check` finds
        and file.name != "opening.py"  # said while the server starts
    ]
    trees = {file: ast.parse(file.read_text(encoding="utf-8")) for file in files}
    problems = problem_classes(
        [ast.parse((ROOT / "messages/errors.py").read_text("utf-8")),
         ast.parse((ROOT / "bot/errors.py").read_text("utf-8")),
         ast.parse((ROOT / "scheduler/errors.py").read_text("utf-8")), *trees.values()]
    )  # fmt: skip
    found = {
        f"{file.relative_to(ROOT)}: {sentence}"
        for file, tree in trees.items()
        for sentence in in_code(tree, problems)
        if FOR_A_TERMINAL.search(sentence)
    }
    assert found == set()


def test_the_terminal_adds_the_option_that_mends_it(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["handout", "loenseddel", "--set", "percent=38", "-o", "x.pdf"]) == 1
    assert "--set gross=24.500" in capsys.readouterr().err


def test_a_problem_says_its_command_only_where_commands_are_typed() -> None:
    problem = Problem("Vælg en plan.", terminal="--plan {ikke et felt}")
    assert str(problem) == "Vælg en plan."
    assert problem.at_terminal(str) == "Vælg en plan. På kommandolinjen: --plan {ikke et felt}"
    assert Problem("Nej.").at_terminal(str) == "Nej."
