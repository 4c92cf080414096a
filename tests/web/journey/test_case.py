"""Who speaks for somebody, the argument, roles to aim for: asked openly, and nothing promised."""

from __future__ import annotations

import datetime as dt
import re

import pytest
import time_machine
from django.core import mail
from django.utils import timezone
from tests.web.journey import made

from fairlead.web import vault
from fairlead.web.journey import advocate_actions, later_queries
from fairlead.web.journey.models import Advocacy, AimedRole, Argument

pytestmark = pytest.mark.django_db


def page(member, address, status=200):
    answer = member.browser.get(address)
    assert answer.status_code == status
    return answer.content.decode()


def ask(cast, **more):
    said = {"aim": "Lead of testing", "words": "Would you?", "who": "ben@example.org", "step": "find"}
    found = cast.cleo.browser.post("/journey/advocates/ask/", said).content.decode()
    assert "Would you?" in found, "what was typed stays while somebody is looked for"
    chosen = re.findall(r'name="chosen" value="([^"]+)" checked', found)
    return cast.cleo.browser.post(
        "/journey/advocates/ask/", said | {"step": "ask", "chosen": chosen[0] if chosen else ""} | more
    )


def the_one():
    with vault.on_duty("test"):
        return Advocacy.objects.get()


def test_it_is_asked_openly_and_answered_with_words_that_both_read(cast):
    assert ask(cast).status_code == 302
    (letter,) = mail.outbox
    assert letter.to == ["ben@example.org"]
    assert "Lead of testing" not in letter.body
    assert "Cleo" not in letter.body
    assert "Cleo asks whether you want to speak for them" in page(cast.ben, "/today/")
    assert "Would you?" in page(cast.ben, "/journey/advocates/")
    path = f"/journey/advocates/{the_one().pk}/answer/"
    refused = cast.ben.browser.post(path, {"says": "not_yet", "words": ""})
    assert refused.status_code == 422
    assert "what you would need to see" in refused.content.decode()
    cast.ben.browser.post(path, {"says": "not_yet", "words": "Show me one date that held."})
    assert "Show me one date that held." in page(cast.cleo, "/journey/advocates/")
    assert "Ben answers: not yet" in page(cast.cleo, "/today/")
    cast.ben.browser.post(path, {"says": "yes", "words": ""})
    assert the_one().state == "yes", "a not yet can become a yes"
    assert "Lead of testing" not in page(cast.eve, "/journey/advocates/")


def test_nobody_but_the_one_who_was_asked_answers(cast):
    with vault.seen_by(cast.cleo.person):
        one = made.advocacy(cast.cleo.person, cast.ben.person)
    for member, status in ((cast.cleo, 302), (cast.eve, 404), (cast.ada, 404)):
        answer = member.browser.post(f"/journey/advocates/{one.pk}/answer/", {"says": "yes", "words": ""})
        assert answer.status_code == status
    assert the_one().state == "asked"


@pytest.mark.parametrize("name", ["cleo", "ben"])
def test_either_takes_it_back_and_the_other_side_closes(cast, name):
    with vault.seen_by(cast.cleo.person):
        one = made.advocacy(cast.cleo.person, cast.ben.person, state="yes")
    getattr(cast, name).browser.post(f"/journey/advocates/{one.pk}/take-back/")
    assert the_one().state == "withdrawn"
    assert "Lead of testing" not in page(cast.ben, "/journey/advocates/")
    assert ask(cast).status_code == 302, "it can be asked again"


def test_a_question_without_an_answer_ends_by_itself(cast):
    with vault.seen_by(cast.cleo.person):
        made.advocacy(cast.cleo.person, cast.ben.person)
    for days, state in ((59, "asked"), (60, "withdrawn")):
        with time_machine.travel(timezone.now() + dt.timedelta(days=days), tick=False):
            advocate_actions.tick()
        assert the_one().state == state


def test_one_person_is_asked_once_at_a_time_and_nobody_asks_themselves(cast):
    ask(cast)
    assert "You have asked Ben already" in ask(cast).content.decode()
    assert ask(cast, who="cleo@example.org", chosen="").status_code == 422


