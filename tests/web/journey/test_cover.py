"""What am I missing, summaries: the person's own words put in order, counted and never scored."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json

import pytest
import time_machine
from django.utils import timezone
from django.utils.html import escape
from tests.web.journey import made

from fairlead.core.framework import Criterion, Framework, Level, Seen, TrackLevels
from fairlead.web import vault
from fairlead.web.journey import (
    cover_queries,
    criteria,
    queries,
    summarizing,
    summary_actions,
    witness_actions,
)
from fairlead.web.journey.models import Accomplishment, Summary, Witness
from fairlead.web.runs.actions import Refused

pytestmark = pytest.mark.django_db

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


@pytest.fixture
def at_noon():
    with time_machine.travel(NOON, tick=False):
        yield


def page(member, address, status=200):
    answer = member.browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


# --- a level beside the evidence -------------------------------------------------------------


def test_any_level_of_any_track_can_be_read_and_each_shows_all_its_criteria(cast):
    used = criteria.in_use().framework
    for level in used.levels:
        with vault.seen_by(cast.cleo.person):
            found = cover_queries.missing(cast.cleo.person, level.id)
        assert [row.cover.criterion for row in found.rows] == [one.id for one, _ in used.asked(level.id)]
    shown = page(cast.cleo, "/journey/missing/?level=expert-3")
    for one, seen in used.asked("expert-3"):
        assert escape(one.title) in shown
        assert escape(seen.text) in shown
    assert "Choose a level" in page(cast.cleo, "/journey/missing/?level=no-such-level")


def test_a_first_visit_is_greeted_without_an_error_and_a_wrong_form_is_not(cast):
    assert "Not sent yet" not in page(cast.cleo, "/journey/missing/")
    refused = cast.cleo.browser.post("/journey/missing/", {"level": "", "criterion": "", "what": ""})
    assert refused.status_code == 422
    assert "Not sent yet" in refused.content.decode()


def test_covered_thin_stale_and_nothing_are_told_apart_with_their_reasons(cast, at_noon):
    person, day = cast.cleo.person, NOON.date()
    with vault.seen_by(person):
        one = made.entry(person, "A", criteria=["reliability"], otherwise="It would not", day=day)
        made.witness(one, cast.ben.person, state="confirmed")
        made.entry(person, "B", criteria=["reliability"], day=day)
        asked = made.entry(person, "C", criteria=["innovation"], day=day)
        made.witness(asked, cast.ben.person)
        made.entry(person, "D", criteria=["culture_shaping"], day=day - dt.timedelta(days=366))
        made.entry(person, "E", criteria=["resource_allocation"], day=day)
        made.entry(person, "F", criteria=["own_work"], put_away_on=day)
        found = cover_queries.missing(person, "leader-3")
    states = {row.cover.criterion: row.word for row in found.rows}
    assert states["reliability"] == "covered"
    assert states["innovation"] == "thin"
    assert states["culture_shaping"] == "stale"
    assert states["own_work"] == "nothing yet", "what is put away does not count"
    thin = next(row for row in found.rows if row.cover.criterion == "innovation")
    assert thin.cover.reasons == (
        "One item; two are asked for.",
        "Nobody has confirmed yet that they saw it.",
        "No item says what would not have happened otherwise.",
    )
    assert [str(one) for one in found.unused] == ["E"]
    assert {word: count for word, _says, count in found.counts} == {
        "covered": 1,
        "thin": 1,
        "stale": 1,
        "nothing yet": len(found.rows) - 3,
    }


def test_something_can_be_written_down_right_there(cast):
    said = {"what": "Kept the date", "otherwise": "", "criterion": "reliability", "level": "leader-3"}
    sent = cast.cleo.browser.post("/journey/missing/", said)
    assert sent.headers["Location"] == "/journey/missing/?level=leader-3#c-reliability"
    with vault.seen_by(cast.cleo.person):
        (one,) = Accomplishment.objects.all()
    assert one.criteria == ["reliability"]
    assert "Kept the date" in page(cast.cleo, "/journey/missing/?level=leader-3")


@pytest.mark.parametrize(
    "wrong",
    [{"what": ""}, {"criterion": "charisma"}, {"level": "nowhere"}, {"criterion": "resource_allocation"}],
)
def test_what_belongs_to_no_criterion_of_the_level_is_not_kept_and_stays_typed(cast, wrong):
    said = {
        "what": "Kept",
        "otherwise": "Nobody else",
        "criterion": "reliability",
        "level": "leader-3",
    } | wrong
    answer = cast.cleo.browser.post("/journey/missing/", said)
    assert answer.status_code == 422
    if "what" in wrong:
        assert "Nobody else" in answer.content.decode()
    with vault.seen_by(cast.cleo.person):
        assert not Accomplishment.objects.exists()


def test_the_published_framework_takes_the_place_of_the_shipped_one(cast, monkeypatch):
    own = Framework(
        id="own",
        version="7",
        title="How we grow",
        levels=(Level(id="one", title="First", rung=1),),
        tracks=(TrackLevels(id="expert", label="Expert", levels=("one",)),),
        criteria=(
            Criterion(id="care", title="Takes care", kind="doing", seen=(Seen(level="one", text="Asks"),)),
        ),
    )
    monkeypatch.setattr(criteria, "offers", lambda *_names: iter([("promotions", lambda: own)]))
    with vault.seen_by(cast.cleo.person):
        made.entry(cast.cleo.person, "Old", criteria=["reliability", "care"])
    shown = page(cast.cleo, "/journey/missing/?level=one")
    assert "How we grow" in shown
    assert "published none of its own" not in shown
    assert "Takes care" in shown
    assert "Reliability · Takes care" in page(cast.cleo, "/journey/"), "what an entry named stays named"


# --- summaries -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("year", "quarter", "first", "last"),
    [
        (2026, 1, "2026-01-01", "2026-03-31"),
        (2024, 1, "2024-01-01", "2024-03-31"),
        (2026, 2, "2026-04-01", "2026-06-30"),
        (2026, 3, "2026-07-01", "2026-09-30"),
        (2026, 4, "2026-10-01", "2026-12-31"),
        (2026, 0, "2026-01-01", "2026-12-31"),
    ],
)
def test_a_quarter_has_its_days(year, quarter, first, last):
    found = summarizing.bounds(year, quarter)
    assert [one.isoformat() for one in found] == [first, last]
    if quarter:
        assert {summarizing.quarter_of(one) for one in found} == {(year, quarter)}


def written(person):
    """Five entries of two quarters."""
    third = dt.date(2026, 8, 3)
    one = made.entry(
        person,
        "Kept the\ndate",
        criteria=["innovation", "reliability"],
        result="Nobody waited",
        otherwise="They would have!",
        day=third,
    )
    made.witness(one, person.__class__.objects.get(name="Ben"), state="confirmed")
    made.entry(person, "No result yet", criteria=["reliability"], day=third)
    made.entry(person, "With a result", criteria=["reliability"], result="Done.", seen_by="Ida", day=third)
    made.entry(person, "Of no criterion", day=third)
    made.entry(person, "Another quarter", day=dt.date(2026, 10, 1))


def test_a_draft_holds_own_words_by_criterion_and_result_each_entry_once(cast, at_noon):
    with vault.seen_by(cast.cleo.person):
        written(cast.cleo.person)
    sent = cast.cleo.browser.post("/journey/summaries/", {"year": 2026, "quarter": 3})
    with vault.seen_by(cast.cleo.person):
        made_one = Summary.objects.get()
    content = made_one.versions[-1]["content"]
    assert sent.headers["Location"] == f"/journey/summaries/{made_one.pk}/"
    assert [one["title"] for one in content["sections"]] == [
        "Promises what can be kept, and keeps it",
        "Other work",
    ]
    assert content["sections"][0]["text"].split("\n\n") == [
        (
            "3\u00a0Aug\u00a02026: Kept the date. What came of it: Nobody waited. Without me: They would "
            "have! Also: Tries what is new, and finishes or stops it."
        ),
        "3\u00a0Aug\u00a02026: With a result. What came of it: Done. Seen by Ida.",
        "3\u00a0Aug\u00a02026: No result yet.",
    ]
    assert content["facts"] == {"entries": 4, "with_result": 2}
    assert "Another quarter" not in json.dumps(content)


def test_a_confirmation_stands_beside_a_summary_until_it_is_taken_back(cast, at_noon):
    ben = cast.ben.person
    with vault.seen_by(cast.cleo.person):
        written(cast.cleo.person)
        one = summary_actions.begin(actor=cast.cleo.person, year=2026, quarter=3)
    path = f"/journey/summaries/{one.pk}/"
    for form in ("", "file.csv", "file.json"):
        assert "Ben" in page(cast.cleo, f"{path}{form}"), form
    with vault.seen_by(ben):
        witness_actions.withdraw(actor=ben, found=Witness.objects.get(witness=ben))
    for form in ("", "file.csv", "file.json"):
        assert "Ben" not in page(cast.cleo, f"{path}{form}"), form
    with vault.seen_by(cast.cleo.person):
        assert "Ben" not in json.dumps(Summary.objects.get().versions)


def test_what_was_edited_stands_and_every_version_can_be_gone_back_to(cast, at_noon):
    with vault.seen_by(cast.cleo.person):
        written(cast.cleo.person)
        one = summary_actions.begin(actor=cast.cleo.person, year=2026, quarter=3)
    path = f"/journey/summaries/{one.pk}/"
    form = {"seen": 1, "opening": "My opening", "title_0": "Mine", "text_0": "All of it", "closing": ""}
    assert cast.cleo.browser.post(f"{path}change/", form).status_code == 302
    shown = page(cast.cleo, path)
    assert "My opening" in shown
    assert "Kept the date" not in shown
    refused = cast.cleo.browser.post(f"{path}change/", form | {"opening": "Typed in a second window"})
    assert refused.status_code == 422
    assert "Typed in a second window" in refused.content.decode()
    cast.cleo.browser.post(f"{path}back/", {"number": 1})
    assert "Kept the date" in page(cast.cleo, path)
    cast.cleo.browser.post(f"{path}back/", {"number": 99})
    cast.cleo.browser.post(f"{path}draft/")
    with vault.seen_by(cast.cleo.person):
        one.refresh_from_db()
    assert [it["number"] for it in one.versions] == [1, 2, 3, 4]
    assert one.versions[2]["content"] == one.versions[0]["content"]


def test_only_the_last_versions_are_kept(cast, at_noon):
    with vault.seen_by(cast.cleo.person):
        one = summary_actions.begin(actor=cast.cleo.person, year=2026, quarter=0)
        for _ in range(summary_actions.VERSIONS_KEPT + 3):
            summary_actions.draft_anew(actor=cast.cleo.person, summary=one)
        one.refresh_from_db()
        again = summary_actions.begin(actor=cast.cleo.person, year=2026, quarter=0)
    assert len(one.versions) == summary_actions.VERSIONS_KEPT
    assert summary_actions.number_of(one) == summary_actions.VERSIONS_KEPT + 4
    assert again.pk == one.pk, "a time has one summary"


def test_a_time_to_come_is_not_summarized(cast, at_noon):
    with vault.seen_by(cast.cleo.person), pytest.raises(Refused, match="still to come"):
        summary_actions.begin(actor=cast.cleo.person, year=2027, quarter=1)


def test_files_hold_what_stands_and_no_cell_is_a_formula(cast, at_noon):
    content = {"opening": "", "closing": "=1+1", "facts": {}}
    content["sections"] = [{"title": "@mine", "text": "-1 less\n\n+1 more\n\nplain"}]
    version = {"number": 1, "made_at": "2026-01-05T10:00", "how": "edited", "content": content}
    with vault.seen_by(cast.cleo.person):
        one = made.summary(cast.cleo.person, year=2026, quarter=3, versions=[version])
    path = f"/journey/summaries/{one.pk}/file"
    table = cast.cleo.browser.get(f"{path}.csv")
    rows = list(csv.reader(io.StringIO(table.content.decode("utf-8-sig"))))
    assert rows == [
        ["section", "text"],
        ["'@mine", "'-1 less"],
        ["'@mine", "'+1 more"],
        ["'@mine", "plain"],
        ["Closing", "'=1+1"],
    ]
    assert table.headers["Content-Disposition"] == 'attachment; filename="summary-2026-q3.csv"'
    told = json.loads(cast.cleo.browser.get(f"{path}.json").content)
    assert (told["time"], told["first"], told["closing"]) == ("Third quarter of 2026", "2026-07-01", "=1+1")
    page(cast.cleo, f"{path}.exe", 404)


def test_the_list_counts_entries_by_quarter_and_year(cast, at_noon):
    with vault.seen_by(cast.cleo.person):
        written(cast.cleo.person)
        from fairlead.web.journey import summary_queries

        found = {one.name: one.entries for one in summary_queries.times(cast.cleo.person)}
    assert found == {"Year 2026": 5, "Fourth quarter of 2026": 1, "Third quarter of 2026": 4}


def test_the_day_of_an_entry_is_what_counts_and_not_when_it_was_written(cast, at_noon):
    with vault.seen_by(cast.cleo.person):
        made.entry(cast.cleo.person, day=dt.date(2025, 12, 31))
        found = list(queries.entries(cast.cleo.person).filter(day__range=summarizing.bounds(2025, 4)))
    assert len(found) == 1
    assert timezone.localdate().year == 2026
