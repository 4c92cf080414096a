"""The evidence log: written in a minute, its owner's alone, nothing lost by a slip."""

from __future__ import annotations

import datetime as dt
import uuid

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from tests.web.journey import made

from fairlead.web import rights, rooms, today, vault
from fairlead.web.journey import actions, file_actions, queries
from fairlead.web.journey.models import Accomplishment, Attachment, Witness
from fairlead.web.runs.actions import Refused
from fairlead.web.showing import shareable
from fairlead.web.trail.models import Entry

pytestmark = pytest.mark.django_db

FRIDAY = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def rows(member):
    with vault.seen_by(member.person):
        return list(Accomplishment.objects.all())


def page(member, address="/journey/", status=200):
    answer = member.browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def full(**values):
    usual = {"what": "Moved the pumps", "day": "2026-01-05"}
    return usual | values


# --- writing it down -------------------------------------------------------------------------


def test_one_field_is_enough_and_the_rest_is_asked_later(cast):
    sent = cast.cleo.browser.post("/journey/", {"what": "Moved the pumps to the new supplier"})
    (one,) = rows(cast.cleo)
    assert sent.headers["Location"] == f"/journey/entries/{one.pk}/"
    assert (one.what, one.day, one.origin) == (
        "Moved the pumps to the new supplier",
        timezone.localdate(),
        "noted",
    )
    shown = page(cast.cleo)
    for lacking in queries.LATER.values():
        assert f"1 entry without {lacking}" in shown


def test_what_is_asked_later_counts_each_thing_and_lists_the_entries_that_lack_it(cast):
    with vault.seen_by(cast.cleo.person):
        bare = made.entry(cast.cleo.person, "Bare")
        told = made.entry(cast.cleo.person, "Told", otherwise="Nobody would", criteria=["reliability"])
        made.witness(told, cast.ben.person)
        seen = made.entry(cast.cleo.person, "Seen", result="It runs")
        made.witness(seen, cast.ben.person, state="confirmed")
        made.witness(bare, cast.ben.person, state="not_seen", copy={})
        made.entry(cast.cleo.person, "Away", put_away_on=timezone.localdate())
        found = queries.log(cast.cleo.person)
        assert {one.name: one.count for one in found.later} == {
            "otherwise": 2,
            "witness": 1,
            "criteria": 2,
            "result": 2,
        }
        assert found.total == 3
        listed = {
            only: {str(one.entry) for one in queries.log(cast.cleo.person, only=only).entries}
            for only in queries.LATER
        }
    assert listed == {
        "otherwise": {"Bare", "Seen"},
        "witness": {"Bare"},
        "criteria": {"Bare", "Seen"},
        "result": {"Bare", "Told"},
    }


def test_everything_about_one_thing_is_kept_as_typed(cast):
    sent = full(
        otherwise="Three weeks of waiting",
        result="4 % fewer stops",
        seen_by="The plant",
        criteria=["reliability", "innovation"],
        signals=["across"],
        links="https://example.org/a\nhttps://example.org/a\n\nhttp://intra/b",
    )
    cast.cleo.browser.post("/journey/new/", sent)
    (one,) = rows(cast.cleo)
    assert (one.otherwise, one.result, one.seen_by) == (
        "Three weeks of waiting",
        "4 % fewer stops",
        "The plant",
    )
    assert one.criteria == ["reliability", "innovation"]
    assert one.links == ["https://example.org/a", "http://intra/b"]
    assert one.day == dt.date(2026, 1, 5)
    shown = page(cast.cleo, f"/journey/entries/{one.pk}/")
    assert "Promises what can be kept, and keeps it" in shown


