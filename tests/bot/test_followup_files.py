"""Cases in from a CSV and out again; the store copied, restored, and a case erased for good."""

from __future__ import annotations

import csv
import io
import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import time_machine

from bot.cli.main import answer

CONFIG = """
[people.mette]
name = "Mette Holm"
login = "meho"
[people.lene]
name = "Lene"
roles = ["leader"]
[import]
plan = "virksomhedspraktik"
owner = "lene"
"""
Run = Callable[[str], tuple[int, str, str]]
HEAD = "Sagsnr;Navn;CPR;Startdato;Slutdato;Sagsbehandler\n"
ROW = "INT-1001;Ali Hassan;010190-1234;07-12-2026;26-02-2027;meho\n"


@pytest.fixture(autouse=True)
def monday_morning() -> Iterator[None]:
    with time_machine.travel("2026-11-23T07:00:00+00:00", tick=False):
        yield


@pytest.fixture
def run(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    config = tmp_path / "config.toml"
    config.write_text(CONFIG, encoding="utf-8")

    def run_line(line: str) -> tuple[int, str, str]:
        line = line.replace("@", f"{tmp_path}/")
        status = answer(["--config", str(config), *line.split()])
        said = capsys.readouterr()
        return status, said.out, said.err

    return run_line


def listed(run: Run) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = json.loads(run("followups list --json")[1])
    return rows


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


def test_forgetting_leaves_no_byte_of_the_case_in_any_file(run: Run, tmp_path: Path) -> None:
    for case in ("INT-1042", "INT-2077"):
        run(f"followups add --plan igu --case {case} --start 2026-12-07 --owner mette")
    run("followups problem INT-2077 loen")
    assert b"INT-2077" in (tmp_path / "brobygger.db").read_bytes()
    status, out, _ = run("followups forget INT-2077")
    assert status == 0
    assert "INT-2077 er slettet." in out
    assert "Slettet nu: forløb: 1, trin: " in out
    assert "I Slack står der ingen beskeder fra botten om sagen." in out
    assert "23.12.2026" in out
    for file in tmp_path.iterdir():
        assert b"INT-2077" not in file.read_bytes(), file
    assert {row["case"] for row in listed(run)} == {"INT-1042"}


def test_forgetting_says_what_only_the_running_bot_can_take_away_and_until_when(
    run: Run, tmp_path: Path
) -> None:
    run("followups add --plan igu --case INT-2077 --start 2026-12-07 --owner mette")
    connection = sqlite3.connect(tmp_path / "brobygger.db")
    connection.execute(
        "UPDATE nudges SET state = 'sent', post = 'p', channel = 'D1', ts = '1.0' WHERE place = 0"
    )
    connection.execute(
        "INSERT INTO outbox (key, kind, recipient, text, blocks, about, late_note, state, seq,"
        " channel, ts) VALUES ('p', 'nudge', 'U1', '', '[]', '', '', 'sent', 1, 'D1', '1.0')"
    )
    connection.commit()
    out = run("followups forget INT-2077")[1]
    assert "Ikke slettet endnu: bottens beskeder i Slack, 1 i alt." in out
    assert "brobygger serve" in out
    assert "1 beskeder om slettede sager venter" in run("followups forget")[1]
    connection.execute("UPDATE removals SET problem = 'Slack beholder den.'")
    connection.commit()
    told = run("followups forget")[1]
    assert "Fjern selv i Slack: kanal D1, besked 1.0. Slack beholder den." in told
    connection.execute("DELETE FROM removals")
    connection.commit()
    connection.close()
    assert "Intet om slettede sager står tilbage" in run("followups forget")[1]


@pytest.mark.parametrize(
    ("said", "status", "left"), [("\n", 130, 1), ("j\n", 130, 1), ("INT-2077\n", 0, 0)]
)
def test_a_person_at_the_keyboard_is_asked_before_a_case_is_erased(
    run: Run, monkeypatch: pytest.MonkeyPatch, said: str, status: int, left: int
) -> None:
    class Keyboard(io.StringIO):
        def isatty(self) -> bool:
            return True

    run("followups add --plan igu --case INT-2077 --start 2026-12-07 --owner mette")
    monkeypatch.setattr("sys.stdin", Keyboard(said))
    assert run("followups forget INT-2077")[0] == status
    assert len({row["case"] for row in listed(run)}) == left


def test_a_restore_brings_back_all_but_what_was_erased(run: Run, tmp_path: Path) -> None:
    for case in ("INT-1042", "INT-2077"):
        run(f"followups add --plan igu --case {case} --start 2026-12-07 --owner mette")
    before = [row for row in listed(run) if row["case"] == "INT-1042"]
    assert run("backup @kopi.db")[0] == 0
    assert (tmp_path / "kopi.db").stat().st_mode & 0o077 == 0
    run("followups forget INT-2077")
    run("followups stop INT-1042")
    status, out, _ = run("restore @kopi.db")
    assert status == 0
    assert "blev slettet igen: 1" in out
    assert listed(run) == before
    for name in ("brobygger.db", "brobygger.db-journal"):
        assert b"INT-2077" not in (tmp_path / name).read_bytes()


def test_a_restore_onto_a_new_disk_erases_again_by_the_log(run: Run, tmp_path: Path) -> None:
    run("followups add --plan igu --case INT-2077 --start 2026-12-07 --owner mette")
    run("backup @kopi.db")
    run("followups forget INT-2077")
    (tmp_path / "brobygger.db").unlink()
    assert run("restore @kopi.db")[0] == 0
    assert listed(run) == []


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("kopi.db", b"no database at all " * 300, "ikke en database"),
        ("kopi.db", b"", "ikke en kopi"),
        ("nej.db", None, "findes ikke"),
    ],
)
def test_what_is_no_copy_is_refused_and_changes_nothing(
    run: Run, tmp_path: Path, name: str, content: bytes | None, told: str
) -> None:
    run("followups add --plan igu --case INT-1042 --start 2026-12-07 --owner mette")
    before = listed(run)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    status, _, err = run(f"restore @{name}")
    assert status == 1
    assert told in err
    assert listed(run) == before


