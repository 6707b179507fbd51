"""What arrives: the morning message, alarms, the weekly posts, the heartbeat."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.actions import cases, nudges, privacy, problems
from bot.arrivals.retention import clear_old
from bot.arrivals.run import card_of_message
from bot.slack.cards.limits import check_message
from scheduler import store_endings
from scheduler.errors import PostFailed
from scheduler.outbox import Posted
from scheduler.plans import Outcome
from scheduler.problems import Category
from tests.bot.choices import chosen
from tests.bot.house import (
    ADAM,
    ANE,
    METTE,
    MONDAY,
    House,
    done_buttons,
    mornings,
    week_one,
)
from tests.scheduler.fake_slack import failing


def test_the_owner_s_steps_of_a_day_come_in_one_message(house: House) -> None:
    morning = week_one(house, 5)
    house.tick(morning)
    [message] = mornings(house)
    blocks = json.loads(message.outgoing.blocks)
    assert message.outgoing.text == "Dine opfølgninger i dag: 5"
    assert len(set(done_buttons(message))) == 5
    assert check_message(message.outgoing.text, blocks) == ()


def test_sixty_cases_come_in_a_handful_of_messages_that_slack_takes(house: House) -> None:
    morning = week_one(house, 60)
    house.tick(morning)
    messages = mornings(house)
    assert len(messages) == 5
    for message in messages:
        assert check_message(message.outgoing.text, json.loads(message.outgoing.blocks)) == ()


def test_decisions_and_first_days_come_singly(house: House) -> None:
    house.start("INT-1001", date(2026, 12, 7))
    house.start("INT-1002", date(2026, 12, 7))
    house.tick(datetime(2026, 12, 7, 8, tzinfo=UTC))
    singly = [one for one in house.to("UMETTE") if one.key.startswith("nudge:")]
    assert sorted(one.key.split("-")[1].split(":")[0] for one in singly) == ["foerste", "foerste"]


def test_who_wants_each_step_by_itself_gets_it_so(house: House) -> None:
    chosen(METTE, house.app, MONDAY, gathered=False)
    house.tick(week_one(house, 2))
    assert mornings(house) == []
    assert len([one for one in house.to("UMETTE") if "uge-1" in one.key]) == 2


def test_a_step_done_changes_the_morning_message_in_its_place(house: House) -> None:
    house.tick(week_one(house, 2))
    [message] = mornings(house)
    first, second = done_buttons(message)
    nudges.mark_done(ANE, first, house.app, MONDAY)
    nudges.snooze(ANE, second, date(2026, 12, 21), house.app, MONDAY)
    card = card_of_message(house.app, message.posted.channel, message.posted.ts)
    assert card is not None
    assert "Udført af Ane" in card.json
    assert "Udsat til 21.12.2026" in card.json
    assert "nudge_done" not in card.json
    assert card_of_message(house.app, "D0", "0") is None


def test_a_step_done_before_its_message_left_is_not_asked_for(house: House) -> None:
    morning = week_one(house, 2)
    house.slack.before = failing(PostFailed("væk"), times=99)
    house.tick(morning)
    listed = [one for one in nudges.list_nudges(METTE, house.app) if one.step == "uge-1"]
    nudges.mark_done(METTE, listed[0].id, house.app, morning)
    house.slack.before = lambda _: None
    house.tick(morning + timedelta(hours=1))
    [message] = mornings(house)
    assert listed[0].case not in message.outgoing.blocks
    assert listed[1].case in message.outgoing.blocks


def test_nothing_comes_before_the_office_opens_or_on_a_closed_day(house: House) -> None:
    week_one(house, 1)
    late = datetime(2026, 12, 23, 18, tzinfo=UTC)  # the bot was down until then
    house.tick(late)
    house.tick(late + timedelta(hours=14))  # Christmas Eve
    assert mornings(house) == []
    house.tick(datetime(2026, 12, 28, 6, tzinfo=UTC))
    assert len(mornings(house)) == 1


def test_quiet_hours_put_a_message_off_until_they_end(house: House) -> None:
    chosen(METTE, house.app, MONDAY, quiet=(time(8), time(11)))
    morning = week_one(house, 1)
    house.tick(morning)
    assert mornings(house) == []
    house.tick(morning + timedelta(hours=2))
    assert len(mornings(house)) == 1


@pytest.mark.parametrize(
    ("away", "to"),
    [((date(2026, 12, 14), date(2026, 12, 18)), "UANE"), (None, "UMETTE")],
)
def test_the_backup_receives_while_the_owner_is_away(
    house: House, away: tuple[date, date] | None, to: str
) -> None:
    morning = week_one(house, 1)
    chosen(METTE, house.app, morning, away=away)
    house.tick(morning)
    assert [one.outgoing.to for one in house.slack.messages if "uge 1" in one.outgoing.blocks] == [
        to
    ]


def test_a_deactivated_owner_is_a_dead_letter_that_reaches_the_backup_and_is_told_once(
    house: House,
) -> None:
    morning = week_one(house, 2)
    gone = failing(PostFailed("user_disabled", permanent=True), times=99)
    house.slack.before = lambda outgoing: gone(outgoing) if outgoing.to == "UMETTE" else None
    house.tick(morning)
    for minutes in (1, 2, 3):
        house.tick(morning + timedelta(minutes=minutes))
    assert "uge 1" in house.said_to("UANE")
    assert [one.outgoing.kind for one in house.to("UADAM")] == ["dead letters"]
    assert "user_disabled" in house.said_to("UADAM")
    assert "INT-10" not in house.said_to("UADAM")


def test_a_detour_that_fails_too_stays_a_dead_letter(house: House) -> None:
    morning = week_one(house, 1)
    house.slack.before = lambda outgoing: (
        None if outgoing.to == "UADAM" else failing(PostFailed("væk", permanent=True))(outgoing)
    )
    for minutes in range(5):
        house.tick(morning + timedelta(minutes=minutes))
    assert len(house.to("UADAM")) == 2
    assert house.to("UANE") == house.to("UMETTE") == []


def test_trouble_is_told_at_once_to_owner_backup_and_team_even_in_the_evening(
    house: House,
) -> None:
    house.start("INT-1042", date(2026, 12, 7))
    evening = datetime(2026, 11, 23, 20, tzinfo=UTC)
    reported = problems.report_problem(ANE, "INT-1042", Category.PAY, house.app, evening)
    house.tick(evening)
    assert reported.told == ("mette", "ane")
    for recipient in ("UMETTE", "UANE", "CLOEN"):
        assert "Der er et problem i sag INT-1042: Løn eller lønseddel" in house.said_to(recipient)
        [message] = [one for one in house.to(recipient) if one.outgoing.kind == "problem"]
        assert check_message(message.outgoing.text, json.loads(message.outgoing.blocks)) == ()
    assert reported.follow_up is not None
    assert reported.follow_up.due == datetime(2026, 11, 24, 8, tzinfo=UTC)


def test_trouble_that_nobody_takes_is_told_to_a_leader_once(house: House) -> None:
    house.start("INT-1042", date(2026, 12, 7))
    problems.report_problem(METTE, "INT-1042", Category.TASKS, house.app, MONDAY)
    house.tick(MONDAY + timedelta(hours=2))
    before = len(house.to("ULENE"))
    for hours in (4, 5):
        house.tick(MONDAY + timedelta(hours=hours))
    assert len(house.to("ULENE")) == before + 1
    assert "Ingen har taget problemet i sag INT-1042" in house.said_to("ULENE")


def test_trouble_that_was_taken_is_not_raised(house: House) -> None:
    house.start("INT-1042", date(2026, 12, 7))
    trouble = problems.report_problem(METTE, "INT-1042", Category.TASKS, house.app, MONDAY).trouble
    assert problems.take_problem(ANE, trouble.id, house.app, MONDAY).first
    assert not problems.take_problem(METTE, trouble.id, house.app, MONDAY).first
    house.tick(MONDAY + timedelta(hours=5))
    assert "Ingen har taget" not in house.said_to("ULENE")


def test_old_cases_posts_and_traces_go_by_themselves(house: House) -> None:
    house.start("INT-1001", date(2026, 12, 7))
    cases.end_case(METTE, "INT-1001", Outcome.STOPPED, house.app, MONDAY)
    assert clear_old(house.app, MONDAY + timedelta(days=300)) == 0
    assert clear_old(house.app, MONDAY + timedelta(days=400)) > 0
    with house.app.database.read() as tx:
        assert tx.rows("SELECT * FROM cases") == []
        assert tx.rows("SELECT * FROM nudges") == []


def test_what_a_colleague_chose_decides_her_language(house: House) -> None:
    chosen(METTE, house.app, MONDAY, language="en")
    house.tick(week_one(house, 1))
    english = house.app.words("en")("Dine opfølgninger i dag: {count}", count=1)
    assert mornings(house)[-1].outgoing.text == english


def erase_a_case_that_slack_shows(house: House) -> None:
    week_one(house, 1)
    house.tick(datetime(2026, 12, 14, 8, tzinfo=UTC))
    assert len(house.to("UMETTE")) == 1
    privacy.forget(ADAM, "INT-1000", house.app, MONDAY)


def test_what_slack_shows_of_an_erased_case_goes_at_the_next_tick(house: House) -> None:
    erase_a_case_that_slack_shows(house)
    assert privacy.still_in_slack(ADAM, house.app).waiting > 0
    house.tick(datetime(2026, 12, 14, 9, tzinfo=UTC))
    assert house.to("UMETTE") == []
    assert privacy.still_in_slack(ADAM, house.app) == privacy.InSlack(0, ())


def test_a_post_that_slack_keeps_is_told_once_and_gone_when_somebody_removed_it(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase_a_case_that_slack_shows(house)
    count = privacy.still_in_slack(ADAM, house.app).waiting
    kept = PostFailed("Slack beholder den ({error}).", permanent=True, error="cant_delete_message")
    remove = house.slack.remove
    monkeypatch.setattr(house.slack, "remove", failing_removal(kept))
    for minute in range(5):
        house.tick(datetime(2026, 12, 14, 9, minute, tzinfo=UTC))
    left = privacy.still_in_slack(ADAM, house.app)
    assert (left.waiting, len(left.refused)) == (0, count)
    assert left.refused[0].problem == "Slack beholder den (cant_delete_message)."
    assert len([one for one in house.to("UADAM") if "Fjern den selv" in one.outgoing.text]) == count
    monkeypatch.setattr(house.slack, "remove", remove)
    house.tick(datetime(2026, 12, 14, 10, tzinfo=UTC))
    assert len(privacy.still_in_slack(ADAM, house.app).refused) == count
    house.tick(datetime(2026, 12, 15, 9, 5, tzinfo=UTC))
    assert privacy.still_in_slack(ADAM, house.app) == privacy.InSlack(0, ())


def test_an_unclear_answer_about_one_post_does_not_keep_the_others_in_slack(
    house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    erase_a_case_that_slack_shows(house)
    with house.app.database.read() as tx:
        posts = [one.posted for one in store_endings.standing(tx)]
    with house.app.database.write() as tx:
        tx.run("INSERT INTO removals (channel, ts) VALUES ('A-first', '1')")
    assert posts
    tried: list[Posted] = []
    remove = house.slack.remove

    def unclear(posted: Posted) -> None:
        tried.append(posted)
        if posted.channel == "A-first":
            raise PostFailed("?", unsure=True)
        remove(posted)

    monkeypatch.setattr(house.slack, "remove", unclear)
    house.tick(datetime(2026, 12, 14, 9, tzinfo=UTC))
    assert privacy.still_in_slack(ADAM, house.app).waiting == 1
    house.tick(datetime(2026, 12, 14, 9, 0, 15, tzinfo=UTC))
    assert tried.count(Posted("A-first", "1")) == 1
    house.tick(datetime(2026, 12, 14, 9, 1, tzinfo=UTC))
    assert tried.count(Posted("A-first", "1")) == 2


def failing_removal(failure: PostFailed) -> Callable[[Posted], None]:
    def remove(_: Posted) -> None:
        raise failure

    return remove
