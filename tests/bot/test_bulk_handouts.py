"""`brobygger handouts` from the file to the folder: made, kept, failed, and never half-written."""

from __future__ import annotations

import json
import multiprocessing
import os
import re
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest

from bot.actions.bulk import BulkResult, make_handouts
from bot.bulk.edition import edition_of
from bot.bulk.jobs import Job, Shelf, job_of, make
from bot.bulk.manifest import JOURNAL, MANIFEST, Status
from bot.bulk.pools import Pool, process_pool
from bot.bulk.rows import Row, read_rows
from bot.cli.main import answer
from bot.errors import BotError
from bot.people import at_the_terminal
from bot.words import Words
from messages.errors import Problem
from messages.library import Overlay

HEADING = "topic,lang,format,gross\n"
GOOD = HEADING + "loenseddel,da,html,24500\nloenseddel,ar,txt,24500\nloenseddel,da,sms.txt,\n"
DAY = date(2026, 11, 22)
EDITION = edition_of(Overlay())
SHELF = Shelf(at_the_terminal(), Overlay(), EDITION, DAY, reviewed_only=False)


def rows_of(text: str) -> tuple[Row, ...]:
    return read_rows(text.encode(), "ark.csv")


def run(text: str, out: Path, **changes: Any) -> BulkResult:
    options: dict[str, Any] = {"shelf": SHELF, "open_pool": process_pool(2), "workers": 2}
    return make_handouts(rows_of(text), out, words=Words(), **{**options, **changes})


def manifest(out: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (out / MANIFEST).read_text("utf-8").splitlines()]


def whole(out: Path) -> bool:
    return all(
        sha256((out / one["file"]).read_bytes()).hexdigest() == one["sha256"]
        for one in manifest(out)
        if "file" in one
    )


def test_each_row_becomes_a_sheet_under_a_name_that_tells_nothing(tmp_path: Path) -> None:
    result = run(GOOD + "hvem-hjaelper,da,html,\n", tmp_path)
    assert [entry.row for entry in result.entries] == [2, 3, 4, 5]
    assert result.count(Status.MADE) == 4
    names = [entry.file for entry in result.entries]
    assert all(re.fullmatch(r"[0-9a-f]{20}\.(html|txt|sms\.txt)", name) for name in names)
    assert {file.name for file in tmp_path.iterdir()} == {*names, MANIFEST}
    assert whole(tmp_path)


def test_a_second_run_makes_nothing_and_a_changed_row_only_itself(tmp_path: Path) -> None:
    first = run(GOOD, tmp_path)
    again = run(GOOD, tmp_path)
    changed = run(GOOD.replace("24500\nloenseddel,ar", "24600\nloenseddel,ar"), tmp_path)
    assert again.count(Status.KEPT) == 3
    assert [entry.sha256 for entry in again.entries] == [entry.sha256 for entry in first.entries]
    assert [entry.status for entry in changed.entries] == [Status.MADE, Status.KEPT, Status.KEPT]
    assert changed.others == 1


def test_a_sheet_that_is_missing_or_torn_is_made_again(tmp_path: Path) -> None:
    first = run(GOOD, tmp_path)
    (tmp_path / first.entries[0].file).unlink()
    (tmp_path / first.entries[1].file).write_bytes(b"half")
    again = run(GOOD, tmp_path)
    assert [entry.status for entry in again.entries] == [Status.MADE, Status.MADE, Status.KEPT]
    assert whole(tmp_path)


def test_a_run_that_was_cut_off_goes_on_where_it_stopped(tmp_path: Path) -> None:
    class CutOff(Exception):
        pass

    def stop(count: int) -> None:
        if count:
            raise CutOff

    with pytest.raises(CutOff):
        run(GOOD, tmp_path, done=stop)
    assert (tmp_path / JOURNAL).exists()
    with (tmp_path / JOURNAL).open("a") as journal:
        journal.write('{"file": "00')  # as a kill leaves it
    result = run(GOOD, tmp_path)
    assert result.count(Status.KEPT) >= 1
    assert result.count(Status.MADE) + result.count(Status.KEPT) == 3
    assert not (tmp_path / JOURNAL).exists()
    assert whole(tmp_path)