@pytest.mark.parametrize(
    ("field", "value", "says"),
    [
        ("what", "", "Say in a sentence what happened."),
        ("what", "a\u202eb", "invisible character"),
        ("what", "x" * 1501, "at most 1500"),
        ("day", "2999-01-01", "within twenty years"),
        ("day", "tomorrow", "Write a date such as"),
        ("links", "javascript:alert(1)", "no address of a page"),
        ("links", "https://", "no address of a page"),
        ("links", "\n".join(f"https://example.org/{n}" for n in range(6)), "6 links are many"),
        ("criteria", "charisma", "Select a valid choice"),
    ],
)
def test_what_cannot_be_kept_is_refused_at_its_field_and_what_was_typed_stays(cast, field, value, says):
    answer = cast.cleo.browser.post("/journey/new/", full(result="Typed beside it") | {field: value})
    assert answer.status_code == 422
    shown = answer.content.decode()
    assert says in shown
    assert f'href="#id_{field}' in shown
    assert "Typed beside it" in shown
    assert rows(cast.cleo) == []


def test_a_day_to_come_is_no_accomplishment(cast):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    answer = cast.cleo.browser.post("/journey/new/", full(day=tomorrow.isoformat()))
    assert answer.status_code == 422
    assert "still to come" in answer.content.decode()


def test_nobody_else_finds_an_entry_and_no_link_of_it_runs(cast):
    with vault.seen_by(cast.cleo.person):
        one = made.entry(cast.cleo.person, "<script>alert(1)</script>", links=['https://example.org/"><b>'])
    assert "<script>alert" not in page(cast.cleo, f"/journey/entries/{one.pk}/")
    assert 'rel="noopener noreferrer nofollow"' in page(cast.cleo, f"/journey/entries/{one.pk}/")
    for path in (f"/journey/entries/{one.pk}/", f"/journey/entries/{one.pk}/change/"):
        page(cast.eve, path, 404)


def test_the_number_of_queries_does_not_grow_with_the_log(cast):
    def asked():
        with CaptureQueriesContext(connection) as found:
            page(cast.cleo)
        return len(found)

    with vault.seen_by(cast.cleo.person):
        made.witness(made.entry(cast.cleo.person), cast.ben.person)
    page(cast.cleo)
    one = asked()
    with vault.seen_by(cast.cleo.person):
        for _ in range(2):
            made.witness(made.entry(cast.cleo.person), cast.eve.person, state="confirmed")
            made.attachment(made.entry(cast.cleo.person))
    assert asked() == one <= 20


# --- taking it out, and back -----------------------------------------------------------------


def test_what_is_put_away_can_be_taken_back_with_who_confirmed_it(cast):
    with vault.seen_by(cast.cleo.person):
        one = made.entry(cast.cleo.person)
        made.witness(one, cast.ben.person, state="confirmed")
        waits = made.witness(one, cast.eve.person)
    cast.cleo.browser.post(f"/journey/entries/{one.pk}/do/put-away/")
    assert "Nothing is written down yet" in page(cast.cleo)
    page(cast.eve, f"/journey/witness/{waits.pk}/", 404)
    cast.cleo.browser.post(f"/journey/entries/{one.pk}/do/take-back/")
    assert "confirmed by <bdi>Ben</bdi>" in page(cast.cleo)


def test_what_was_put_away_goes_after_thirty_days_and_not_before(cast):
    with vault.seen_by(cast.cleo.person):
        one = made.entry(cast.cleo.person)
        made.attachment(one)
        actions.put_away(actor=cast.cleo.person, entry=one)
    for days, left in ((29, 1), (30, 0)):
        with time_machine.travel(timezone.now() + dt.timedelta(days=days), tick=False):
            actions.tick()
        assert len(rows(cast.cleo)) == left
    with vault.on_duty("test"):
        assert not Attachment.objects.exists()


def test_deleting_for_good_takes_files_and_witnesses_along(cast):
    with vault.seen_by(cast.cleo.person):
        one = made.entry(cast.cleo.person)
        made.attachment(one)
        made.witness(one, cast.ben.person, state="confirmed")
    cast.cleo.browser.post(f"/journey/entries/{one.pk}/do/delete/")
    with vault.on_duty("test"):
        assert not Accomplishment.objects.exists()
        assert not Witness.objects.exists()
        assert not Attachment.objects.exists()