def test_a_backup_never_overwrites(run: Run, tmp_path: Path) -> None:
    (tmp_path / "kopi.db").write_bytes(b"dear")
    assert run("backup @kopi.db")[0] == 1
    assert (tmp_path / "kopi.db").read_bytes() == b"dear"
    assert run("backup @nowhere/kopi.db")[0] == 1


def test_an_opening_lives_from_added_to_closed(run: Run) -> None:
    add = "openings add --company Nord --place Vejle --trade køkken --places 2 --until 2026-12-31"
    number = run(f"{add} --who mette")[1].split()[0]
    assert "reserveret 1" in run(f"openings reserve {number}")[1]
    assert "besat 1" in run(f"openings fill {number} --reserved")[1]
    assert run(f"openings fill {number} --count 2")[0] == 1
    assert run(f"openings reserve {number} --count 2")[0] == 1
    [row] = json.loads(run("openings list --json")[1])
    assert (row["places"], row["filled"], row["reserved"], row["left"]) == (2, 1, 0, 1)
    assert "besat 2" in run(f"openings fill {number}")[1]
    assert json.loads(run("openings list --json")[1]) == []
    other = run(f"{add} --who mette")[1].split()[0]
    assert run(f"openings close {other}")[0] == 0
    assert run(f"openings close {other}")[0] == 1
    assert "openings add" in run("openings list")[1]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("--places 2>--places 0", "fra 1 til 200"),
        ("2026-12-31>2026-11-22", "fra i dag"),
        ("2026-12-31>2026-02-30", "findes ikke"),
        ("--company Nord>--company 010190-1234", "CPR"),
        ("--trade køkken>--trade " + "x" * 81, "højst 80 tegn"),
        ("--who mette>--who metta", "mente du “mette”"),
    ],
)
def test_an_opening_that_cannot_be_is_refused(run: Run, change: str, told: str) -> None:
    line = "openings add --company Nord --place V --trade køkken --places 2 --until 2026-12-31"
    old, new = change.split(">")
    status, out, err = run(f"{line} --who mette".replace(old, new))
    assert (status, out) == (1, "")
    assert told in err


def test_an_opening_expires_by_itself(run: Run) -> None:
    run("openings add --company Nord --place V --trade k --until 2026-11-24 --who mette")
    assert len(json.loads(run("openings list --json")[1])) == 1
    with time_machine.travel("2026-11-25T07:00:00+00:00", tick=False):
        assert json.loads(run("openings list --json")[1]) == []


def test_a_problem_is_chosen_from_a_list_and_reported_once(run: Run) -> None:
    run("followups add --plan igu --case INT-1042 --start 2026-12-07 --owner mette")
    assert "boernepasning" in run("followups problem INT-1042")[1]
    status, out, _ = run("followups problem INT-1042 sprog")
    assert status == 0
    assert "sprogmentor" in out
    assert "ti 24.11.2026 09.00" in out
    assert "i forvejen" in run("followups problem INT-1042 sprog")[1]
    steps = [row for row in listed(run) if row["step"].startswith("problem-")]
    assert [row["state"] for row in steps] == ["planned"]
    assert "udført" in run(f"followups done INT-1042 {steps[0]['step']}")[1]
    assert "meldt (" in run("followups problem INT-1042 sprog")[1]


def test_a_problem_in_free_text_is_refused(run: Run) -> None:
    run("followups add --plan igu --case INT-1042 --start 2026-12-07 --owner mette")
    status, _, err = run("followups problem INT-1042 depression")
    assert status == 1
    assert "Fritekst gemmes ikke" in err


def test_a_backup_under_writing_is_whole(run: Run, tmp_path: Path) -> None:
    from scheduler.database import open_database
    from scheduler.outbox import Outbox, Outgoing
    from scheduler.store_copy import back_up

    database = open_database(tmp_path / "busy.db")
    stop = threading.Event()

    def write_on() -> None:
        number = 0
        while not stop.is_set():
            with database.write() as tx:
                for half in "ab":
                    Outbox().put(tx, Outgoing(f"{number}{half}", "answer", "C", "t"))
            number += 1

    writers = [threading.Thread(target=write_on) for _ in range(2)]
    for writer in writers:
        writer.start()
    try:
        for number in range(5):
            back_up(database, tmp_path / f"copy{number}.db", ())
    finally:
        stop.set()
        for writer in writers:
            writer.join()
    for number in range(5):
        copy = open_database(tmp_path / f"copy{number}.db")
        with copy.read() as tx:
            row = tx.one("SELECT count(*) AS n FROM outbox")
            assert tx.one("PRAGMA integrity_check") == {"integrity_check": "ok"}
        copy.close()
        assert row is not None
        assert row["n"] % 2 == 0
    database.close()