@pytest.mark.slow
def test_a_killed_worker_costs_nothing(tmp_path: Path) -> None:
    text = HEADING + "".join(f"loenseddel,ar,html,{20000 + n}\n" for n in range(120))
    killed: list[int] = []

    def kill(count: int) -> None:
        workers = multiprocessing.active_children()
        if count and workers and len(killed) < 3:
            assert workers[0].pid is not None
            os.kill(workers[0].pid, signal.SIGKILL)
            killed.append(workers[0].pid)

    result = run(text, tmp_path, done=kill)
    assert len(killed) == 3
    assert result.count(Status.MADE) == 120
    assert whole(tmp_path)


def test_the_same_row_twice_is_one_sheet_and_two_lines(tmp_path: Path) -> None:
    result = run(HEADING + "loenseddel,da,html,24500\n" * 2, tmp_path)
    assert [entry.status for entry in result.entries] == [Status.MADE, Status.MADE]
    assert len({entry.file for entry in result.entries}) == 1


BAD_ROWS = [
    ("findes-ikke,da,html,", "Emnet “findes-ikke” kendes ikke"),
    ("loenseddel,xx,html,24500", "Sproget “xx” kendes ikke"),
    ("loenseddel,da,docx,24500", "ender ikke på et format"),
    (",da,html,24500", "topic er tom"),
    ("loenseddel,,html,24500", "lang er tom"),
    ("loenseddel,da,,24500", "format er tom"),
    ("loenseddel,da,html,mange", "er ikke et beløb"),
    ("hvem-hjaelper,da,html,24500", "spørger ikke om"),
    ("loenseddel,da,html,010190-1234", "CPR-nummer"),
    ("loenseddel,da,html,1203851234", "gross"),
    ("loenseddel,da,html", "der er 4 kolonner"),
    ("loenseddel,da,html,<script>alert(1)</script>", "er ikke et beløb"),
]


@pytest.mark.parametrize(("row", "said"), BAD_ROWS)
def test_a_bad_row_is_refused_with_its_reason(row: str, said: str) -> None:
    (read,) = rows_of(HEADING + row + "\n")
    try:
        (made,) = make(SHELF, None, (job_of(read, SHELF),))
        reason = str(made.fault)
        assert made.content == b""
    except Problem as problem:
        reason = str(problem)
    assert said in reason


@pytest.mark.parametrize(
    ("column", "cell", "said"),
    [
        ("year", "26", "ikke et år"),
        ("year", "1999", "Året 1999"),
        ("large", "måske", "ja eller nej"),
    ],
)
def test_an_option_that_makes_no_sense_is_refused(
    column: str, cell: str, said: str, tmp_path: Path
) -> None:
    result = run(f"topic,lang,format,{column}\nloenseddel,da,html,{cell}\n", tmp_path)
    assert said in result.failed[0].reason


def test_options_in_columns_reach_the_sheet() -> None:
    (row,) = rows_of("topic,lang,format,bilingual,large,year\nloenseddel,ar,.PDF,ja,x,2025\n")
    job = job_of(row, SHELF)
    assert (job.request.bilingual, job.request.large, job.request.year) == (True, True, 2025)
    assert job.suffix == ".pdf"
    assert job.request.facts == {}


def test_bad_rows_keep_no_good_one_from_being_made(tmp_path: Path) -> None:
    text = HEADING + "".join(f"{row}\n" for row, _ in BAD_ROWS) + "loenseddel,da,html,24500\n"
    result = run(text, tmp_path)
    assert len(result.failed) == len(BAD_ROWS)
    assert result.count(Status.MADE) == 1
    text = (tmp_path / MANIFEST).read_text("utf-8")
    assert "010190" not in text
    assert "1203851234" not in text