# --- Friday, thanks, results -----------------------------------------------------------------


def test_on_a_friday_today_asks_until_it_is_answered_and_on_no_other_day(cast):
    def asks():
        cast.cleo.browser.force_login(cast.cleo.person.user)
        return "A Friday message to yourself" in page(cast.cleo, "/today/")

    with time_machine.travel(FRIDAY - dt.timedelta(days=1), tick=False):
        assert not asks()
    with time_machine.travel(FRIDAY, tick=False):
        assert asks()
        answers = {"what": "Helped the new one", "otherwise": "", "seen_by": "The new one"}
        cast.cleo.browser.post("/journey/friday/", answers)
        assert not asks()
    with time_machine.travel(FRIDAY + dt.timedelta(days=7), tick=False):
        assert asks()
    (one,) = rows(cast.cleo)
    assert (one.origin, one.day, one.seen_by) == ("friday", FRIDAY.date(), "The new one")


def test_it_is_friday_where_the_person_lives(cast):
    cast.cleo.person.zone = "Pacific/Auckland"
    late_thursday = dt.datetime(2026, 11, 19, 20, tzinfo=dt.UTC)
    with time_machine.travel(late_thursday, tick=False), vault.seen_by(cast.cleo.person):
        assert queries.friday_waits(cast.cleo.person)
        cast.cleo.person.zone = "America/Los_Angeles"
        assert not queries.friday_waits(cast.cleo.person)


def test_on_a_monday_the_week_before_is_looked_back_on(cast):
    monday = dt.datetime(2026, 11, 23, 9, tzinfo=dt.UTC)
    with time_machine.travel(monday, tick=False), vault.seen_by(cast.cleo.person):
        made.entry(cast.cleo.person, "Last week", day=dt.date(2026, 11, 18))
        found = queries.week(cast.cleo.person)
    assert (found.first, found.last) == (dt.date(2026, 11, 16), dt.date(2026, 11, 22))
    assert [str(one) for one in found.entries] == ["Last week"]


def test_what_came_of_something_taken_on_is_an_entry_with_its_result(cast):
    said = {
        "came_from": "The task force on returns",
        "what": "Led the five of us from three departments",
        "result": "",
        "day": timezone.localdate().isoformat(),
    }
    refused = cast.cleo.browser.post("/journey/result/", said)
    assert refused.status_code == 422
    assert "Say what came of it" in refused.content.decode()
    assert "Led the five of us" in refused.content.decode()
    assert rows(cast.cleo) == []
    sent = cast.cleo.browser.post("/journey/result/", said | {"result": "Returns take two days"})
    (one,) = rows(cast.cleo)
    assert (one.origin, one.came_from, one.result) == (
        "result", "The task force on returns", "Returns take two days"
    )  # fmt: skip
    assert sent.headers["Location"] == f"/journey/entries/{one.pk}/"
    assert "The task force on returns" in cast.cleo.browser.get(sent.headers["Location"]).content.decode()


def test_thanks_are_kept_with_their_words_and_from_whom(cast):
    said = {
        "thanks": "You saved us.",
        "thanks_from": "The plant",
        "what": "Fixed the pump",
        "day": "2026-01-05",
    }
    cast.cleo.browser.post("/journey/thanks/", said)
    (one,) = rows(cast.cleo)
    assert (one.origin, one.thanks, one.thanks_from) == ("thanks", "You saved us.", "The plant")
    assert "Thanks from <bdi>The plant</bdi>" in page(cast.cleo, f"/journey/entries/{one.pk}/")


def test_every_room_can_hand_over_what_came_of_an_opportunity_and_it_stands_once(cast):
    record = dict(rooms.offers("actions", "record_result"))["journey"]
    source = uuid.uuid4()
    told = {
        "what": "Led the move",
        "result": "Done by May",
        "came_from": "Move of the plant",
        "source": source,
    }
    with vault.seen_by(cast.cleo.person):
        first = record(actor=cast.cleo.person, **told)
        actions.change(actor=cast.cleo.person, entry=first, result="Done in April")
        again = record(actor=cast.cleo.person, **told)
    assert again.pk == first.pk
    assert again.result == "Done in April", "it is its owner's by then"
    shown = page(cast.cleo, f"/journey/entries/{first.pk}/")
    assert "What came of an opportunity: <bdi>Move of the plant</bdi>" in shown
    with vault.seen_by(cast.eve.person):
        assert record(actor=cast.eve.person, **told).owner == cast.eve.person, "each person has their own"


