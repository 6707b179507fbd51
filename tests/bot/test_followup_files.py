"""Cases in from a CSV and out again; the store copied, restored, and a case erased for good."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.bot.terminal import STAFF, Run, at_terminal, listed

CONFIG = f"""{STAFF}
[import]
plan = "virksomhedspraktik"
owner = "lene"
"""
HEAD = "Sagsnr;Navn;CPR;Startdato;Slutdato;Sagsbehandler\n"
ROW = "INT-1001;Ali Hassan;010190-1234;07-12-2026;26-02-2027;meho\n"


pytestmark = pytest.mark.usefixtures("monday_morning")


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    return at_terminal(tmp_path, CONFIG, capsys)


def write(tmp_path: Path, text: str, coding: str = "utf-8") -> None:
    (tmp_path / "in.csv").write_bytes(text.encode(coding))


@pytest.mark.parametrize("coding", ["utf-8", "utf-8-sig", "latin-1", "utf-16"])
@pytest.mark.parametrize("sign", [";", ",", "\t"])
def test_a_file_is_read_however_its_program_wrote_it(
    run: Run, tmp_path: Path, coding: str, sign: str
) -> None:
    text = "Sag;Første løn;Forløb\nINT-1001;31.12.2026;Første job\n".replace(";", sign)
    write(tmp_path, text, coding)
    status, out, err = run("followups import @in.csv")
    assert (status, err) == (0, "")
    assert "nye: 1" in out
    assert {row["plan"] for row in listed(run)} == {"foerste-job"}


def test_a_dry_run_says_the_same_and_keeps_nothing(run: Run, tmp_path: Path) -> None:
    write(tmp_path, HEAD + ROW)
    tried = run("followups import @in.csv --dry-run")
    assert listed(run) == []
    taken = run("followups import @in.csv")
    assert "nye: 1" in tried[1]
    assert "nye: 1" in taken[1]


def test_columns_that_are_not_asked_for_are_never_kept(run: Run, tmp_path: Path) -> None:
    write(tmp_path, HEAD + ROW)
    status, out, _ = run("followups import @in.csv")
    assert status == 0
    assert "Kolonner, der ikke er læst: 2" in out
    for file in tmp_path.iterdir():
        if file.name != "in.csv":
            content = file.read_bytes()
            assert b"Hassan" not in content
            assert b"010190" not in content
    assert {row["owner"] for row in listed(run)} == {"mette"}


def test_a_second_import_changes_and_never_doubles(run: Run, tmp_path: Path) -> None:
    write(tmp_path, HEAD + ROW)
    run("followups import @in.csv")
    before = listed(run)
    assert "uændret: 1" in run("followups import @in.csv")[1]
    assert listed(run) == before
    write(tmp_path, HEAD + ROW.replace("26-02-2027", "26-03-2027").replace("meho", "Lene"))
    assert "ændret: 1" in run("followups import @in.csv")[1]
    after = {row["step"]: row for row in listed(run)}
    assert len(after) == len(before)
    assert after["afslutning"]["due"] == "2027-03-30T09:00:00+02:00"
    assert {row["owner"] for row in after.values()} == {"lene"}


def test_a_case_that_ended_here_is_not_begun_again(run: Run, tmp_path: Path) -> None:
    write(tmp_path, HEAD + ROW)
    run("followups import @in.csv")
    run("followups stop INT-1001")
    assert "uændret: 1" in run("followups import @in.csv")[1]
    assert listed(run) == []


def test_an_outcome_in_the_file_ends_the_case_and_starts_the_next_plan(
    run: Run, tmp_path: Path
) -> None:
    write(tmp_path, HEAD + ROW)
    run("followups import @in.csv")
    write(tmp_path, HEAD.replace("\n", ";Udfald\n") + ROW.replace("\n", ";job\n"))
    assert "afsluttet: 1" in run("followups import @in.csv")[1]
    assert "uændret: 1" in run("followups import @in.csv")[1]
    assert {row["plan"] for row in listed(run)} == {"foerste-job"}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Hassan;;;07-12-2026;;", "ligner et navn"),
        ("010190-1234;;;07-12-2026;;", "CPR"),
        ("INT-1002;;;31-02-2027;;", "findes ikke i kalenderen"),
        ("INT-1002;;;næste uge;;", "er ikke en dato"),
        ("INT-1002;;;07-12-9999;;", "for langt væk"),
        ("INT-1002;;;07-12-2026;01-12-2026;", "før startdatoen"),
        ("INT-1002;;;07-12-2024;;", "passeret"),
        ("INT-1002;;;07-12-2026;;Ali Hassan", "ikke blandt [people]"),
        ("INT-1001;;;08-12-2026;;", "står også på linje 2"),
        (";;;07-12-2026;;", "intet sagsnummer"),
    ],
)
def test_each_refused_row_is_told_with_its_line_and_stops_no_other(
    run: Run, tmp_path: Path, row: str, told: str
) -> None:
    write(tmp_path, HEAD + ROW + row + "\n" + ROW.replace("1001", "1003"))
    status, out, err = run("followups import @in.csv")
    assert status == 1
    assert "nye: 2" in out
    assert "Linje 3: " in err
    assert told in err
    assert "Hassan" not in err
    assert {one["case"] for one in listed(run)} == {"INT-1001", "INT-1003"}


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"", "ingen kolonne med sagens nummer"),
        (b"a;b\n1;2\n", "ingen kolonne med sagens nummer"),
        (b"sag;sagsnr\nINT-1001;INT-1002\n", "kan begge være case"),
        (b"PK\x03\x04rest", "regneark"),
        (b"\xd0\xcf\x11\xe0rest", "regneark"),
        (b"sag\n\x00\x01\x02", "ikke tekst"),
        (b'sag\n"INT-1001\n', "ikke gyldig CSV"),
    ],
)
def test_a_file_that_is_no_list_of_cases_is_refused_clearly(
    run: Run, tmp_path: Path, content: bytes, told: str
) -> None:
    (tmp_path / "in.csv").write_bytes(content)
    status, out, err = run("followups import @in.csv")
    assert (status, out) == (1, "")
    assert told in err


def test_a_mapping_in_config_names_other_columns(run: Run, tmp_path: Path) -> None:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG + '[import.columns]\ncase = "Ydelses-ID"\nstart = "Bevilget fra"\n')
    write(tmp_path, "Ydelses-ID,Bevilget fra\nINT-1001,2026-12-07\n")
    assert run("followups import @in.csv")[0] == 0
    write(tmp_path, "Ydelses-nr,Bevilget fra\nINT-1001,2026-12-07\n")
    assert "mente du “Ydelses-ID”" not in run("followups import @in.csv")[2]
    assert "Ydelses-ID” findes ikke" in run("followups import @in.csv")[2]


def test_everything_kept_about_a_case_is_exported_with_who_did_what(run: Run) -> None:
    run("followups add --plan virksomhedspraktik --case INT-1042 --start 2026-12-07 --owner mette")
    run("followups done INT-1042 aftale")
    run("followups problem INT-1042 sprog")
    run("followups stop INT-1042")
    status, out, _ = run("followups export INT-1042")
    rows = list(csv.DictReader(io.StringIO(out)))
    assert status == 0
    assert {row["what"] for row in rows} == {"case", "date", "step", "problem", "act"}
    acts = {row["name"] for row in rows if row["what"] == "act"}
    assert {"case.started", "nudge.done", "problem.reported", "case.stopped"} <= acts


def test_a_calendar_holds_each_step_once_with_lines_of_75_octets(run: Run, tmp_path: Path) -> None:
    run("followups add --plan foerste-job --case INT-1042 --start 2026-12-07 --owner mette")
    assert run("followups export -o @a.ics")[0] == 0
    content = (tmp_path / "a.ics").read_bytes()
    assert all(len(line) <= 75 for line in content.split(b"\r\n"))
    text = content.replace(b"\r\n ", b"").decode()
    assert text.count("BEGIN:VEVENT") == text.count("UID:") == 7
    assert "SUMMARY:INT-1042: Første arbejdsdag: er alt på plads?" in text
    assert "DTSTART:20261207T080000Z" in text


def test_an_unknown_suffix_and_an_unknown_case_are_refused(run: Run) -> None:
    assert "a.xlsx" not in run("followups export -o @a.xlsx")[2]
    assert run("followups export -o @a.xlsx")[0] == 1
    assert run("followups export INT-9999")[0] == 1
    assert run("followups forget INT-9999")[0] == 1
