"""A survey answered in German: asked in German throughout, the same paper, and no trace of the language."""

from __future__ import annotations

import datetime as dt
import json
import logging
import re

import pytest
from django.contrib.sessions.models import Session
from django.core import mail
from django.db import connection
from django.utils import translation
from tests.organization import assemble_organization
from tests.web.english import english_in
from tests.web.feedback.answers import CODE, WORD, Answering, carried, everything, text

from fairlead.library import load
from fairlead.library.schema import Asks
from fairlead.web import vault
from fairlead.web.asked_in import COOKIE
from fairlead.web.feedback import terms
from fairlead.web.feedback.models import OPEN, USED, Seat, Survey
from fairlead.web.trail.models import Entry
from fairlead.web.vault.reading import papers

GERMAN = {"HTTP_ACCEPT_LANGUAGE": "de-AT,de;q=0.9,en;q=0.5"}
PLANTED = "de-quartzsprache"
"""A language tag that stands nowhere by chance."""

KINDS = {
    "role-audit-others": "upward",
    "multiplier": "role",
    "pulse-culture": "pulse",
    "pulse-fairness": "pulse",
}


@pytest.fixture
def organization(db):
    return assemble_organization()


@pytest.fixture
def upward(organization):
    here = Answering(organization)
    here.cleo.browser.defaults.update(GERMAN)
    return here


def german(name):
    return load.instrument(name, "de")


def in_german(what, *args):
    with translation.override("de"):
        return what(*args)


# --- what is asked --------------------------------------------------------------------------------


def test_every_questionnaire_of_a_survey_is_named_here():
    assert set(KINDS) == set(load.instruments(Asks.ROLE, Asks.PULSE))


@pytest.mark.parametrize("name", KINDS)
def test_every_question_is_asked_in_german_with_the_name_in_it(organization, name):
    here = Answering(organization, kind=KINDS[name], instrument=name, own=KINDS[name] == "role")
    shown = text(here.cleo.browser.get(here.path, **GERMAN))
    asks, about = german(name), "" if KINDS[name] == "pulse" else "Ben"
    english = load.instrument(name)
    for item in asks.items:
        assert asks.worded(item, about) in shown
        assert english.worded(english.item(item.id), about) not in shown
    for scale in asks.options.values():
        assert all(option.label in shown for option in scale)
    assert asks.with_name(asks.purpose, about) in shown
    assert asks.with_name(asks.period, about) in shown
    assert "{name}" not in shown


def test_what_is_promised_is_said_in_german_before_the_first_question(upward):
    shown = text(upward.cleo.browser.get(upward.path))
    promised = in_german(terms.promise, upward.survey)
    assert promised != terms.promise(upward.survey)
    assert all(sentence in shown for sentence in promised)
    assert "mindestens 5 Personen" in promised[1]
    assert f"offen bis {upward.survey.closes_on.day}. " in shown
    assert "Niemand sieht je die Antworten einer einzelnen Person oder wer geantwortet hat" in shown
    assert "Ben liest welche nur, wenn mindestens 10 Personen Ihres Teams geantwortet haben" in shown
    asks = german(upward.instrument.id)
    assert shown.index(promised[2]) < shown.index(asks.worded(asks.items[0], "Ben"))


@pytest.mark.parametrize("kind", ["upward", "role", "pulse"])
@pytest.mark.parametrize("lens", ["", "track", "tenure"])
def test_promises_hold_the_same_numbers_names_and_day_in_both_languages(organization, kind, lens):
    survey = Survey(
        kind=kind,
        k=7,
        lens=lens,
        closes_on=dt.date(2026, 3, 9),
        about=organization.person("ben") if kind == "role" else None,
    )
    english, said = terms.promise(survey), in_german(terms.promise, survey)
    for mine, theirs in zip(said, english, strict=True):
        assert re.findall(r"\d+|Ben", mine) == re.findall(r"\d+|Ben", theirs)
    assert ("auch nach" in said[1]) == bool(lens)
    assert "am 9. März 2026" in said[1]


def test_the_part_that_is_german_says_so_and_the_frame_stays_english(upward):
    page = upward.cleo.browser.get(upward.path).content.decode()
    assert '<html lang="en"' in page
    assert re.search(r'<form method="post"[^>]* class="answer" lang="de"', page)
    assert "Skip to the content" in page
    assert 'data-says-screen="Seite {here} von {all}"' in page