def test_an_argument_lays_out_claim_evidence_counterfactual_and_benefit(cast):
    person = cast.cleo.person
    with vault.seen_by(person):
        one = made.entry(person, "Chosen", otherwise="Nobody would", result="It runs")
        made.witness(one, cast.ben.person, state="confirmed")
        away = made.entry(person, "Put away")
        foreign_to_it = made.entry(person, "Not chosen")
    said = {"title": "Lead of testing", "claim": "I lead without reports.", "team_benefit": "Two can go home"}
    cast.cleo.browser.post("/journey/arguments/", said | {"entries": [str(one.pk), str(away.pk)]})
    cast.cleo.browser.post(f"/journey/entries/{away.pk}/do/put-away/")
    with vault.seen_by(person):
        (made_one,) = Argument.objects.all()
    shown = page(cast.cleo, f"/journey/arguments/{made_one.pk}/")
    for words in ("I lead without reports.", "Chosen", "Nobody would", "It runs", "Two can go home", "Ben"):
        assert words in shown
    assert "1 entry it rested on is put away" in shown
    assert "What is not there yet is not said." in shown
    assert str(foreign_to_it) not in shown
    page(cast.ben, f"/journey/arguments/{made_one.pk}/", 404)


def test_an_argument_rests_on_ones_own_entries_alone(cast):
    with vault.seen_by(cast.eve.person):
        foreign = made.entry(cast.eve.person, "Eve did it")
    answer = cast.cleo.browser.post("/journey/arguments/", {"title": "Mine", "entries": [str(foreign.pk)]})
    assert answer.status_code == 422


PROMISES = re.compile(
    r"\b(will get|will be promoted|guarantee|ready|on track|certain|soon|likely)\b", re.IGNORECASE
)


def test_no_state_of_a_role_promises_anything():
    """Row 116: every combination of what is known, on both sides of its date."""
    day = dt.date(2026, 11, 23)
    told = set()
    for exists in AimedRole.Exists.values:
        for headcount in AimedRole.Known.values:
            for budget in AimedRole.Known.values:
                for planned in (None, day, day - dt.timedelta(days=1)):
                    role = AimedRole(exists=exists, headcount=headcount, budget=budget, planned_on=planned)
                    told |= set(later_queries.state(role, day))
    assert len(told) > 25
    for says in told:
        assert not PROMISES.search(says), says
    assert any("which is over" in says for says in told)
    assert sum("outside" in says for says in told) == 1


def test_a_role_is_noted_changed_and_removed_by_its_owner_alone(cast):
    said = {"title": "Lead of testing", "exists": "nowhere", "headcount": "unknown", "budget": "unknown"}
    cast.cleo.browser.post("/journey/aims/", said)
    with vault.seen_by(cast.cleo.person):
        (one,) = AimedRole.objects.all()
    assert "Nothing of the kind is in sight here." in page(cast.cleo, "/journey/aims/")
    page(cast.ben, f"/journey/aims/{one.pk}/", 404)
    cast.cleo.browser.post(f"/journey/aims/{one.pk}/", said | {"exists": "exists", "outside": "Two yards"})
    assert "Such a role exists." in page(cast.cleo, "/journey/aims/")
    cast.cleo.browser.post(f"/journey/aims/{one.pk}/remove/")
    assert "Note the first one" in page(cast.cleo, "/journey/aims/")


def test_signals_stand_together_and_what_is_missing_is_said_kindly(cast):
    with vault.seen_by(cast.cleo.person):
        made.entry(cast.cleo.person, "Advised the plant", signals=["beyond"])
        made.entry(cast.cleo.person, "Daily work")
    shown = page(cast.cleo, "/journey/signals/")
    assert "Advised the plant" in shown
    assert "Daily work" not in shown
    assert later_queries.NONE_YET["mastery"] in shown
    assert later_queries.NONE_YET["beyond"] not in shown
