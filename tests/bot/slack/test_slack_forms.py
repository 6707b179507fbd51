"""Forms: opened at once, wrong at the field, done in place, and nothing typed is kept."""

from __future__ import annotations

import json
import logging
from datetime import date, timedelta
from typing import Any

import pytest

from bot.clock import COPENHAGEN
from bot.slack.cards.limits import check_view
from bot.slack.service import Service
from tests.bot.slack.conftest import Clock
from tests.bot.slack.payloads import (
    ANE,
    BO,
    STRANGER,
    choose,
    chosen,
    command,
    filled,
    home_press,
    press,
    shortcut,
    signed,
)
from tests.bot.slack.recorder import Answer, Recorder, refusal
from tests.bot.slack.test_slack_questions import deliver, said, settle

Values = dict[str, str | list[str]]
SHEET: Values = {"topic": "loenseddel", "language": "ar", "f.gross": "24.531,17"}
CASE: Values = {
    "reference": "INT-2001",
    "plan": "virksomhedspraktik",
    "start": "2027-01-11",
    "end": "2027-04-09",
}
OPENING: Values = {
    "company": "Café Nord",
    "place": "Vejle",
    "trade": "køkken",
    "places": "2",
    "until": "2027-02-01",
}


def opened(service: Service, slack: Recorder, body: dict[str, Any]) -> dict[str, Any]:
    """The form that `body` opens, checked against Slack's limits."""
    assert deliver(service, body) == 200
    view: dict[str, Any] = slack.of("views.open")[-1]["view"]
    assert check_view(view) == ()
    return view


def sent(service: Service, view: dict[str, Any], values: Values, user: str = ANE) -> dict[str, Any]:
    """What Slack is told when the form is sent."""
    response = service.bolt.dispatch(signed(filled(view, values, user=user)))
    assert response.status == 200
    answer: dict[str, Any] = json.loads(response.body)
    if "view" in answer:
        assert check_view(answer["view"]) == ()
    return answer


def with_topic(service: Service, slack: Recorder, view: dict[str, Any], values: Values) -> Any:
    """The form after its topic and language were chosen."""
    deliver(service, chosen(view, "topic", values))
    changed = slack.of("views.update")[-1]
    assert check_view(changed["view"]) == ()
    return changed["view"]


def sheet(service: Service, slack: Recorder, **more: str) -> dict[str, Any]:
    view = opened(service, slack, command("/forklar"))
    values: Values = SHEET | more
    return sent(service, with_topic(service, slack, view, values), values)


def fields(view: dict[str, Any]) -> list[str]:
    return [block["block_id"] for block in view["blocks"] if block["type"] == "input"]


def test_the_language_of_a_sheet_is_asked_for_and_never_guessed(
    service: Service, slack: Recorder
) -> None:
    view = opened(service, slack, command("/forklar", "Lønseddel"))
    [language] = [one for one in view["blocks"] if one.get("block_id") == "language"]
    assert "initial_option" not in language["element"]
    assert "f.gross" in fields(view)


def test_a_sheet_is_opened_from_the_shortcut_and_a_nudge_with_its_topic(
    service: Service, slack: Recorder
) -> None:
    assert fields(opened(service, slack, shortcut("make_sheet"))) == [
        "topic",
        "language",
        "switches",
    ]
    view = opened(service, slack, press("nudge_sheet:1", "loenseddel", ts="5.5"))
    assert "f.gross" in fields(view)


def test_another_topic_brings_its_own_fields(service: Service, slack: Recorder) -> None:
    view = opened(service, slack, command("/forklar"))
    changed = with_topic(service, slack, view, {"topic": "boernepasning", "language": "da"})
    assert "f.gross" not in fields(changed)
    assert any(name.startswith("f.") for name in fields(changed))


def test_a_draft_is_explained_before_the_sheet_is_made(service: Service, slack: Recorder) -> None:
    view = opened(service, slack, command("/forklar"))
    assert "udkast" in json.dumps(with_topic(service, slack, view, SHEET), ensure_ascii=False)
    danish = with_topic(service, slack, view, {"topic": "loenseddel", "language": "da"})
    assert "udkast" not in json.dumps(danish, ensure_ascii=False)


def test_a_sheet_comes_privately_as_picture_and_pdf_with_alt_text(
    service: Service, slack: Recorder
) -> None:
    assert sheet(service, slack)["response_action"] == "update"
    assert [name[:4] for name in slack.files.values()] == [b"\x89PNG", b"%PDF"]
    [done] = slack.of("files.completeUploadExternal")
    assert done["channel_id"] == f"D{ANE[1:]}"
    assert "24 timer" in done["initial_comment"]
    for asked in slack.of("files.getUploadURLExternal"):
        assert "arabisk" in asked["alt_txt"]
    assert slack.posts == []