def test_from_the_first_question_to_the_receipt_and_back_it_is_german(upward):
    review = upward.post(upward.filled(), "review")
    for page in (upward.cleo.browser.get(upward.path), review, upward.post({}, "review")):
        assert english_in(page.content.decode().replace(f"{WORD} helps.", ""), "de") == []
    shown = text(review)
    for words in (
        "Alles durchsehen",
        "Noch ist nichts abgesendet.",
        "Fast nie",
        "Absenden",
        f"{WORD} helps.",
    ):
        assert words in shown
    page = upward.post(upward.filled() | carried(review), "send")
    shown = text(page)
    assert "Ihre Antworten liegen versiegelt zwischen denen der anderen, ohne Ihren Namen" in shown
    assert "steht hier auf Englisch" in shown
    assert english_in(page.content.decode(), "de") == []
    code = CODE.search(page.content.decode())[1]
    assert "Sie haben Ihre Antworten abgesendet" in text(upward.cleo.browser.get(upward.path))
    away = f"{upward.path}withdraw/"
    assert "Der Code Ihrer Quittung" in text(upward.cleo.browser.get(away))
    wrong = upward.cleo.browser.post(away, {"code": "x"})
    assert "Zu diesem Code gibt es keine Antworten von Ihnen." in text(wrong)
    assert "Ihre Antworten sind vernichtet." in text(upward.cleo.browser.post(away, {"code": code}))
    assert upward.used() == OPEN
    assert papers(upward.survey.pk) == []


@pytest.mark.parametrize(
    ("more", "says"),
    [
        ({"answer": "6"}, "Das ist keine der angebotenen Antworten."),
        ({"comment": "x" * 1001}, "Das sind 1.001 Zeichen; 1.000 passen hinein."),
        ({"comment": "\U0001f600" * 900}, "zu viel Platz"),
        ({"comment": "a\N{RIGHT-TO-LEFT OVERRIDE}b"}, "ein unsichtbares Zeichen"),
        ({"choice": ""}, "Wählen Sie, was mit diesem Kommentar geschehen darf."),
    ],
)
def test_what_does_not_fit_is_said_in_german_and_nothing_is_lost(upward, more, says):
    first = {"answer": upward.items[0], "comment": upward.words[0], "choice": upward.words[0]}
    page = upward.post(
        upward.filled(**{f"{part}-{first[part]}": said for part, said in more.items()}), "review"
    )
    assert page.status_code == 422
    shown = text(page)
    assert shown.count(says) == 2
    assert "Noch nicht abgesendet, und nichts ist verloren." in shown


def test_what_could_show_who_wrote_it_is_told_in_german(upward):
    said = upward.filled(**{f"comment-{upward.words[0]}": "Erst kam Max am 3.5.2026 dazu."})
    page = upward.post(said, "review").content.decode()
    assert re.findall(r"<mark>([^<]*)</mark>", page) == ["Max", "3.5.2026"]
    assert "Ein Name. Er weist auf eine Person." in page
    assert "Ein Datum. Wer damals dabei war" in page


@pytest.mark.parametrize(
    ("state", "says"),
    [("frozen", "Noch nicht offen"), ("released", "Geschlossen"), ("cancelled", "Abgesagt")],
)
def test_each_state_is_told_in_german(upward, state, says):
    Survey.objects.filter(pk=upward.survey.pk).update(state=state)
    assert f"<h1>{says}</h1>" in upward.cleo.browser.get(upward.path).content.decode()


def test_whoever_is_not_there_any_more_is_their_manager_in_german_too(upward):
    Seat.objects.filter(pk=upward.seat.pk).update(team="00000000-0000-4000-8000-000000000000")
    shown = text(upward.cleo.browser.get(upward.path))
    assert "Über Ihre Führungskraft" in shown
    assert "in denen Sie und Ihre Führungskraft miteinander gearbeitet haben" in shown


# --- how it is chosen -----------------------------------------------------------------------------


def test_a_button_changes_the_language_and_what_was_typed_comes_along(upward):
    page = upward.post(upward.filled(), "lang-en")
    shown = page.content.decode()
    assert page.status_code == 200
    assert "Who will see what" in shown
    for at, item in enumerate(upward.items):
        assert re.search(rf'name="answer-{item}" value="{1 + at % 5}"[^>]*checked', shown), item
    assert f"{WORD} helps." in shown
    assert "Who will see what" in text(upward.cleo.browser.get(upward.path)), "the browser remembers it"
    assert upward.used() == OPEN


def test_changing_it_before_anything_is_typed_complains_about_nothing(upward):
    page = upward.post({}, "lang-en")
    assert (page.status_code, 'class="problem"' in page.content.decode()) == (200, False)


