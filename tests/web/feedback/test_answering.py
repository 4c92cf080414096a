"""Answering once: what goes into the box, what is refused, and how it looks in each state."""

from __future__ import annotations

import datetime as dt
import re
from html import unescape

import pytest
from django.test import RequestFactory, override_settings
from django.utils import timezone
from django.views.debug import ExceptionReporter
from tests.organization import assemble_organization
from tests.web.feedback.answers import CODE, WORD, Answering, carried, everything, text

from fairlead.library import load
from fairlead.library.schema import Asks
from fairlead.web.feedback import answer_views, answering, terms
from fairlead.web.feedback.answering import Comment
from fairlead.web.feedback.models import OPEN, USED, Seat, Survey
from fairlead.web.runs.actions import Refused
from fairlead.web.vault import box as boxes
from fairlead.web.vault import writing
from fairlead.web.vault.reading import papers


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
