"""Answering once: what goes into the box, what stands nowhere else, and how it looks in each state."""

from __future__ import annotations

import datetime as dt
import io
import json
import logging
import re
import threading
from html import unescape
from typing import Any

import pytest
from django.core import mail
from django.db import connection
from django.test import Client, RequestFactory, override_settings
from django.utils import timezone
from django.views.debug import ExceptionReporter
from tests.organization import assemble_organization
from tests.web.feedback import boxed

from fairlead.library import load
from fairlead.library.schema import Asks
from fairlead.web import vault
from fairlead.web.feedback import answer_views, answering, quiet, terms
from fairlead.web.feedback.answering import Comment
from fairlead.web.feedback.models import OPEN, USED, Seat, Survey
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry
from fairlead.web.vault import box as boxes
from fairlead.web.vault import writing
from fairlead.web.vault.reading import papers

CODE = re.compile(r'<code id="code">([0-9A-Z-]{29})</code>')
WORD = "quartzheron"
"""A word that stands nowhere by chance."""


class Answering:
    """Cleo answers step by step, as a browser does."""

    def __init__(self, organization: Any, *, kind: str = "upward", own: bool = False, **more: Any) -> None:
        self.cleo, self.organization = organization["cleo"], organization
        self.ben = organization.person("ben")
        members = [self.cleo.person, organization.person("max"), *boxed.staff(4)]
        about = {"about": self.ben} if own else {"managers": [self.ben]}
        today = timezone.localdate()
        self.made = boxed.opened(
            [members], kind=kind, closes_on=today + dt.timedelta(days=5), **about, **more
        )
        self.survey = self.made.survey
        self.instrument = terms.instrument_of(self.survey)
        self.seat = Seat.objects.get(survey=self.survey, owner=self.cleo.person)
        self.path = f"/feedback/answer/{self.seat.pk}/"
        self.items = [question.id for question in self.instrument.questions()]
        self.words = [item.id for item in self.instrument.comment_items()]

    def filled(self, **more: str) -> dict[str, str]:
        said = {f"answer-{item}": str(1 + at % 5) for at, item in enumerate(self.items)}
        said |= {f"comment-{self.words[0]}": f"{WORD} helps.", f"choice-{self.words[0]}": "themes"}
        return said | more

    def post(self, said: dict[str, str], go: str) -> Any:
        return self.cleo.browser.post(self.path, said | {"go": go})

    def send(self, said: dict[str, str] | None = None) -> Any:
        said = self.filled() if said is None else said
        page = self.post(said, "review")
        return self.post(said | carried(page), "send")

    def used(self) -> str:
        return str(Seat.objects.get(pk=self.seat.pk).used)


def carried(page: Any) -> dict[str, str]:
    """What the page carries along in hidden fields."""
    found = re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page.content.decode())
    return {name: unescape(value) for name, value in found if name != "csrfmiddlewaretoken"}