def test_changing_it_at_the_end_stays_at_the_end(upward):
    review = upward.post(upward.filled(), "review")
    page = upward.post(upward.filled() | carried(review), "lang-en")
    assert "Nothing has been sent yet." in text(page)
    assert CODE.search(upward.post(upward.filled() | carried(page), "send").content.decode())


def test_it_can_be_changed_where_answers_are_taken_back(upward):
    upward.send()
    away = f"{upward.path}withdraw/"
    page = upward.cleo.browser.post(away, {"code": "ABC", "go": "lang-en"})
    assert page.status_code == 200
    assert "Take your answers back" in text(page)
    assert 'value="ABC"' in page.content.decode()
    assert "You have sent your answers" in text(upward.cleo.browser.get(upward.path))
    assert upward.used() == USED


def test_what_was_chosen_for_questions_about_oneself_holds_here(organization):
    here = Answering(organization)
    here.cleo.browser.get("/role/questions/rut-check/?lang=de")
    assert "Wer was sehen wird" in text(here.cleo.browser.get(here.path))


def test_a_survey_with_other_words_than_those_that_ship_is_asked_in_them_alone(upward):
    other = upward.survey.instrument_text.replace("took time to help", "took the time to help")
    assert other != upward.survey.instrument_text
    Survey.objects.filter(pk=upward.survey.pk).update(instrument_text=other)
    page = upward.cleo.browser.get(upward.path).content.decode()
    assert "took the time to help somebody learn." in page
    assert "Wer was sehen wird" not in page
    assert "lang-de" not in page


def test_german_costs_no_more_queries_than_english(upward, django_assert_max_num_queries):
    upward.cleo.browser.get(upward.path)
    with django_assert_max_num_queries(9):
        upward.cleo.browser.get(upward.path)


# --- what is kept -----------------------------------------------------------------------------------


def answered(organization, name, **headers):
    """The paper of somebody who answers this questionnaire, and the tables that changed meanwhile."""
    here = Answering(organization, kind=KINDS[name], instrument=name, own=KINDS[name] == "role")
    here.cleo.browser.defaults.update(headers)
    here.cleo.browser.get(here.path)
    before = everything()
    assert CODE.search(here.send().content.decode())
    after = everything()
    (paper,) = papers(here.survey.pk)
    return paper, {table for table in after if after[table] != before[table]}, here


@pytest.mark.parametrize("name", KINDS)
def test_a_paper_is_the_same_whatever_the_language(organization, name):
    english, changed, _ = answered(organization, name)
    Survey.objects.all().delete()
    in_german, changed_too, _ = answered(organization, name, **GERMAN)
    assert in_german == english
    assert changed_too == changed == {"web_ballot", "web_seat"}


def test_the_language_stands_in_no_table_no_session_no_log_no_mail_and_no_paper(organization, caplog):
    """Planted as a browser's wish, in its memory and in the form: it is used, and stays nowhere."""
    here = Answering(organization)
    browser = here.cleo.browser
    browser.get(here.path)
    sessions = {one.session_key: one.get_decoded() for one in Session.objects.all()}
    lengths = lengths_of_ballots()
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    lines, before = Entry.objects.count(), everything()

    browser.defaults["HTTP_ACCEPT_LANGUAGE"] = f"{PLANTED},de;q=0.9"
    browser.cookies[COOKIE] = "de"
    said = here.filled(language=PLANTED, lang=PLANTED, asked_in=PLANTED)
    turned = here.post(said, "lang-de")
    assert "Wer was sehen wird" in text(turned)
    page = here.post(said | carried(here.post(said, "review")), "send")
    assert "Danke." in text(page)

    now = everything()
    assert PLANTED not in json.dumps(now)
    assert {table for table in now if now[table] != before[table]} == {"web_ballot", "web_seat"}
    assert {one.session_key: one.get_decoded() for one in Session.objects.all()} == sessions
    assert lengths_of_ballots() == lengths, "a sealed row is as long as any other"
    (paper,) = papers(here.survey.pk)
    assert set(paper) == {"team", "lens", "answers", "comments"}
    assert [set(one) for one in paper["comments"]] == [{"question", "text", "choice"}]
    assert PLANTED not in json.dumps(paper)
    told = "\n".join(
        f"{one.getMessage()} {one.__dict__}" for one in caplog.records if not one.name.startswith("django.db")
    )
    assert PLANTED not in told
    assert Entry.objects.count() == lines
    assert mail.outbox == []


def lengths_of_ballots():
    with vault.on_duty("ballots"), connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT length(paper), length(head) FROM web_ballot")
        (only,) = cursor.fetchall()
    return only
