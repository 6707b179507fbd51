"""The lines of a payslip as somebody types them: words, then an amount; one a line, or with `;`."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from messages.amounts import parse_amount
from messages.errors import MessagesError
from messages.personal_data import mask_cpr

MOST_LINES = 24
LONGEST = 60
_ENDS = re.compile(r"[;\r\n\u2028\u2029]+")
# Two blanks or more, or a tab, part the columns of a payslip.
_COLUMNS = re.compile(r"[ \u00a0\u202f]*\t\s*|[ \u00a0\u202f]{2,}")
_HIDDEN = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
_UNIT = r"(?:[ \u00a0]?(?:kr\.?|dkk))?"
_NO_ØRE = re.compile(r"(?<=\d),-(?=\s|$)")
_CURRENCY = re.compile(r"\s+(?:kr\.?|dkk)$", re.IGNORECASE)
_AMOUNT = rf"[-−–]?\d[\d.]*(?:,\d+)?{_UNIT}[-−–]?{_UNIT}"
_LAST = re.compile(rf"(?P<words>.*?)[\s:]*(?<![\w.,\-−–])(?P<amount>{_AMOUNT})", re.IGNORECASE)
# “Løn 24 500,00”: is it 24.500 kr., or 500 kr. for 24? “Tillæg - 500”: is it taken?
_TWO_WAYS = re.compile(r"(?:^|\s)\d{1,3}$|(?:^|\s)[-−–]$")
_GROUPED = re.compile(r"\d{3}(?:,\d+)?\D*")


def read_lines(text: str) -> tuple[tuple[str, Decimal], ...]:
    """The lines of `text` as (words, kroner), in their order.

    The amount is the last on its line, in Danish form; a minus stands right before or after it.
    Where two blanks or a tab part the columns, the last column is the amount.

    Raises MessagesError naming the line by number and text, and a right example.
    """
    lines = [_NO_ØRE.sub("", line).strip() for line in _ENDS.split(text) if line.strip()]
    if not lines:
        raise MessagesError(
            "Skriv mindst én linje fra lønsedlen, med ord og beløb, f.eks. Kantine -150."
        )
    if len(lines) > MOST_LINES:
        raise MessagesError(
            "Der er {count} linjer, men arket har plads til {most}. Udelad dem, der ikke flytter "
            "penge, f.eks. timer og saldo.",
            count=len(lines),
            most=MOST_LINES,
        )
    return tuple(_rows(lines))


def _rows(lines: list[str]) -> Iterator[tuple[str, Decimal]]:
    for number, line in enumerate(lines, start=1):
        if len(line) > LONGEST or _HIDDEN.search(line.replace("\t", " ")):
            raise _wrong(
                number,
                line,
                MessagesError("må højst være på {most} tegn, uden skjulte tegn", most=LONGEST),
            )
        words, amount = _parted(number, line)
        if not any(sign.isalpha() for sign in words):
            raise _wrong(number, line, MessagesError("har ingen ord foran beløbet"))
        yield words, amount


def _parted(number: int, line: str) -> tuple[str, Decimal]:
    *words, last = _COLUMNS.split(line)
    if words and re.fullmatch(rf"[-−–]?[ ]?{_AMOUNT}", _closed(last), re.IGNORECASE):
        return _named(" ".join(words)), _kroner(number, line, _closed(last))
    found = _LAST.fullmatch(line)
    if not found:
        raise _wrong(number, line, MessagesError("har intet beløb til sidst"))
    before = found["words"].rstrip()
    doubt = _TWO_WAYS.search(before)
    if doubt and (not doubt[0].strip().isdigit() or _GROUPED.fullmatch(found["amount"])):
        raise _wrong(number, line, MessagesError("har et beløb, der kan læses på to måder"))
    return _named(before), _kroner(number, line, found["amount"])


def _named(words: str) -> str:
    return _CURRENCY.sub("", words.rstrip(" :")).rstrip(" :")


def _closed(amount: str) -> str:
    """Blanks between groups of three figures closed: in its own column they can mean nothing else.

    “24 500,00” is 24.500,00.
    """
    return re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}(?!\d))", ".", amount)


def _kroner(number: int, line: str, amount: str) -> Decimal:
    bare = re.sub(_UNIT + "$", "", amount.strip(), flags=re.IGNORECASE)
    taken = bool(re.search(r"[-−–]", bare))
    digits = re.sub(rf"{_UNIT}|[-−–\s]", "", bare, flags=re.IGNORECASE)
    try:
        kroner = parse_amount(digits)
    except MessagesError:
        raise _wrong(
            number, line, MessagesError("har et beløb, der er skrevet på en anden måde")
        ) from None
    return -kroner if taken else kroner


def _wrong(number: int, line: str, fault: MessagesError) -> MessagesError:
    return MessagesError(
        "Linje {number} (“{line}”) {fault}. Skriv f.eks. Kantine -150 eller Fritvalg 980,00.",
        number=number,
        line=mask_cpr(line)[:40],
        fault=fault,
    )