# --- files -----------------------------------------------------------------------------------


def attach(member, entry, name, content):
    return member.browser.post(
        f"/journey/entries/{entry.pk}/files/", {"file": SimpleUploadedFile(name, content)}
    )


def test_a_file_comes_back_as_it_came_and_is_never_shown_or_run(cast):
    content = b"%PDF-1.7\n<script>alert(1)</script>"
    with vault.seen_by(cast.cleo.person):
        one = made.entry(cast.cleo.person)
    attach(cast.cleo, one, '..\\..\\evil\u202e "name".PDF', content)
    with vault.seen_by(cast.cleo.person):
        file = Attachment.objects.get()
        assert file.name == 'evil "name".PDF'
    back = cast.cleo.browser.get(f"/journey/files/{file.pk}/")
    assert back.content == content
    assert back.headers["Content-Type"] == "application/octet-stream"
    assert back.headers["Content-Disposition"].startswith("attachment;")
    assert back.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in back.headers["Content-Security-Policy"]
    assert cast.eve.browser.get(f"/journey/files/{file.pk}/").status_code == 404
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT content, name FROM "{Attachment._meta.db_table}"')
        (stored, name) = cursor.fetchone()
    assert b"PDF" not in bytes(stored)
    assert b"evil" not in bytes(name)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("page.html", b"<html>", "not a file that can stay here"),
        ("drawing.svg", b"<svg onload='x'/>", "not a file that can stay here"),
        ("report.pdf", b"MZ\x90\x00", "not a file that can stay here"),
        ("picture.png", b"\xff\xd8\xff\xe0", "not a file that can stay here"),
        ("notes.txt", b"a\x00b", "not a file that can stay here"),
        ("empty.txt", b"", "This file is empty."),
        ("large.txt", b"x" * (file_actions.LARGEST + 1), "too large"),
    ],
)
def test_other_kinds_wrong_beginnings_and_large_files_are_refused(cast, name, content, says):
    with vault.seen_by(cast.cleo.person):
        one = made.entry(cast.cleo.person)
    answer = attach(cast.cleo, one, name, content)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    with vault.seen_by(cast.cleo.person):
        assert not Attachment.objects.exists()


def test_files_have_a_most_by_entry_and_by_person(cast, monkeypatch):
    monkeypatch.setattr(file_actions, "MOST_TOGETHER", 60)
    person = cast.cleo.person
    with vault.seen_by(person):
        one, other = made.entry(person), made.entry(person)
        for number in range(file_actions.MOST_FILES):
            file_actions.attach(actor=person, entry=one, name=f"{number}.txt", content=b"0123456789")
        with pytest.raises(Refused, match="which is the most"):
            file_actions.attach(actor=person, entry=one, name="6.txt", content=b"0")
        with pytest.raises(Refused, match="together"):
            file_actions.attach(actor=person, entry=other, name="7.txt", content=b"01234567890")
        file_actions.attach(actor=person, entry=other, name="8.txt", content=b"0123456789")


# --- where it goes by its owner's act --------------------------------------------------------


