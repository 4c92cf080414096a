"""Taking answers back: with the receipt's code, by the one who has it, until the close, without a trace."""

from __future__ import annotations

import datetime as dt
import logging
import threading
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.utils import timezone
from tests.organization import assemble_organization
from tests.web.feedback.answers import CODE, WORD, Answering, text

from fairlead.web import vault
from fairlead.web.feedback import answering
from fairlead.web.feedback.models import OPEN, USED, Seat, Survey
from fairlead.web.runs.actions import Refused
from fairlead.web.trail.models import Entry
from fairlead.web.vault.reading import papers

WRONG = "AAAAA-AAAAA-AAAAA-AAAAA-AAAAA"


class Sent(Answering):
    """Cleo has sent her answers and has a code."""

    def __init__(self, organization: Any, **more: Any) -> None:
        super().__init__(organization, **more)
        self.code = CODE.search(self.send().content.decode())[1]
        self.back = f"{self.path}withdraw/"

    def take_back(self, code: str) -> Any:
        return self.cleo.browser.post(self.back, {"code": code})


@pytest.fixture
def sent(db):
    cache.clear()
    return Sent(assemble_organization(signed_in=True))


def test_with_the_code_they_are_destroyed_and_can_be_given_anew(sent):
    assert "Take your answers back" in text(sent.cleo.browser.get(sent.back))
    page = sent.take_back(sent.code)
    assert page.status_code == 200
    assert "<h1>Taken back</h1>" in page.content.decode()
    assert papers(sent.survey.pk) == []
    assert sent.used() == OPEN
    again = CODE.search(sent.send(sent.filled(**{f"answer-{sent.items[0]}": "5"})).content.decode())[1]
    assert again != sent.code
    (paper,) = papers(sent.survey.pk)
    assert paper["answers"][0] == 5
    assert "no answers of yours with this code" in text(sent.take_back(sent.code)), (
        "the first one is worth nothing now"
    )
    assert sent.used() == USED


@pytest.mark.parametrize(
    "change", [str.lower, lambda code: code.replace("-", " "), lambda code: f"  {code}\n"]
)
def test_it_is_read_as_people_write_it_down(sent, change):
    assert "<h1>Taken back</h1>" in sent.take_back(change(sent.code)).content.decode()


@pytest.mark.parametrize("wrong", [WRONG, "", "x" * 81, "\N{SNOWMAN}", "' OR 1=1 --", "\x00"])
def test_a_wrong_code_is_one_sentence_and_changes_nothing(sent, wrong):
    page = sent.take_back(wrong)
    assert page.status_code == 422
    assert page.content.decode().count('class="errors"') == 1
    assert len(papers(sent.survey.pk)) == 1
    assert sent.used() == USED


def test_wrong_codes_are_counted_and_the_right_one_waits_too(sent):
    for _ in range(answering.WRONG_CODES):
        assert "no answers of yours" in text(sent.take_back(WRONG))
    for code in (WRONG, sent.code):
        assert "Try again in an hour" in text(sent.take_back(code))
    assert len(papers(sent.survey.pk)) == 1
    cache.clear()
    assert "<h1>Taken back</h1>" in sent.take_back(sent.code).content.decode()


def test_the_code_of_somebody_else_opens_nothing_also_to_those_who_find_it(sent):
    other = sent.organization["max"]
    theirs = Seat.objects.get(survey=sent.survey, owner=other.person)
    path = f"/feedback/answer/{theirs.pk}/withdraw/"
    assert "There is nothing to take back" in text(other.browser.post(path, {"code": sent.code}))
    sent.made.answer(other.person, 3)
    assert "no answers of yours with this code" in text(other.browser.post(path, {"code": sent.code}))
    assert other.browser.post(sent.back, {"code": sent.code}).status_code == 404
    assert len(papers(sent.survey.pk)) == 2


def test_who_has_sent_nothing_has_nothing_to_take_back(db):
    here = Answering(assemble_organization(signed_in=True))
    for page in (
        here.cleo.browser.get(f"{here.path}withdraw/"),
        here.cleo.browser.post(f"{here.path}withdraw/", {"code": WRONG}),
    ):
        assert page.status_code == 200
        assert "You have not sent answers in this survey" in text(page)
    with pytest.raises(Refused, match="not sent anything"):
        answering.withdraw(here.cleo.person, here.seat, WRONG)


@pytest.mark.parametrize("change", [{"state": "closed"}, {"state": "released"}, {"days": -1}])
def test_after_the_close_nothing_can_be_changed_any_more(sent, change):
    if "days" in change:
        last = timezone.localdate() - dt.timedelta(days=1)
        Survey.objects.filter(pk=sent.survey.pk).update(opens_on=last - dt.timedelta(days=9), closes_on=last)
    else:
        Survey.objects.filter(pk=sent.survey.pk).update(**change)
    for page in (sent.cleo.browser.get(sent.back), sent.take_back(sent.code)):
        assert "Nothing can be changed any more" in text(page)
        assert 'name="code"' not in page.content.decode()
    assert len(papers(sent.survey.pk)) == 1
    with pytest.raises(Refused, match="closed"):
        answering.withdraw(sent.cleo.person, sent.seat, sent.code)


def test_it_leaves_no_line_in_the_record_no_mail_and_no_log(sent, caplog):
    caplog.set_level(logging.DEBUG)
    caplog.clear()
    lines = Entry.objects.count()
    sent.take_back(sent.code)
    told = [one for one in caplog.records if not one.name.startswith("django.db")]
    assert not any(
        sent.code in f"{one.getMessage()} {one.__dict__}" or WORD in str(one.__dict__) for one in told
    )
    assert Entry.objects.count() == lines
    assert mail.outbox == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT COUNT(*) FROM web_attempt")
        assert cursor.fetchone()[0] == 0, "a right code is not counted: the counter's row has a time"


@pytest.mark.django_db(transaction=True)
def test_taken_back_from_two_windows_at_the_same_moment_it_is_done_once():
    cache.clear()
    here = Sent(assemble_organization(signed_in=True))
    ready, told = threading.Barrier(3), []

    def go() -> None:
        try:
            ready.wait()
            with vault.seen_by(here.cleo.person):
                told.append(answering.withdraw(here.cleo.person, here.seat, here.code))
        except Refused as refusal:
            told.append(str(refusal))
        finally:
            connection.close()

    windows = [threading.Thread(target=go) for _ in range(3)]
    for window in windows:
        window.start()
    for window in windows:
        window.join()
    assert sorted(map(str, told)) == ["True", *["You have not sent anything that could be taken back."] * 2]
    assert here.used() == OPEN
    assert papers(here.survey.pk) == []