def test_what_is_typed_for_a_sheet_is_neither_stored_nor_logged(
    service: Service, slack: Recorder, store: Any, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    sheet(service, slack)
    sheet(service, slack, **{"f.gross": "24.531,17,1"})
    slack.next["files.completeUploadExternal"] = [refusal("internal_error")]
    sheet(service, slack)
    settle(service)
    for form in (b"24.531", b"24531", b"2453117"):
        assert form not in store.read_bytes()
        assert form.decode() not in caplog.text


def test_the_files_leave_slack_after_their_hours(
    service: Service, slack: Recorder, clock: Clock
) -> None:
    sheet(service, slack)
    clock.forward(hours=23)
    settle(service)
    assert slack.of("files.delete") == []
    clock.forward(hours=2)
    slack.next["files.delete"] = [Answer(status=500), refusal("file_not_found")]
    for _ in range(3):
        settle(service)
    assert len({call["file"] for call in slack.of("files.delete")}) == 2
    assert len(slack.of("files.delete")) == 3


@pytest.mark.parametrize(
    ("field", "text", "told"),
    [
        ("f.gross", "mange penge", "beløb"),
        ("f.gross", "010180-1234", "CPR-nummer"),
        ("f.gross", "-5", "beløb"),
        ("f.percent", "140", "procent"),
        ("f.hours", "x", "timer"),
    ],
)
def test_a_wrong_number_is_told_at_its_field_and_not_repeated(
    service: Service, slack: Recorder, field: str, text: str, told: str
) -> None:
    answer = sheet(service, slack, **{field: text})
    assert told in answer["errors"][field]
    assert text not in answer["errors"][field]
    assert slack.files == {}


def test_a_sheet_that_slack_does_not_take_is_told(service: Service, slack: Recorder) -> None:
    slack.next["files.getUploadURLExternal"] = [refusal("missing_scope")]
    sheet(service, slack)
    [post] = slack.posts
    assert "kunne ikke sendes" in post["text"]


def test_a_file_goes_to_slacks_own_server_only(service: Service, slack: Recorder) -> None:
    evil = {"ok": True, "file_id": "F1", "upload_url": "https://files.slack.com.evil.dk/x"}
    slack.next["files.getUploadURLExternal"] = [Answer(body=json.dumps(evil))] * 2
    sheet(service, slack)
    assert "kunne ikke sendes" in slack.posts[0]["text"]


@pytest.mark.parametrize(
    "body",
    [
        command("/forklar"),
        command("/praktik"),
        command("/aabning"),
        shortcut("make_sheet"),
        press("nudge_sheet:1", "loenseddel", ts="5.5"),
    ],
    ids=lambda body: body.get("command") or body["type"],
)
@pytest.mark.parametrize("error", ["expired_trigger_id", "trigger_exchanged", "internal_error"])
def test_a_form_that_did_not_open_is_told(
    service: Service, slack: Recorder, body: dict[str, Any], error: str
) -> None:
    slack.next["views.open"] = [refusal(error)]
    response = service.bolt.dispatch(signed(body))
    assert response.status == 200
    told = [response.body, *(said(one) for one in [*slack.whispers, *slack.posts])]
    assert any("formularen" in one for one in told)


def test_a_plan_is_begun_and_its_steps_are_shown(service: Service, slack: Recorder) -> None:
    view = opened(service, slack, command("/praktik"))
    answer = sent(service, view, CASE)
    assert answer["response_action"] == "update"
    assert "INT-2001" in json.dumps(answer, ensure_ascii=False)
    assert "2027" in json.dumps(answer)


@pytest.mark.parametrize(
    ("wrong", "field", "told"),
    [
        ({"reference": "010180-1234"}, "reference", "CPR-nummer"),
        ({"reference": "Amina"}, "reference", "navn"),
        ({"reference": "7"}, "reference", "INT-1042"),
        ({"end": "2026-12-01"}, "end", "før startdatoen"),
        ({"start": "9999-01-01"}, "start", "for langt væk"),
        ({"start": "2027-02-30"}, "start", "findes ikke"),
        ({"start": "2020-01-06", "end": "2020-02-06"}, "end", "passeret"),
    ],
)
def test_what_a_plan_cannot_take_is_told_at_its_field(
    service: Service, slack: Recorder, wrong: Values, field: str, told: str
) -> None:
    view = opened(service, slack, command("/praktik"))
    answer = sent(service, view, CASE | wrong)
    assert list(answer["errors"]) == [field]
    assert told in answer["errors"][field]


def test_a_case_is_moved_and_ended(service: Service, slack: Recorder) -> None:
    sent(service, opened(service, slack, command("/praktik")), CASE)
    view = opened(service, slack, command("/praktik", "INT-2001"))
    assert "datoerne er gemt" in json.dumps(
        sent(service, view, {"end": "2027-05-07"}), ensure_ascii=False
    )
    ended = json.dumps(sent(service, view, {"outcome": "job"}), ensure_ascii=False)
    assert "Næste plan er begyndt" in ended
    assert "outcome" in sent(service, view, {"end": "2027-06-07"})["errors"]


def test_a_case_form_without_a_change_says_what_to_choose(
    service: Service, slack: Recorder
) -> None:
    sent(service, opened(service, slack, command("/praktik")), CASE)
    view = opened(service, slack, command("/praktik", "INT-2001"))
    assert "Vælg en dato" in sent(service, view, {})["errors"]["outcome"]


@pytest.mark.parametrize("user", [STRANGER, "U0000000EVA"])
def test_who_does_not_work_with_cases_gets_no_case_form(
    service: Service, slack: Recorder, user: str
) -> None:
    for name, text in (("/praktik", "INT-2001"), ("/aabning", "")):
        answer = service.bolt.dispatch(signed(command(name, text, user=user)))
        assert "Kun sagsbehandlere" in answer.body
    assert slack.of("views.open") == []


def test_an_opening_is_added_and_stands_on_the_list(service: Service, slack: Recorder) -> None:
    view = opened(service, slack, command("/aabning"))
    assert "på listen" in json.dumps(sent(service, view, OPENING), ensure_ascii=False)
    again = opened(service, slack, command("/aabning"))
    assert "Café Nord" in json.dumps(again, ensure_ascii=False)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"places": "to"}, "places"),
        ({"places": "0"}, "places"),
        ({"until": "2020-01-01"}, "until"),
        ({"company": "010180-1234"}, "company"),
        ({"trade": "x" * 81}, "trade"),
    ],
)
def test_what_an_opening_cannot_take_is_told_at_its_field(
    service: Service, slack: Recorder, wrong: Values, field: str
) -> None:
    view = opened(service, slack, command("/aabning"))
    assert list(sent(service, view, OPENING | wrong)["errors"]) == [field]


