"""A plan and a draft: shown to a manager or a coach, while they are that; comments that two people read."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.contrib.sessions.models import Session
from django.utils import timezone
from tests.organization import MANAGERS, assemble_organization
from tests.web.growth import made

from fairlead.web import rights, vault
from fairlead.web.grants import actions as grants
from fairlead.web.grants.models import Grant
from fairlead.web.growth.later_models import Plan
from fairlead.web.growth.models import Leader, Philosophy, Year
from fairlead.web.growth.shareable import SHAREABLE
from fairlead.web.roster.models import Position
from fairlead.web.runs.actions import Refused
from fairlead.web.sharing import actions
from fairlead.web.sharing.models import Share, ShareComment
from fairlead.web.today import today
from fairlead.web.trail.models import Entry

BOSS, UPPER, COACH, OTHER = "ben", "kim", "lea", "max"
WORD = "Quarzlibelle"


@pytest.fixture
def organization(db):
    return assemble_organization()


@pytest.fixture
def plan(organization):
    with vault.seen_by(organization.person("cleo")):
        this = timezone.localdate().year
        cleo = organization.person("cleo")
        Year.objects.create(owner=cleo, year=this + 1, content={"able": "Lead two units", "help": WORD})
        Year.objects.create(owner=cleo, year=this - 1, content={"able": WORD})
        return Plan.objects.create(
            owner=cleo, start="At the bench", aim="Whom one asks", earlier=[{"aim": WORD}]
        )


def show(organization, thing, kind, reader, until=9):
    cleo = organization.person("cleo")
    with vault.seen_by(cleo):
        offer = SHAREABLE[kind]
        return actions.share(
            cleo,
            reader=organization.person(reader),
            kind=kind,
            object_id=thing.pk,
            title=offer.title(thing),
            snapshot=offer.snapshot(thing, offer.usual),
            until=timezone.localdate() + dt.timedelta(days=until),
        )


def page(organization, name, path):
    answer = organization[name].browser.get(path)
    return answer.content.decode() if answer.status_code == 200 else answer.status_code


def comments(organization, share, name, text="Ask Kim about the second unit."):
    return organization[name].browser.post(f"/sharing/{share.pk}/comment/", {"text": text})


def test_the_company_is_what_these_tests_take_it_for():
    assert (MANAGERS["cleo"], MANAGERS[BOSS]) == (BOSS, UPPER)


# --- whom -------------------------------------------------------------------------------------


@pytest.mark.parametrize("reader", [BOSS, UPPER, COACH])
def test_a_plan_is_read_as_it_stood_by_a_manager_theirs_or_a_coach(organization, plan, reader):
    share = show(organization, plan, "plan", reader)
    with vault.seen_by(organization.person("cleo")):
        plan.aim = "Later"
        plan.save()
    shown = page(organization, reader, f"/sharing/{share.pk}/")
    for told in ("At the bench", "Whom one asks", "Lead two units"):
        assert told in shown
    assert WORD not in shown
    assert "Later" not in shown
    assert page(organization, reader, "/growth/plan/").count("Whom one asks") == 0
    assert f"{organization.person(reader)} until" in page(organization, "cleo", "/growth/plan/")
    for other in {"ada", "max", "eve", "finn", "gina", BOSS, UPPER, COACH} - {reader}:
        assert page(organization, other, f"/sharing/{share.pk}/") == 404


@pytest.mark.parametrize("kind", ["plan", "philosophy"])
@pytest.mark.parametrize("reader", [OTHER, "ada"])
def test_nobody_else_can_be_shown_a_plan_or_a_draft(organization, plan, kind, reader):
    with vault.seen_by(organization.person("cleo")):
        draft = Philosophy.objects.create(owner=organization.person("cleo"), text=WORD)
    with pytest.raises(Refused, match="to your manager, to their manager, or to a coach"):
        show(organization, plan if kind == "plan" else draft, kind, reader)


def test_a_draft_and_the_rules_are_shown_without_whom_they_come_from(organization):
    cleo = organization.person("cleo")
    with vault.seen_by(cleo):
        draft = Philosophy.objects.create(owner=cleo, text="I ask first.\n\nThen I decide.")
        Leader.objects.create(
            owner=cleo, label=WORD, kind="good", keep=["Ask what was tried"], never=["Shout"]
        )
        whole = SHAREABLE["philosophy"].snapshot(draft, {"draft", "rules"})
        assert SHAREABLE["philosophy"].snapshot(draft, {"rules"})["sections"][0]["id"] == "rules"
    told = json.dumps(whole)
    for said in ("I ask first.", "Then I decide.", "Ask what was tried", "Shout"):
        assert said in told
    assert WORD not in told


def test_who_is_no_longer_the_manager_sees_nothing_at_once_and_the_copy_goes_with_the_next_round(
    organization, plan
):
    share = show(organization, plan, "plan", BOSS)
    Position.objects.filter(person=organization.person("cleo")).update(manager=organization.person("eve"))
    assert page(organization, BOSS, f"/sharing/{share.pk}/") == 404
    assert "Plan for the coming years" not in page(organization, BOSS, "/sharing/")
    actions.tick()
    with vault.on_duty("test"):
        assert Share.objects.get().snapshot is None


def test_a_plan_shown_to_a_coach_ends_with_the_coaching_in_one_transaction(organization, plan):
    show(organization, plan, "plan", COACH)
    grant = Grant.objects.get(role="coach", over_id=organization.person("cleo").pk)
    grants.end(organization.person("cleo"), grant)
    with vault.on_duty("test"):
        assert Share.objects.get().ended_at is not None


# --- comments ---------------------------------------------------------------------------------


@pytest.mark.parametrize("author", [BOSS, COACH])
def test_a_comment_is_read_by_the_two_and_stays_with_the_person(organization, plan, author):
    share = show(organization, plan, "plan", author)
    assert "Write a comment" in page(organization, author, f"/sharing/{share.pk}/")
    assert comments(organization, share, author, f"{WORD} about it").status_code == 302
    assert f"{WORD} about it" in page(organization, author, f"/sharing/{share.pk}/")
    assert f"{WORD} about it" in page(organization, "cleo", "/growth/plan/")
    cleo = organization.person("cleo")
    with vault.seen_by(cleo):
        waiting = [one.title for one in today(cleo).waiting]
        assert f"{organization.person(author)} wrote a comment on your plan" in waiting
        actions.take_back(cleo, Share.objects.get())
    assert f"{WORD} about it" in page(organization, "cleo", "/growth/plan/")
    assert page(organization, author, f"/sharing/{share.pk}/") == 404


def test_who_is_shown_a_plan_as_the_managers_manager_reads_and_writes_nothing(organization, plan):
    share = show(organization, plan, "plan", UPPER)
    assert "Write a comment" not in page(organization, UPPER, f"/sharing/{share.pk}/")
    assert comments(organization, share, UPPER).status_code == 404


def test_a_colleague_who_is_shown_a_skill_writes_no_comment_and_the_manager_does(organization):
    with vault.seen_by(organization.person("cleo")):
        skill = made.skill(organization.person("cleo"))
    assert comments(organization, show(organization, skill, "skill", OTHER), OTHER).status_code == 404
    assert comments(organization, show(organization, skill, "skill", BOSS), BOSS, WORD).status_code == 302
    assert WORD in page(organization, "cleo", f"/growth/skills/{skill.pk}/")
    shares = Share.objects
    with vault.on_duty("test"):
        other = shares.get(reader=organization.person(OTHER))
    assert WORD not in page(organization, OTHER, f"/sharing/{other.pk}/")


def test_nobody_comments_on_a_draft_or_on_what_is_over(organization, plan):
    with vault.seen_by(organization.person("cleo")):
        draft = Philosophy.objects.create(owner=organization.person("cleo"), text="Mine")
    assert comments(organization, show(organization, draft, "philosophy", BOSS), BOSS).status_code == 404
    share = show(organization, plan, "plan", BOSS)
    with vault.seen_by(organization.person("cleo")):
        actions.take_back(organization.person("cleo"), share)
    assert comments(organization, share, BOSS).status_code == 404


@pytest.mark.parametrize("who", ["cleo", BOSS])
def test_either_deletes_a_comment_for_both_and_nobody_else_does(organization, plan, who):
    share = show(organization, plan, "plan", BOSS)
    comments(organization, share, BOSS, WORD)
    with vault.on_duty("test"):
        number = ShareComment.objects.get().pk
    assert organization[OTHER].browser.post(f"/sharing/comments/{number}/delete/").status_code == 404
    answer = organization[who].browser.post(f"/sharing/comments/{number}/delete/", follow=True)
    assert "The comment is deleted, for both of you." in answer.content.decode()
    with vault.on_duty("test"):
        assert not ShareComment.objects.exists()


def test_what_is_wrong_with_a_comment_is_said_and_nothing_is_lost(organization, plan, monkeypatch):
    share = show(organization, plan, "plan", BOSS)
    assert comments(organization, share, BOSS, "").status_code == 422
    answer = comments(organization, share, BOSS, "a" * 2001)
    assert answer.status_code == 422
    assert "a" * 2001 in answer.content.decode()
    monkeypatch.setattr(actions, "MOST_COMMENTS", 0)
    answer = comments(organization, share, BOSS, WORD)
    assert answer.status_code == 422
    assert WORD in answer.content.decode()


def test_a_comment_goes_with_its_thing_and_with_who_wrote_it(organization, plan):
    share = show(organization, plan, "plan", BOSS)
    comments(organization, share, BOSS, WORD)
    with vault.seen_by(organization.person("cleo")):
        plan.delete()
    with vault.on_duty("test"):
        assert not ShareComment.objects.exists()


def test_the_file_of_both_holds_it_and_the_record_says_who_wrote_and_no_word_of_it(organization, plan):
    comments(organization, show(organization, plan, "plan", BOSS), BOSS, WORD)
    for name in ("cleo", BOSS):
        with vault.seen_by(organization.person(name)):
            assert WORD in json.dumps(rights.everything(organization.person(name)), default=str)
    with vault.seen_by(organization.person(OTHER)):
        assert WORD not in json.dumps(rights.everything(organization.person(OTHER)), default=str)
    line = Entry.objects.get(verb="comment")
    assert (line.actor, line.subject) == (organization.person(BOSS).pk, organization.person("cleo").pk)
    assert WORD not in str([vars(one) for one in Entry.objects.all()])


def test_markup_in_a_comment_stays_text(organization, plan):
    comments(organization, show(organization, plan, "plan", BOSS), BOSS, "<script>1</script>")
    assert "&lt;script&gt;" in page(organization, "cleo", "/growth/plan/")


def test_no_message_in_the_session_names_whom_somebody_shows_something_to(organization, plan):
    share = show(organization, plan, "plan", BOSS)
    organization["cleo"].browser.post(f"/sharing/{share.pk}/take-back/")
    waiting = str([one.get_decoded() for one in Session.objects.all()])
    assert "Taken back." in waiting
    assert str(organization.person(BOSS)) not in waiting


def test_the_page_of_a_share_asks_as_often_with_three_comments_as_with_one(
    organization, plan, django_assert_num_queries
):
    share = show(organization, plan, "plan", BOSS)
    comments(organization, share, BOSS)
    page(organization, BOSS, f"/sharing/{share.pk}/")
    with django_assert_num_queries(13):
        page(organization, BOSS, f"/sharing/{share.pk}/")
    comments(organization, share, BOSS)
    comments(organization, share, BOSS)
    page(organization, BOSS, f"/sharing/{share.pk}/")
    with django_assert_num_queries(13):
        page(organization, BOSS, f"/sharing/{share.pk}/")