def text(page: Any) -> str:
    """The words on a page."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.content.decode())).split())


@pytest.fixture
def organization(db):
    return assemble_organization(signed_in=True)


@pytest.fixture
def upward(organization):
    return Answering(organization)


# --- the path -----------------------------------------------------------------------------------


def test_before_the_first_question_it_says_who_will_see_what_and_until_when(upward):
    page = upward.cleo.browser.get(upward.path)
    shown = text(page)
    for sentence in terms.promise(upward.survey):
        assert sentence in shown
    assert f"open until {upward.survey.closes_on:%-d %B %Y}" in shown
    assert f"{upward.instrument.minutes} minutes" in shown
    first = shown.index(upward.instrument.worded(upward.instrument.items[0], "Ben"))
    assert shown.index(terms.promise(upward.survey)[2]) < first
    assert "Ben reads any only if 10 people or more of your team answered" in shown
    assert "{name}" not in shown
    assert shown.count("Ben") > len(upward.items) / 2


def test_what_was_said_lies_in_the_box_and_the_seat_is_used(upward):
    said = upward.filled(**{f"answer-{upward.items[0]}": "0", f"answer-{upward.items[1]}": ""})
    page = upward.send(said)
    assert page.status_code == 200
    assert CODE.search(page.content.decode())
    assert upward.used() == USED
    (paper,) = papers(upward.survey.pk)
    numbers = [1 + at % 5 for at in range(len(upward.items))]
    assert paper == {
        "team": str(upward.ben.pk),
        "lens": "",
        "answers": [None, None, *numbers[2:]],
        "comments": [{"question": upward.words[0], "text": f"{WORD} helps.", "choice": "themes"}],
    }


def test_nothing_is_stored_before_it_is_sent(upward):
    before = everything()
    upward.cleo.browser.get(upward.path)
    upward.post(upward.filled(), "review")
    upward.post(upward.filled(), "change-2")
    assert everything() == before
    assert upward.used() == OPEN


def test_looking_it_over_shows_all_in_words_and_carries_it_along(upward):
    said = upward.filled()
    page = upward.post(said, "review")
    assert page.status_code == 200
    kept = carried(page)
    assert {name: value for name, value in said.items() if name.startswith("answer-")}.items() <= kept.items()
    shown = text(page)
    assert "Nothing has been sent yet." in shown
    for label in ("Almost never", "Seldom", "About half the time"):
        assert label in shown
    assert f"{WORD} helps." in shown


def test_going_back_to_change_something_keeps_everything(upward):
    page = upward.post(upward.filled(), "change-2").content.decode()
    for at, item in enumerate(upward.items):
        checked = re.search(
            rf'<input type="radio" name="answer-{item}" value="{1 + at % 5}"[^>]*checked', page
        )
        assert checked, item
    assert f"{WORD} helps." in page
    assert 'data-start="2"' in page
    assert 'data-keeps="take"' in page


def test_names_and_facts_are_marked_before_sending_and_the_text_stays(upward):
    said = upward.filled(
        **{f"comment-{upward.words[0]}": "Yes, Max knows <b>it</b>, and Ben: on 3 May I was the only one."}
    )
    page = upward.post(said, "review").content.decode()
    assert re.findall(r"<mark>([^<]*)</mark>", page) == ["Max", "3 May", "I was the only"]
    assert "A name. It points at a person." in page
    assert "&lt;b&gt;it&lt;/b&gt;" in page
    upward.send(said)
    (paper,) = papers(upward.survey.pk)
    assert paper["comments"][0]["text"] == said[f"comment-{upward.words[0]}"]


def test_a_comment_changed_at_the_end_is_looked_at_once_more(upward):
    said = upward.filled()
    kept = carried(upward.post(said, "review"))
    changed = said | kept | {f"comment-{upward.words[0]}": "I think Max helps."}
    page = upward.post(changed, "send")
    assert "You changed a comment" in text(page)
    assert "<mark>Max</mark>" in page.content.decode()
    assert upward.used() == OPEN
    assert CODE.search(upward.post(changed | carried(page), "send").content.decode())


@pytest.mark.parametrize("go", ["send", "", "review", "anything"])
def test_nothing_is_sent_that_was_not_looked_over(upward, go):
    assert not CODE.search(upward.post(upward.filled(), go).content.decode())
    assert upward.used() == OPEN


def test_sent_twice_it_is_one_ballot_and_the_code_is_never_shown_again(upward):
    said = upward.filled()
    said |= carried(upward.post(said, "review"))
    first, second = upward.post(said, "send"), upward.post(said, "send")
    code = CODE.search(first.content.decode())[1]
    for page in (second, upward.cleo.browser.get(upward.path)):
        assert "You have sent your answers" in text(page)
        assert code not in page.content.decode()
    assert len(papers(upward.survey.pk)) == 1


# --- choices for comments -------------------------------------------------------------------------


def test_each_comment_needs_its_author_to_choose(upward):
    said = upward.filled()
    said.pop(f"choice-{upward.words[0]}")
    page = upward.post(said, "review")
    assert page.status_code == 422
    assert "Choose what may happen with this comment." in text(page)
    assert f"{WORD} helps." in page.content.decode(), "nothing is lost"
    assert 'value="3" required' not in page.content.decode()


@pytest.mark.parametrize("kind", ["role", "upward"])
def test_in_a_survey_of_ones_own_comments_are_read_word_for_word_and_it_says_so(organization, kind):
    here = Answering(organization, kind=kind, own=True)
    page = here.cleo.browser.get(here.path)
    assert "What you write here is read by Ben alone, word for word" in text(page)
    assert "choice-" not in page.content.decode()
    here.send(here.filled())
    (paper,) = papers(here.survey.pk)
    assert paper["comments"][0]["choice"] == "verbatim", "whatever a forged form says"


def test_a_pulse_names_nobody_and_keeps_the_lens_of_the_seat(organization):
    here = Answering(
        organization,
        kind="pulse",
        lens="tenure",
        lenses={organization.person("cleo").pk: "1 to 3 years"},
    )
    shown = text(here.cleo.browser.get(here.path))
    assert "Word for word: one manager above me reads it as I wrote it." in shown
    assert "read only where 10 people or more answered together" in shown
    assert "About Ben" not in shown
    here.send(here.filled())
    assert papers(here.survey.pk)[0]["lens"] == "1 to 3 years"


def test_a_questionnaire_without_own_words_ends_with_its_last_screen(upward):
    without = upward.survey.instrument_text.split("  - id: own_words")[0]
    without = re.sub(r"  smither2005:\n    cite: .*\n    doi: .*\n", "", without)
    Survey.objects.filter(pk=upward.survey.pk).update(instrument_text=without)
    shown = upward.cleo.browser.get(upward.path).content.decode()
    assert "<textarea" not in shown
    assert shown.count('data-turn="1"') == len(upward.instrument.sections) - 1, (
        "Begin, and Next but on the last one"
    )
    page = upward.send({f"answer-{upward.items[0]}": "2"})
    assert CODE.search(page.content.decode())
    assert papers(upward.survey.pk)[0]["answers"] == [2] + [None] * (len(upward.items) - 1)


def test_a_question_that_everybody_can_answer_offers_to_give_none(organization):
    here = Answering(organization, kind="pulse", instrument="pulse-culture")
    plain = [item for item in here.instrument.items if item.kind == "choice" and not item.may_not_be_mine]
    assert plain
    page = here.cleo.browser.get(here.path).content.decode()
    assert page.count("<span>No answer</span>") == len(plain)
    here.send({f"answer-{plain[0].id}": "", f"answer-{plain[1].id}": "4"})
    said = dict(zip(here.items, papers(here.survey.pk)[0]["answers"], strict=True))
    assert (said[plain[0].id], said[plain[1].id]) == (None, 4)


def test_whoever_it_is_about_may_have_been_erased_meanwhile(upward):
    Seat.objects.filter(pk=upward.seat.pk).update(team="00000000-0000-4000-8000-000000000000")
    shown = text(upward.cleo.browser.get(upward.path))
    assert "About your manager" in shown
    assert "{name}" not in shown


# --- what does not fit ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"answer": "6"}, "none of the answers offered"),
        ({"answer": "1' OR 1=1"}, "none of the answers offered"),
        ({"comment": "x" * 1001}, "This has 1,001 characters; 1,000 fit."),
        ({"comment": "\U0001f600" * 900}, "takes too much room"),
        ({"comment": "turned \N{RIGHT-TO-LEFT OVERRIDE} round"}, "invisible character"),
        ({"choice": "everybody"}, "Choose one of the three."),
    ],
)
def test_what_does_not_fit_is_said_once_and_nothing_is_lost(upward, more, says):
    first = {"answer": upward.items[0], "comment": upward.words[0], "choice": upward.words[0]}
    said = upward.filled(**{f"{part}-{first[part]}": value for part, value in more.items()})
    for go, at in (("review", {}), ("send", {"at": "review", "looked": "0"})):
        page = upward.post(said | at, go)
        assert page.status_code == 422
        # Above, with a link, and beside the question, which stands on the first page only if it is a choice.
        assert text(page).count(says) == 2 - ("answer" in more and go == "send")
        kept = carried(page)
        body = unescape(page.content.decode())
        for name, value in said.items():
            if name not in {f"{part}-{first[part]}" for part in more if part != "comment"}:
                checked = re.search(rf'name="{name}" value="{re.escape(value)}"[^>]*checked', body)
                assert kept.get(name) == value or checked or value in body, name
    assert upward.used() == OPEN


@pytest.mark.parametrize("seen", ["", "0"])
def test_an_empty_paper_is_not_sent(upward, seen):
    page = upward.send({f"answer-{item}": seen for item in upward.items})
    assert page.status_code == 422
    assert "You have not answered anything yet" in text(page)
    assert papers(upward.survey.pk) == []


def test_lines_count_as_browsers_count_them_and_a_thousand_characters_fit(upward):
    long = "\r\n".join(["x" * 99] * 10)
    assert CODE.search(upward.send(upward.filled(**{f"comment-{upward.words[0]}": long})).content.decode())
    (paper,) = papers(upward.survey.pk)
    assert paper["comments"][0]["text"] == "\n".join(["x" * 99] * 10)


@pytest.mark.parametrize("name", load.instruments(Asks.ROLE, Asks.PULSE))
@pytest.mark.parametrize("letter", ["é", "語", '"', "я"])
def test_the_longest_paper_fits_into_the_box(name, letter):
    instrument = load.instrument(name)
    seat = Seat(team="f" * 36, lens="語" * 40)
    comments = [
        Comment(item.id, letter * answering.COMMENT_CHARACTERS, "not to the manager")
        for item in instrument.comment_items()
    ]
    assert all(answering.bytes_in_paper(one.text) <= terms.COMMENT_BYTES for one in comments)
    answers = {question.id: int(question.highest) for question in instrument.questions()}
    paper = answering.paper(instrument, seat, answers, comments)
    size = terms.paper_size(instrument)
    assert len(boxes.Box(number=None, key=b"", size=size).bytes_of(paper)) <= size
    assert instrument.comment_items()


def test_a_box_that_is_gone_is_said_and_nothing_is_lost(upward):
    said = upward.filled()
    said |= carried(upward.post(said, "review"))
    writing.burn(upward.survey.pk)
    page = upward.post(said, "send")
    assert page.status_code == 422
    assert "This survey takes no answers." in text(page)
    assert f"{WORD} helps." in page.content.decode()
    assert upward.used() == OPEN


def test_a_report_of_a_fault_holds_nothing_of_what_was_sent(upward):
    """Where faults are mailed to somebody, the mail holds neither answers nor comments."""
    request = RequestFactory().post(upward.path, upward.filled(go="review"))
    request.user, request._dont_enforce_csrf_checks = upward.cleo.person.user, True
    assert answer_views.answer(request, upward.seat.pk).status_code == 200
    with override_settings(DEBUG=False):
        report = ExceptionReporter(request, None, None, None).get_traceback_text()
    assert upward.words[0] in report
    assert WORD not in report


# --- who, and when ------------------------------------------------------------------------------------


def test_the_seat_of_somebody_else_is_a_missing_one(upward):
    missing = upward.cleo.browser.get("/feedback/answer/00000000-0000-4000-8000-000000000000/")
    for name, member in upward.organization.members.items():
        if name == "cleo":
            continue
        for path in (upward.path, f"{upward.path}withdraw/"):
            for page in (member.browser.get(path), member.browser.post(path, upward.filled(go="send"))):
                assert page.status_code == 404, (name, path)
        assert member.browser.get(upward.path).content == missing.content or name != "ben"
    assert upward.used() == OPEN
    with pytest.raises(Seat.DoesNotExist):
        answering.send(upward.ben, upward.seat, {}, [])


STATES = [
    ({"state": "frozen"}, "Not open yet"),
    ({"opens_on": 2, "closes_on": 8}, "Not open yet"),
    ({"closes_on": -1, "opens_on": -9}, "Closed"),
    ({"state": "closed"}, "Closed"),
    ({"state": "released"}, "Closed"),
    ({"state": "held"}, "Closed"),
    ({"state": "cancelled"}, "Cancelled"),
]


@pytest.mark.parametrize(("change", "says"), STATES)
def test_each_state_has_its_page_and_takes_no_answer(upward, change, says):
    said = upward.filled()
    said |= carried(upward.post(said, "review"))
    days = {
        name: timezone.localdate() + dt.timedelta(days=value)
        for name, value in change.items()
        if name != "state"
    }
    Survey.objects.filter(pk=upward.survey.pk).update(**(days or change))
    for page in (upward.cleo.browser.get(upward.path), upward.post(said, "send")):
        assert page.status_code == 200
        assert f"<h1>{says}</h1>" in page.content.decode()
        assert "<textarea" not in page.content.decode()
    assert upward.used() == OPEN
    with pytest.raises(Refused):
        answering.send(upward.cleo.person, upward.seat, {upward.items[0]: 3}, [])
    assert papers(upward.survey.pk) == []


def test_it_can_be_answered_on_its_last_day(upward):
    Survey.objects.filter(pk=upward.survey.pk).update(closes_on=timezone.localdate())
    assert CODE.search(upward.send().content.decode())


def test_no_page_says_how_many_have_answered(upward):
    """The pages are the same, byte for byte, whether nobody else answered or all did."""

    def pages() -> list[str]:
        found = [upward.cleo.browser.get(upward.path), upward.post(upward.filled(), "review")]
        return [re.sub(r'(csrf\w+"?\W+(?:value=)?)"[^"]*"', r"\1", page.content.decode()) for page in found]

    before = [re.sub(r"[0-9A-Za-z]{64}", "", page) for page in pages()]
    for person in upward.made.people[1:]:
        upward.made.answer(person, 5)
    assert [re.sub(r"[0-9A-Za-z]{64}", "", page) for page in pages()] == before


# --- nowhere else ---------------------------------------------------------------------------------------


def everything() -> dict[str, list[str]]:
    """Every row of every table as the database holds it; without sessions and counters of attempts."""
    found = {}
    # PostgreSQL gives the rows of ballot boxes to this duty alone.
    with vault.on_duty("ballots"), connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            if table in {"django_session", "usersessions_usersession", "web_attempt"}:
                continue
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(
                str([bytes(one) if isinstance(one, memoryview) else one for one in row]) for row in cursor
            )
    return found


def test_what_somebody_wrote_stands_in_no_table_no_log_no_mail_and_no_line_of_the_record(upward, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    lines, tables = Entry.objects.count(), everything()
    page = upward.send()
    code = CODE.search(page.content.decode())[1]
    told = "\n".join(
        f"{one.getMessage()} {one.__dict__}" for one in caplog.records if not one.name.startswith("django.db")
    )
    for secret in (WORD, code, code.replace("-", ""), str(upward.seat.pk)):
        assert secret not in told
    now = everything()
    dump = json.dumps(now)
    for secret in (WORD, code, code.replace("-", "")):
        assert secret not in dump
    assert Entry.objects.count() == lines
    assert mail.outbox == []
    changed = {table for table in now if now[table] != tables[table]}
    assert changed == {"web_ballot", "web_seat"}
    assert {table: len(rows) for table, rows in now.items()} == {
        table: len(rows) for table, rows in tables.items()
    }


def test_the_seat_that_changed_is_one_of_several(upward):
    def seats() -> dict[Any, bytes]:
        with connection.cursor() as cursor:
            cursor.execute("SELECT id, used FROM web_seat")
            return {pk: bytes(used) for pk, used in cursor}

    before = seats()
    upward.send()
    after = seats()
    assert {len(used) for used in after.values()} == {len(used) for used in before.values()}
    assert all(before[pk] != after[pk] for pk in before), "all six, because a company is seven others"
    assert Seat.objects.filter(survey=upward.survey).count() == 6
    assert sorted(seat.used for seat in Seat.objects.all()) == [OPEN] * 5 + [USED]


def test_the_log_does_not_say_who_was_at_these_pages_and_when(upward, settings):
    (handler,) = [
        one
        for one in logging.getLogger().handlers
        if any(isinstance(kept, quiet.Answers) for kept in one.filters)
    ]
    told = io.StringIO()
    before = handler.setStream(told)
    try:
        assert upward.post({}, "review").status_code == 422
        assert (
            upward.cleo.browser.get("/feedback/answer/00000000-0000-4000-8000-000000000000/").status_code
            == 404
        )
        strict = Client(enforce_csrf_checks=True)
        strict.force_login(upward.cleo.person.user)
        assert strict.post(upward.path, upward.filled()).status_code == 403
        assert told.getvalue() == ""
        assert upward.cleo.browser.get("/feedback/nothing-of-that-name/").status_code == 404
        assert "Not Found: /feedback/nothing-of-that-name/" in told.getvalue(), "the log works"
        told.truncate(0)
        logging.getLogger("django.request").error("Internal Server Error: %s", upward.path)
        assert "Internal Server Error: /feedback/answer/…/" in told.getvalue()
        assert str(upward.seat.pk) not in told.getvalue()
    finally:
        handler.setStream(before)


# --- costs ----------------------------------------------------------------------------------------------


def test_showing_and_looking_over_cost_few_queries_however_many_people_there_are(
    upward, django_assert_max_num_queries
):
    upward.cleo.browser.get(upward.path)
    boxed.staff(30)
    with django_assert_max_num_queries(9):
        upward.cleo.browser.get(upward.path)
    with django_assert_max_num_queries(10):
        upward.post(upward.filled(), "review")


def test_sending_costs_the_same_in_a_large_survey(organization, django_assert_max_num_queries):
    here = Answering(organization)
    said = here.filled()
    said |= carried(here.post(said, "review"))
    with django_assert_max_num_queries(75):
        here.post(said, "send")


# --- both at once -----------------------------------------------------------------------------------------


@pytest.mark.django_db(transaction=True)
def test_sent_from_two_windows_at_the_same_moment_it_is_one_ballot():
    organization = assemble_organization(signed_in=True)
    here = Answering(organization)
    ready, told = threading.Barrier(4), []

    def go() -> None:
        try:
            ready.wait()
            with vault.seen_by(here.cleo.person):
                told.append(answering.send(here.cleo.person, here.seat, {here.items[0]: 4}, []))
        except Refused as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    windows = [threading.Thread(target=go) for _ in range(4)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert len(told) == 4
    assert told.count("You have sent your answers already.") == 3
    assert len(papers(here.survey.pk)) == 1
    assert here.used() == USED


@pytest.mark.django_db(transaction=True)
def test_several_people_who_send_at_the_same_moment_all_lie_in_the_box():
    here = Answering(assemble_organization(signed_in=True))
    seats = {seat.owner_id: seat for seat in Seat.objects.filter(survey=here.survey)}
    ready, faults = threading.Barrier(len(seats)), []

    def go(person: Any) -> None:
        try:
            ready.wait()
            with vault.seen_by(person):
                answering.send(person, seats[person.pk], {here.items[0]: 4}, [])
        except Exception as fault:  # noqa: BLE001 - a thread tells what it met
            faults.append(fault)
        finally:
            connection.close()

    people = [threading.Thread(target=go, args=[one]) for one in here.made.people]
    for one in people:
        one.start()
    for one in people:
        one.join()
    assert faults == []
    assert len(papers(here.survey.pk)) == 6
    assert {seat.used for seat in Seat.objects.filter(survey=here.survey)} == {USED}