def test_settings_are_kept_and_the_home_speaks_the_chosen_language(
    service: Service, slack: Recorder
) -> None:
    view = opened(service, slack, home_press("home_choose", "mine"))
    values: Values = {"language": "en", "quiet_from": "12:00", "quiet_to": "13:00"}
    assert sent(service, view, values)["response_action"] == "update"
    again = opened(service, slack, home_press("home_choose", "mine"))
    assert "12:00" in json.dumps(again)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"quiet_from": "12:00"}, "quiet_from"),
        ({"quiet_from": "00:00", "quiet_to": "23:59"}, "quiet_from"),
        ({"away_from": "2026-01-01", "away_to": "2026-01-02"}, "away_from"),
        ({"away_to": "2027-01-02"}, "away_from"),
        ({"language": "xx"}, "language"),
        ({"language": "ar"}, "language"),
    ],
)
def test_settings_that_cannot_be_are_told_at_their_field(
    service: Service, slack: Recorder, wrong: Values, field: str
) -> None:
    view = opened(service, slack, home_press("home_choose", "mine"))
    assert list(sent(service, view, {"language": "en"} | wrong)["errors"]) == [field]
    again = json.dumps(opened(service, slack, home_press("home_choose", "mine")))
    assert "Language" not in again, "one field was kept though another was wrong"


def test_a_form_of_another_time_is_met_with_words(service: Service) -> None:
    view = {"type": "modal", "callback_id": "old", "private_metadata": "[", "blocks": []}
    assert "ældre udgave" in json.dumps(sent(service, view, {}), ensure_ascii=False)


@pytest.mark.parametrize("about", ["", "[]", "null", '{"nudge": 7}', "{" * 500, "[" * 2_900])
def test_forged_metadata_of_a_form_is_refused_politely(service: Service, about: str) -> None:
    view = {
        "type": "modal",
        "callback_id": "nudge_later",
        "private_metadata": about,
        "blocks": [],
    }
    answer = sent(service, view, {})
    assert "until" in answer["errors"]


