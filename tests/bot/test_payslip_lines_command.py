"""The payslip's own lines from the terminal, one by one and in bulk."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.cli.main import answer

LINES = "Løn 20000; AM-bidrag 1600; A-skat 5000; Kantine -150; Udbetalt 13250"


def test_the_lines_are_set_as_one_value(tmp_path: Path) -> None:
    file = tmp_path / "ark.txt"
    assert answer(["handout", "loenseddel", "--set", f"lines={LINES}", "-o", str(file)]) == 0
    assert "Kantine: -150" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (f"{LINES}; Fritvalg", "Linje 6 (“Fritvalg”)"),
        (f"{LINES}; 010190-1234 5", "CPR"),
        (LINES.replace("13250", "13300"), "Linjerne passer ikke"),
        (LINES.replace("A-skat 5000; ", ""), "A-skat 0"),
    ],
)
def test_a_wrong_line_is_told_in_one_sentence_and_nothing_is_written(
    lines: str, told: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "ark.pdf"
    assert answer(["handout", "loenseddel", "--set", f"lines={lines}", "-o", str(file)]) == 1
    said = capsys.readouterr().err
    assert told in said
    assert "010190" not in said
    assert said.count("\n") == 1
    assert not file.exists()


def test_a_row_of_a_batch_may_hold_lines(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text(f'topic,lang,format,lines\nloenseddel,da,txt,"{LINES}"\n', encoding="utf-8")
    out = tmp_path / "out"
    assert answer(["handouts", "--batch", str(rows), "--out", str(out)]) == 0
    [made] = out.glob("**/*.txt")
    assert "Kantine: -150" in made.read_text("utf-8")
