from __future__ import annotations

from pathlib import Path

import pytest

from bot.errors import BotError
from bot.whole_file import write_whole


def test_a_file_is_written_whole_and_readable_by_others(tmp_path: Path) -> None:
    file = tmp_path / "ark.pdf"
    write_whole(file, b"hele arket")
    assert file.read_bytes() == b"hele arket"
    assert file.stat().st_mode & 0o044


def test_a_missing_folder_is_named(tmp_path: Path) -> None:
    with pytest.raises(BotError, match="kan ikke skrives"):
        write_whole(tmp_path / "findes-ikke" / "ark.pdf", b"x")


def test_a_folder_is_no_file(tmp_path: Path) -> None:
    with pytest.raises(BotError, match="er en mappe"):
        write_whole(tmp_path, b"x")


def test_a_full_disk_leaves_nothing_behind() -> None:
    full = Path("/dev/full")
    if not full.exists():
        pytest.skip("this system has no /dev/full")
    with pytest.raises(BotError, match="kan ikke skrives"):
        write_whole(full / "ark.pdf", b"x")
