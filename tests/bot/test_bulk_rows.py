"""A CSV file as people save it: read, or refused in a clear line that repeats nothing personal."""

from __future__ import annotations

import pytest

from bot.bulk.rows import LARGEST, read_rows
from messages.errors import Problem

CPR = "010190-1234"
HEADING = "topic,lang,format,gross\n"


def cells(text: str, encoding: str = "utf-8") -> list[dict[str, str]]:
    return [dict(row.cells) for row in read_rows(text.encode(encoding), "ark.csv")]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", [",", ";", "\t"])
def test_comma_semicolon_and_tab_are_told_apart(mark: str, end: str, encoding: str) -> None:
    lines = [
        mark.join(["topic", "lang", "format", "contact"]),
        mark.join(["skat", "ar", "pdf", "Åse"]),
    ]
    expected = [{"topic": "skat", "lang": "ar", "format": "pdf", "contact": "Åse"}]
    assert cells(end.join(lines) + end, encoding) == expected


def test_an_amount_with_a_comma_stands_in_quotes_or_between_semicolons() -> None:
    quoted = cells(HEADING + 'loenseddel,da,pdf,"24.500,50"\n')
    danish = cells(HEADING.replace(",", ";") + "loenseddel;da;pdf;24.500,50\n")
    assert (
        quoted
        == danish
        == [{"topic": "loenseddel", "lang": "da", "format": "pdf", "gross": "24.500,50"}]
    )


def test_the_note_that_excel_writes_to_itself_is_skipped() -> None:
    assert cells("sep=;\r\ntopic;lang;format\r\natp;da;pdf\r\n") == [
        {"topic": "atp", "lang": "da", "format": "pdf"}
    ]


def test_rows_are_numbered_as_a_spreadsheet_does_and_blank_ones_fall_away() -> None:
    rows = read_rows(b'topic,lang,format\natp,da,pdf\n\n,,\n"a\nb",da,pdf\natp,en,pdf\n', "ark.csv")
    assert [row.number for row in rows] == [2, 5, 6]


def test_an_empty_cell_is_a_fact_that_is_not_given() -> None:
    assert cells(HEADING + "skat,da,pdf,\n") == [{"topic": "skat", "lang": "da", "format": "pdf"}]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "er tom"),
        (b"\n\n", "mangler kolonnen topic, lang, format"),
        (b"topic,lang,gross\nskat,da,1\n", "mangler kolonnen format"),
        (b"topic,lang,format\n", "ingen rækker"),
        (b"topic,lang,format,Gross,gross\nskat,da,pdf,1,2\n", "kolonnen gross to gange"),
        ("topic,lang,format,x\nskat,da,pdf,å\n".encode("latin-1"), "ikke gemt som UTF-8"),
        ("topic,lang,format\nskat,da,pdf\n".encode("utf-16"), "ikke gemt som UTF-8"),
        ("topic,lang,format\nskat,da,pdf\n".encode("utf-16-le"), "ikke gemt som UTF-8"),
        (b'topic,lang,format\nskat,da,"pdf\nskat,da,pdf\n', "anførselstegn"),
        (b"PK\x03\x04\x00\x00skat", "ikke gemt som UTF-8"),
        (b"topic," * (LARGEST // 6 + 1), "større end 50 MB"),
        (f"topic,lang,format,{CPR}\nskat,da,pdf,1\n".encode(), "CPR-nummer står i overskriften"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_a_file_that_cannot_be_used_is_refused_with_the_remedy(data: bytes, said: str) -> None:
    with pytest.raises(Problem, match=said) as refused:
        read_rows(data, "ark.csv")
    assert CPR not in str(refused.value)


@pytest.mark.parametrize(
    "row",
    [f"skat,da,pdf,{CPR}", f"{CPR},da,pdf,1", f"skat,da,pdf,1,{CPR}", "skat,da,pdf,٠١٠١٩٠-١٢٣٤"],
)
def test_a_row_with_a_cpr_number_is_refused_alone_and_nothing_of_it_is_kept(row: str) -> None:
    bad, good = read_rows(f"{HEADING}{row}\nskat,da,pdf,1\n".encode(), "ark.csv")
    assert "CPR-nummer" in str(bad.fault)
    assert CPR not in str(bad)
    assert bad.cells == {}
    assert good.fault is None


def test_ten_digits_in_a_column_called_cpr_are_a_cpr_number() -> None:
    text = "topic,lang,format,cpr\nskat,da,pdf,1203851234\n"
    (row,) = read_rows(text.encode(), "ark.csv")
    assert "CPR-nummer" in str(row.fault)


@pytest.mark.parametrize("row", ["loenseddel,da,pdf", "loenseddel,da,pdf,24.500,50"])
def test_a_row_with_too_few_or_too_many_cells_is_refused_alone(row: str) -> None:
    bad, good = read_rows(f"{HEADING}{row}\nskat,da,pdf,1\n".encode(), "ark.csv")
    assert "der er 4 kolonner" in str(bad.fault)
    assert good.fault is None