def test_copies_for_a_case_are_what_was_chosen_and_change_no_more(cast):
    person = cast.cleo.person
    with vault.seen_by(person):
        one = made.entry(person, "Chosen", otherwise="Nobody", criteria=["reliability"], thanks="Thank you")
        made.witness(one, cast.ben.person, state="confirmed")
        made.witness(one, cast.eve.person)
        made.attachment(one, "proof.txt")
        made.entry(person, "Not chosen")
        (copy,) = actions.evidence_for(person, [one.pk])
        actions.change(actor=person, entry=one, what="Changed later")
    assert copy["what"] == "Chosen"
    assert copy["source"] == str(one.pk)
    assert [it["name"] for it in copy["confirmed_by"]] == ["Ben"], "a question is no confirmation"
    assert copy["files"] == ["proof.txt"]
    for never in ("Not chosen", "Thank you", "thanks"):
        assert never not in repr(copy), "thanks are read by their owner alone"
    assert Entry.objects.filter(verb="take_evidence", object_id=str(one.pk)).count() == 1


def test_foreign_entries_and_what_is_put_away_go_into_no_case_and_then_nothing_does(cast):
    with vault.seen_by(cast.eve.person):
        foreign = made.entry(cast.eve.person, "Eve's own")
    person = cast.cleo.person
    with vault.seen_by(person):
        mine = made.entry(person)
        away = made.entry(person, put_away_on=timezone.localdate())
        for ids in ([mine.pk, foreign.pk], [mine.pk, away.pk], [uuid.uuid4()]):
            with pytest.raises(Refused, match="not there any more"):
                actions.evidence_for(person, ids)
        assert {one["id"] for one in queries.evidence_offered(person)} == {str(mine.pk)}
    assert not Entry.objects.filter(verb="take_evidence").exists()


def test_a_copy_that_is_shown_holds_the_ticked_parts_alone(cast):
    person = cast.cleo.person
    offer = shareable("accomplishment")
    with vault.seen_by(person):
        one = made.entry(
            person, "What happened", otherwise="Otherwise", result="A result", seen_by="The plant",
            thanks="Kind words", thanks_from="Somebody", came_from="From there", links=["https://example.org/x"],
        )  # fmt: skip
        made.witness(one, cast.ben.person, state="confirmed")
        made.witness(one, cast.eve.person, state="not_seen", copy={})
        made.attachment(one, "proof.txt")
        part = repr(offer.snapshot(one, {"what", "seen"}))
        whole = repr(offer.snapshot(one, set(offer.parts)))
    assert "What happened" in part
    assert "Ben" in part
    for hidden in ("Otherwise", "A result", "example.org"):
        assert hidden not in part
        assert hidden in whole
    for never in ("Kind words", "Somebody", "From there", "proof.txt", "Eve"):
        assert never not in whole


def test_everything_is_in_the_file_of_the_person_and_goes_with_them(cast):
    person = cast.cleo.person
    with vault.seen_by(person):
        made.everything_of(person, cast.ben.person)
        held = rights.everything(person)
    own = ("Accomplishment", "Attachment", "Witness", "Summary", "Advocacy", "Argument", "AimedRole")
    assert {name: len(held[name]) for name in own} == dict.fromkeys(own, 1)
    assert held["Attachment"][0]["content"] == "U29tZSBub3Rlcw=="
    rights.forget(person)
    with vault.on_duty("test"):
        for name in own:
            model = next(m for m in vault_models() if m.__name__ == name)
            assert not model.objects.exists(), name


def vault_models():
    from fairlead.web.vault.tables import private_models

    return private_models()


def test_an_empty_log_says_what_will_stand_there(cast):
    assert "Nothing is written down yet" in page(cast.cleo)
    with vault.seen_by(cast.cleo.person):
        assert today.today(cast.cleo.person) is not None


@pytest.mark.parametrize("rows", [1, 3])
def test_today_asks_once_where_nothing_is_new_and_once_more_for_what_is(
    cast, rows, django_assert_num_queries
):
    person = cast.cleo.person
    with time_machine.travel(FRIDAY, tick=False), vault.seen_by(person):
        with django_assert_num_queries(1):
            assert [one.href for one in queries.today(person).waiting] == ["/journey/friday/"]
        for _ in range(rows):
            made.witness(made.entry(person), cast.ben.person, state="confirmed")
            made.entry(person, origin="friday", day=FRIDAY.date())
        with django_assert_num_queries(2):
            assert len(queries.today(person).waiting) == rows