def test_a_defect_in_one_sheet_costs_no_other() -> None:
    (row,) = rows_of(HEADING + "loenseddel,da,html,24500\n")
    job = job_of(row, SHELF)
    broken = Job("0" * 20 + ".xyz", ".xyz", job.request)
    first, second = make(SHELF, None, (broken, job))
    assert "KeyError" in str(first.fault)
    assert second.content.startswith(b"<!doctype html>")


def test_a_disk_that_takes_no_more_ends_the_run_in_one_clear_line(tmp_path: Path) -> None:
    @contextmanager
    def on_a_lost_disk() -> Iterator[Pool]:
        (tmp_path / "ark").rmdir()  # as good as full: nothing can be written
        with process_pool(1)() as pool:
            yield pool

    with pytest.raises(BotError, match="kan ikke skrives"):
        run(GOOD, tmp_path / "ark", open_pool=on_a_lost_disk)


@pytest.mark.parametrize("shared_disk", [True, False])
def test_what_a_killed_worker_left_half_written_is_swept_away(
    tmp_path: Path, shared_disk: bool
) -> None:
    half = tmp_path / f".{'a' * 20}.html.x1y2z3_w"
    half.write_bytes(b"half")
    (tmp_path / ".keep").write_bytes(b"")
    run(GOOD, tmp_path, shared_disk=shared_disk)
    assert not half.exists()
    assert (tmp_path / ".keep").exists()
    assert whole(tmp_path)


def test_a_worker_with_another_edition_refuses_all_work() -> None:
    other = Shelf(SHELF.actor, Overlay(), "f" * 64, DAY, reviewed_only=False)
    with pytest.raises(BotError, match="anden udgave"):
        make(other, None, ())


def test_a_municipality_s_own_file_changes_the_edition_and_so_the_names() -> None:
    own = edition_of(Overlay(topics={"x.toml": "…"}))
    assert own != EDITION
    (row,) = rows_of(HEADING + "loenseddel,da,html,24500\n")
    changed = Shelf(SHELF.actor, Overlay(), own, DAY, reviewed_only=False)
    assert job_of(row, SHELF).file != job_of(row, changed).file


def at_the_command_line(folder: Path, text: str, *more: str) -> int:
    (folder / "ark.csv").write_text(text, "utf-8")
    out = str(folder / "ark")
    return answer(["handouts", "--batch", str(folder / "ark.csv"), "--out", out, *more])


def test_the_command_says_what_became_of_the_rows_and_draws_no_bar_in_a_pipe(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert at_the_command_line(tmp_path, GOOD, "--workers", "1") == 0
    said = capsys.readouterr()
    assert said.out.startswith("3 ark lavet, 0 lå der i forvejen, 0 mislykkedes. Se ")
    assert said.err == ""


def test_the_command_ends_with_one_when_a_row_failed(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    text = GOOD + "loenseddel,da,html,mange\n"
    assert at_the_command_line(tmp_path, text, "--workers", "1") == 1
    said = capsys.readouterr()
    assert "3 ark lavet" in said.out
    assert "Række 5: “mange” er ikke et beløb" in said.err
    assert "1 af 4 rækker blev ikke til ark" in said.err
    assert "Traceback" not in said.err


@pytest.mark.parametrize(
    ("arguments", "status", "said"),
    [
        (["--workers", "0"], 2, "fra 1 til 64"),
        (["--workers", "100000"], 2, "fra 1 til 64"),
        (["--workers", "2", "--dask", "tcp://127.0.0.1:1"], 2, "enten --workers eller --dask"),
    ],
)
def test_slips_at_the_keyboard_are_told(
    arguments: list[str],
    status: int,
    said: str,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
) -> None:
    assert at_the_command_line(tmp_path, GOOD, *arguments) == status
    assert said in capsys.readouterr().err


def test_a_folder_that_is_a_file_and_a_batch_that_is_missing_are_refused(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "ark").write_text("her")
    assert at_the_command_line(tmp_path, GOOD) == 1
    assert answer(["handouts", "--batch", str(tmp_path / "no.csv"), "--out", str(tmp_path)]) == 1
    said = capsys.readouterr().err
    assert "er en fil" in said
    assert "no.csv" in said
    assert (tmp_path / "ark").read_text() == "her"