class TestNudges:
    """What is pressed on a follow-up besides `Udført`."""

    def value(self, post: dict[str, Any], kind: str, begins: str) -> str:
        [found] = [
            str(option["value"])
            for block in post["blocks"]
            for element in [*block.get("elements", []), block.get("accessory", {})]
            if element.get("action_id", "").partition(":")[0] == kind
            for option in element["options"]
            if option["value"].startswith(begins)
        ]
        return found

    @pytest.mark.parametrize("when", ["tomorrow", "next_week"])
    def test_a_step_is_put_off_and_the_card_says_who_did_it(
        self,
        service: Service,
        slack: Recorder,
        posted: dict[str, Any],
        when: str,
    ) -> None:
        value = self.value(posted, "nudge_later", when)
        deliver(service, choose("nudge_later", value, ts=posted["ts"], user=BO))
        settle(service)
        assert "Udsat til" in said(slack.of("chat.update")[-1])
        assert "Bo" in said(slack.of("chat.update")[-1])

    def test_a_step_is_put_off_to_a_chosen_day(
        self,
        service: Service,
        slack: Recorder,
        posted: dict[str, Any],
        clock: Clock,
    ) -> None:
        value = self.value(posted, "nudge_later", "day")
        view = opened(service, slack, choose("nudge_later", value, ts=posted["ts"]))
        past = sent(service, view, {"until": date(2020, 1, 1).isoformat()})
        assert "efter i dag" in past["errors"]["until"]
        ahead = clock.now.date().replace(day=28).isoformat()
        later = "2027-06-01" if ahead <= clock.now.date().isoformat() else ahead
        sent(service, view, {"until": later})
        assert "Udsat til" in said(slack.of("chat.update")[-1])

    def test_a_problem_is_reported_from_a_list(
        self,
        service: Service,
        slack: Recorder,
        posted: dict[str, Any],
    ) -> None:
        value = self.value(posted, "nudge_more", "problem")
        view = opened(service, slack, choose("nudge_more", value, ts=posted["ts"]))
        assert "errors" in sent(service, view, {"category": "findes-ikke"})
        assert "Meldt til" in json.dumps(
            sent(service, view, {"category": "loen"}), ensure_ascii=False
        )
        settle(service)
        alarm = slack.posts[-1]
        taking = next(
            one
            for block in alarm["blocks"]
            for one in block.get("elements", [])
            if one.get("action_id") == "problem_take"
        )
        deliver(service, press("problem_take", taking["value"], ts="8.8", user=BO))
        settle(service)
        assert "Taget af Bo" in said(slack.of("chat.update")[-1])

    def test_a_step_is_put_off_for_an_hour_and_comes_again_then(
        self,
        service: Service,
        slack: Recorder,
        posted: dict[str, Any],
        clock: Clock,
    ) -> None:
        value = self.value(posted, "nudge_later", "hour")
        deliver(service, choose("nudge_later", value, ts=posted["ts"]))
        settle(service)
        wanted = f"{clock.now.astimezone(COPENHAGEN) + timedelta(hours=1):%H.%M}"
        assert f"kl. {wanted} af Ane" in said(slack.of("chat.update")[-1])
        clock.forward(minutes=55)
        settle(service)
        assert len(slack.posts) == 1
        clock.forward(minutes=10)
        settle(service)
        assert len(slack.posts) == 2
        assert "nudge_done" in said(slack.posts[1])

    def test_an_hour_after_the_office_has_closed_is_the_next_morning_and_is_shown_so(
        self,
        service: Service,
        slack: Recorder,
        posted: dict[str, Any],
        clock: Clock,
    ) -> None:
        clock.forward(hours=(16 - clock.now.astimezone(COPENHAGEN).hour), minutes=30)
        value = self.value(posted, "nudge_later", "hour")
        deliver(service, choose("nudge_later", value, ts=posted["ts"]))
        settle(service)
        assert "kl. 07.00 af Ane" in said(slack.of("chat.update")[-1])

    @pytest.mark.parametrize("value", ["", "|", "tomorrow|", "tomorrow|x", "later|n1", "stop|'--"])
    def test_a_forged_choice_is_refused_politely(
        self,
        service: Service,
        slack: Recorder,
        posted: dict[str, Any],
        value: str,
    ) -> None:
        deliver(service, choose("nudge_later", value, ts=posted["ts"]))
        settle(service)
        assert len(slack.whispers) == 1
        assert slack.of("chat.update") == []
