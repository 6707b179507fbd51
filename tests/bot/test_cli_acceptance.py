"""The agreed command line: each documented command once, its words, its exit status, its JSON."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine

from bot.cli.main import answer, main
from tools.command_reference import commands

CONFIG = """
[people.mette]
name = "Mette"
roles = ["caseworker", "guideline_owner"]
[people.lene]
name = "Lene"
roles = ["leader"]
[folders]
guidelines = ["egne"]
catalogs = "ord"
"""
RULES = """# Ferie i praktikken

## Hvornår holder borgeren ferie?

Borgeren aftaler ferien med virksomheden senest fire uger før. Sagsbehandleren får besked.

## Hvem betaler transporten?

Kommunen betaler transporten, når turen er længere end tolv kilometer.
"""
ADD = "followups add --plan virksomhedspraktik --case INT-1042 --start 2026-12-07 --end 2027-02-26"
PAYSLIP = {
    "gross",
    "atp",
    "pension",
    "am_income",
    "am_bidrag",
    "a_income",
    "tax_base",
    "a_tax",
    "net",
    "tax_card",
}
TAX = {
    "am_bidrag",
    "personal_income",
    "employment_deduction",
    "job_deduction",
    "single_parent_deduction",
    "bottom_tax",
    "municipal_tax",
    "church_tax",
    "top_taxes",
    "ceiling_relief",
    "income_tax",
    "total_tax",
    "net",
    "withholding_percent",
    "monthly_deduction",
}
CHILDCARE = {
    "parent_percent",
    "step",
    "prices",
    "after_subsidy",
    "after_sibling",
    "total",
}
BATCH = {"id", "state", "answered", "score", "passages", "citations", "ms"}
STEP = {"case", "plan", "step", "due", "state", "owner"}
STATES = {"answer", "closest", "unknown", "smalltalk", "refused"}
AMOUNT = re.compile(r"-?\d+\.\d{2}")
# Tried elsewhere: they run on until they are stopped, or need Slack.
ELSEWHERE = {"desk", "doctor", "serve"}
GROUPS = {name.split()[0] for name, _ in commands(main) if " " in name}

ONCE = [
    ("ask 'Hvem betaler transporten?' --corpus regler.md", "tolv kilometer"),
    ("ask --batch ind.jsonl --corpus regler.md", '"passages"'),
    ("backup kopi.db", "kopi.db"),
    ("check", "filer læst"),
    ("childcare --income 380.000 --price 3.500", "I alt pr. måned"),
    ("demo --once", "12 uger"),
    ("followups add --plan boernepasning --case INT-1077 --start 2027-03-01", "INT-1077"),
    ("followups dead-letters", "Alle beskeder er leveret"),
    ("followups digest", "Undervejs: 0"),
    ("followups done INT-1042 aftale", "udført"),
    ("followups export", "INT-1042"),
    ("followups forget INT-1042 --yes", "slettet"),
    ("followups import sager.csv --dry-run", "nye: 1"),
    ("followups list", "aftale"),
    ("followups outcome INT-1042 job --start 2027-03-01", "Første job"),
    ("followups outcome INT-1042 extended", "forlænget"),
    ("followups outcome INT-1042 stopped", "stoppet"),
    ("followups preview virksomhedspraktik --start 2026-12-07", "venter på en dato"),
    ("followups problem INT-1042 sprog", "Sprog"),
    ("followups reassign mette lene", "fra Mette til Lene"),
    ("followups set INT-1042 --end 2027-03-26", "INT-1042"),
    ("followups snooze INT-1042 uge-1 --until 2026-12-18", "udsat til"),
    ("followups stop INT-1042", "stoppet"),
    ("guidelines add regler.md --kind experience --owner HR", "er tilføjet"),
    ("guidelines check", ""),
    ("guidelines list", "Praktikken i tal"),
    ("guidelines remove {guideline}", "er fjernet"),
    ("handout loenseddel --lang ar --set gross=24.500 --bilingual -o a.pdf", "a.pdf"),
    ("handout loenseddel --lang ar --large --script --year 2026 -o a.html", "a.html"),
    ("handout loenseddel --date 2026-12-07 -o a.png", "a.png"),
    ("handout loenseddel --lang uk -o a.txt", "a.txt"),
    ("handout loenseddel --lang uk --allow-draft -o a.sms.txt", "a.sms.txt"),
    ("handout loenseddel --lang ti -o a.json", "a.json"),
    ("handouts --batch ark.csv --out ark --workers 1", "1 ark lavet"),
    ("languages", "kurmancî"),
    ("openings add --company Bager --place Vejle --trade bager --until 2027-03-31", "Bager"),
    ("openings close {opening}", "Netto"),
    ("openings fill {opening}", "besat 1"),
    ("openings list", "Netto"),
    ("openings reserve {opening}", "reserveret 1"),
    ("pack loenseddel atp --lang ar -o pakke.pdf", "pakke.pdf"),
    ("payslip --gross 24.500,50 --municipality Vejle", "Udbetalt løn"),
    ("pictures", "payslip"),
    ("questions answer {question} 'Kantinen åbner kl. 11.' --by mette", "gemt"),
    ("questions dismiss {question}", "Lagt væk"),
    ("questions list", "kantinen"),
    ("questions report", "Spørgsmål"),
    ("rates", "tax.personal_allowance"),
    ("rates diff 2025 2026", "tax.personal_allowance"),
    ("restore gammel.db", "gammel.db"),
    ("settings set mette --quiet 12:00-13:00", "12:00-13:00"),
    ("settings show mette", "Stilletid"),
    ("site --out side", "filer i side"),
    ("tax --gross-year 294.000 --municipality Vejle", "Trækprocent"),
    ("topics", "loenseddel"),
    ("translations check ar", "0 fejl"),
    ("translations export ar ar.po", "ar.po"),
    ("translations import ar ud.xlf", "ikke klar"),
    ("translations new ps", "ps"),
    ("translations sign-off uk --by Olena --topic loenseddel", "godkendt"),
    ("translations status", "arabisk"),
]
Run = Callable[[str], tuple[int, str]]


@pytest.fixture
def run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Iterator[Run]:
    """Run one line in a folder with a configuration, guidelines and files: status and output."""
    for folder in ("egne", "ord"):
        (tmp_path / folder).mkdir()
    files = {
        "config.toml": CONFIG,
        "regler.md": RULES,
        "sager.csv": "case,plan,start,owner\nINT-1099,virksomhedspraktik,2026-12-07,mette\n",
        "ark.csv": "topic,lang,format,gross\nloenseddel,ar,txt,24500\n",
        "ind.jsonl": '{"id": "a", "question": "Hvem betaler transporten?"}\n',
    }
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    for key in ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"):
        monkeypatch.delenv(key, raising=False)

    def run_line(line: str) -> tuple[int, str]:
        status = answer(shlex.split(line))
        said = capsys.readouterr()
        return status, said.out if status == 0 else said.err

    with time_machine.travel("2026-11-23T07:00:00+00:00", tick=False):
        yield run_line


def told(run: Run, line: str) -> str:
    status, said = run(line)
    assert status == 0, f"{line}: {said}"
    return said


def prepared(run: Run, line: str) -> str:
    """The line with what it needs laid in the store first: a case, an opening, a question."""
    if line.startswith("followups ") and "--plan" not in line:
        told(run, f"{ADD} --owner mette")
    if line.startswith("openings "):
        told(run, "openings add --company Netto --place Vejle --trade butik --until 2027-03-31")
        found = json.loads(told(run, "openings list --json"))[0]["id"]
        return line.replace("{opening}", found)
    if line.startswith("questions "):
        told(run, "ask 'Hvornår åbner kantinen om lørdagen?'")
        found = json.loads(told(run, "questions list --json"))[0]["id"]
        return line.replace("{question}", found)
    if "{guideline}" in line:
        told(run, "guidelines add regler.md")
        rows = json.loads(told(run, "guidelines list --json"))
        number = next(row["id"] for row in rows if row["name"] == "regler.md")
        return line.replace("{guideline}", str(number))
    if line.startswith("restore "):
        told(run, "backup gammel.db")
    if line.startswith("translations import"):
        told(run, "translations export ar ud.xlf")
    return line


@pytest.mark.parametrize(("line", "said"), ONCE, ids=[line for line, _ in ONCE])
def test_a_documented_command_does_what_it_says(run: Run, line: str, said: str) -> None:
    assert said in told(run, prepared(run, line))


def test_every_command_there_is_stands_in_the_table() -> None:
    lines = [line for line, _ in ONCE]
    known = {path for path, _ in commands(main)} - ELSEWHERE - (GROUPS - {"rates"})
    assert {
        path for path in known if not any(f"{one} ".startswith(f"{path} ") for one in lines)
    } == set()


@pytest.mark.parametrize(
    ("card", "tax_card"),
    [("--municipality Vejle", "estimated"), ("--percent 38 --deduction 5.000", "given")],
)
def test_a_payslip_has_the_agreed_keys_and_two_decimals(run: Run, card: str, tax_card: str) -> None:
    found = json.loads(told(run, f"payslip --gross 24.500 --hours 160,33 {card} --json"))
    assert found.keys() >= PAYSLIP
    assert found["tax_card"] == tax_card
    assert all(AMOUNT.fullmatch(found[key]) for key in PAYSLIP - {"tax_card"}), found


def test_the_years_tax_has_the_agreed_keys(run: Run) -> None:
    found = json.loads(told(run, "tax --gross-year 294.000 --municipality Vejle --json"))
    assert found.keys() >= TAX
    assert all(AMOUNT.fullmatch(found[key]) for key in TAX - {"withholding_percent"}), found


def test_childcare_has_the_agreed_keys_a_whole_percent_and_a_price_for_each_child(
    run: Run,
) -> None:
    line = "childcare --income 380.000 --price 3.500 --price 2.000 --months 11 --json"
    found = json.loads(told(run, line))
    assert found.keys() >= CHILDCARE
    assert isinstance(found["parent_percent"], int)
    assert isinstance(found["step"], int)
    for key in ("prices", "after_subsidy", "after_sibling"):
        assert [bool(AMOUNT.fullmatch(one)) for one in found[key]] == [True, True]


def test_a_batch_answers_each_line_with_the_agreed_keys_and_quotes_word_for_word(
    run: Run, tmp_path: Path
) -> None:
    questions = ["Hvem betaler transporten?", "Hvad koster en ko på Mars?", "Hej!"]
    lines = [json.dumps({"id": str(n), "question": one}) for n, one in enumerate(questions)]
    (tmp_path / "ind.jsonl").write_text("\n".join(lines), encoding="utf-8")
    found = [
        json.loads(line)
        for line in told(run, "ask --batch ind.jsonl --corpus regler.md").splitlines()
    ]
    assert [one["id"] for one in found] == ["0", "1", "2"]
    for one in found:
        assert one.keys() >= BATCH
        assert one["state"] in STATES
        assert one["answered"] is (one["state"] == "answer")
        assert all(len(text) <= 1200 for text in one["passages"])
        assert len(one["passages"]) <= 5
    assert [one["answered"] for one in found] == [True, False, False]
    citation = found[0]["citations"][0]
    assert citation.keys() >= {"document", "section", "page", "quote"}
    assert citation["page"] is None
    assert citation["quote"] in RULES


def test_one_question_as_json_has_the_keys_of_a_batch_but_the_id(run: Run) -> None:
    found = json.loads(told(run, "ask 'Hvem betaler transporten?' --json --corpus regler.md"))
    assert found.keys() >= BATCH - {"id"}


@pytest.mark.parametrize(
    "line",
    ["followups preview virksomhedspraktik --start 2027-03-01 --json", "followups list --json"],
)
def test_steps_have_just_the_agreed_keys_and_the_copenhagen_offset(run: Run, line: str) -> None:
    found = json.loads(told(run, prepared(run, line)))
    assert found
    for step in found:
        assert step.keys() == STEP
        assert step["due"] is None or re.fullmatch(
            r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+0[12]:00", step["due"]
        )
    assert {step["due"] is None for step in found} >= {"preview" in line, False}


@pytest.mark.parametrize(
    "line",
    [
        "payslip --gross 24500",
        "payslip --gross 24500 --card secondary",
        "followups add --plan virksomhedspraktik --case Hassan --start 2026-12-07",
        "handout loenseddel --lang ar -o a.doc",
        "serve",
        "desk",
        "doctor",
        "ask hej --config findes-ikke.toml",
    ],
)
def test_wrong_input_or_data_ends_with_one_and_without_a_traceback(run: Run, line: str) -> None:
    status, said = run(line)
    assert status == 1
    assert said.strip()
    assert "Traceback" not in said
