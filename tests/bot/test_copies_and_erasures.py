"""The store copied and restored from the terminal, and a case erased for good."""

from __future__ import annotations

import io
import sqlite3
import threading
from pathlib import Path

import pytest

from tests.bot.terminal import Run, listed

pytestmark = pytest.mark.usefixtures("monday_morning")


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
        ("kopi.db", b"no database at all " * 300, "ikke en kopi"),
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
