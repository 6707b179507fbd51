"""The payslip's own lines, typed in Slack: several lines in one field, wrong at that field."""

from __future__ import annotations

from bot.slack.service import Service
from tests.bot.slack.filling import Values, opened, sent, sheet, with_topic
from tests.bot.slack.payloads import command
from tests.bot.slack.recorder import Recorder

LINES = "Løn 20000\nAM-bidrag 1600\nA-skat 5000\nKantine -150\nUdbetalt 13250"


def test_the_field_takes_several_lines(service: Service, slack: Recorder) -> None:
    view = opened(service, slack, command("/forklar", "Lønseddel"))
    [block] = [one for one in view["blocks"] if one.get("block_id") == "f.lines"]
    assert block["element"]["multiline"] is True
    assert block["element"]["max_length"] == 2000


def test_the_lines_are_enough_for_a_sheet(service: Service, slack: Recorder) -> None:
    answer = sheet(service, slack, **{"f.gross": "", "f.lines": LINES})
    assert answer["response_action"] == "update"
    assert [name[:4] for name in slack.files.values()] == [b"\x89PNG", b"%PDF"]


def test_a_line_that_cannot_be_read_is_named_at_its_field(
    service: Service, slack: Recorder
) -> None:
    view = opened(service, slack, command("/forklar"))
    values: Values = {"topic": "loenseddel", "language": "da", "f.lines": LINES + "\nFritvalg"}
    answer = sent(service, with_topic(service, slack, view, values), values)
    assert "Linje 6 (“Fritvalg”)" in answer["errors"]["f.lines"]
