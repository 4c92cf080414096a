"""What people read of the record: their own in words, counts, or how it is kept."""

from __future__ import annotations

import ast
import datetime as dt
import html
import re
from pathlib import Path

import pytest
import time_machine
from django.apps import apps
from tests.factories import PersonFactory
from tests.organization import assemble_organization

import fairlead.web
from fairlead.web import trail
from fairlead.web.roster.models import Position
from fairlead.web.trail import actions, queries, wording
from fairlead.web.trail.models import Entry

WEB = Path(fairlead.web.__file__).parent


@pytest.fixture
def organization(db):
    return assemble_organization()


def text(page: str) -> str:
    """A page as it reads."""
    return " ".join(html.unescape(re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1])).split())


def test_a_look_is_told_in_words_with_the_capacity_and_the_hour_where_one_lives(organization):
    ada, cleo = organization["ada"].person, organization["cleo"]
    with time_machine.travel(dt.datetime(2026, 3, 3, 13, 5, tzinfo=dt.UTC), tick=False):
        trail.saw(ada, Position.objects.get(person=cleo.person), subject=cleo.person)
        # confirmed in 2024, so the role counted on that day
        trail.saw(organization["ben"].person, cleo.person, subject=cleo.person)
    page = text(cleo.browser.get("/record/").content.decode())
    assert "Tuesday, 3 March 2026" in page
    assert "14:05 Ada (people operations) looked at your position." in page
    assert "14:05 Ben (your manager) looked at your details." in page
    assert "Times are in your zone, Europe/Berlin." in page


def test_a_role_that_somebody_got_later_is_not_told(organization):
    cleo, max_ = organization["cleo"], organization["max"].person
    from tests.factories import GrantFactory

    with time_machine.travel(dt.datetime(2026, 3, 3, 13, 5, tzinfo=dt.UTC), tick=False):
        trail.saw(max_, cleo.person, subject=cleo.person)
    GrantFactory.create(
        person=max_, role="people_operations", since=dt.date(2026, 3, 4), confirmed_at="2026-03-04T08:00Z"
    )
    page = text(cleo.browser.get("/record/").content.decode())
    assert "Max looked at your details." in page


def test_a_coach_is_a_coach_to_the_one_they_coach_alone(organization):
    cleo, eve = organization["cleo"], organization["eve"]
    lea = organization["lea"].person
    trail.saw(lea, cleo.person, subject=cleo.person)
    trail.saw(lea, eve.person, subject=eve.person)
    assert "Lea (your coach or mentor) looked" in text(cleo.browser.get("/record/").content.decode())
    assert "Lea looked at your details." in text(eve.browser.get("/record/").content.decode())


def test_ones_own_doings_stand_apart(organization):
    ada, cleo = organization["ada"], organization["cleo"]
    trail.saw(ada.person, cleo.person, subject=cleo.person)
    trail.record(cleo.person, "choose_role", cleo.person)
    assert "chose a role" not in text(cleo.browser.get("/record/").content.decode())
    assert "Chose a role in your details." in text(cleo.browser.get("/record/mine/").content.decode())
    assert "Looked at somebody else's details." in text(ada.browser.get("/record/mine/").content.decode())
    assert "Cleo" not in text(ada.browser.get("/record/mine/").content.decode())


def test_looking_at_ones_own_leaves_no_line(organization):
    before = Entry.objects.count()
    trail.saw(organization["ada"].person, organization["ada"].person, subject=organization["ada"].person)
    assert Entry.objects.count() == before


def test_nobody_reads_lines_about_somebody_else(organization):
    ada, cleo = organization["ada"].person, organization["cleo"].person
    trail.saw(ada, cleo, subject=cleo)
    for name in organization.members:
        if name != "cleo":
            page = organization[name].browser.get("/record/").content.decode()
            assert "Ada" not in text(page), name


def test_what_fairlead_did_by_itself_and_what_somebody_gone_did_is_told_too(organization):
    cleo, gone = organization["cleo"], PersonFactory.create()
    trail.record(None, "end", cleo.person, subject=cleo.person)
    trail.saw(gone, cleo.person, subject=cleo.person)
    gone.delete()
    page = text(cleo.browser.get("/record/").content.decode())
    assert "Fairlead itself ended your details." in page
    assert "Somebody who is no longer here looked at your details." in page


def test_an_empty_page_says_what_will_stand_there(organization):
    page = text(organization["max"].browser.get("/record/").content.decode())
    assert "Nobody has looked" in page


def test_pages_lead_back_to_the_first_line(organization):
    ada, cleo = organization["ada"].person, organization["cleo"]
    trail.record_many(
        ada, [trail.Doing("saw", cleo.person, cleo.person, {"n": n}) for n in range(queries.PAGE * 2 + 3)]
    )
    seen, path = 0, "/record/"
    for _page in range(3):
        page = cleo.browser.get(path).content.decode()
        seen += page.count("looked at your details")
        older = re.search(r'href="(\?before=\d+)"', page)
        path = f"/record/{older[1]}" if older else ""
    assert seen == queries.PAGE * 2 + 3
    assert path == ""
    for odd in ("x", "-1", "9" * 30, "²"):
        assert cleo.browser.get("/record/", {"before": odd}).status_code == 200
    assert "There are no older lines." in cleo.browser.get("/record/?before=1").content.decode()


def test_a_page_costs_few_queries_however_many_lines(organization, django_assert_max_num_queries):
    cleo = organization["cleo"].person
    trail.record_many(organization["ada"].person, [trail.Doing("saw", cleo, cleo) for _ in range(60)])
    with django_assert_max_num_queries(5):
        queries.looked(cleo)


def test_a_name_that_is_markup_stays_text(organization):
    cleo, ada = organization["cleo"], organization["ada"].person
    ada.name = "<script>alert(1)</script>"
    ada.save(update_fields=["name"])
    trail.saw(ada, cleo.person, subject=cleo.person)
    assert "<script>alert" not in cleo.browser.get("/record/").content.decode()


# --- those who check, and whoever runs it -----------------------------------------------------


def test_those_who_check_see_counts_the_verdict_and_no_name(organization):
    ada, cleo = organization["ada"].person, organization["cleo"].person
    with time_machine.travel(dt.datetime(2026, 3, 3, 13, 5, tzinfo=dt.UTC), tick=False):
        for _look in range(3):
            trail.saw(ada, cleo, subject=cleo)
        trail.record(cleo, "choose_role", cleo)
    actions.write_heads()
    actions.check()
    for name in ("hugo", "ida"):
        page = text(organization[name].browser.get("/record/checks/").content.decode())
        assert "Tuesday, 3 March 2026" in page
        assert "Looked at details 3" in page
        assert "The record is whole: lines 1 to" in page
        shown = page.replace("Heads", "")
        for other in ("Ada", "Cleo", str(ada.pk), str(cleo.pk)):
            assert other not in shown
        assert organization[name].browser.get("/record/checks/?before=2026-03-03").status_code == 200
        assert organization[name].browser.get("/record/checks/?before=never").status_code == 200


def test_days_of_counts_lead_back_to_the_first(organization):
    cleo = organization["cleo"].person
    for number in range(20):
        with time_machine.travel(dt.datetime(2026, 3, 1 + number, 12, tzinfo=dt.UTC), tick=False):
            trail.record(cleo, "choose_role", cleo)
    first = queries.metadata()
    assert len(first.days) <= queries.DAYS
    assert first.older is not None
    days = [day for day, _counts in first.days]
    second = queries.metadata(first.older)
    days += [day for day, _counts in second.days]
    assert second.older is None
    assert set(days) >= {dt.date(2026, 3, 1 + number) for number in range(20)}
    assert len(days) == len(set(days))


def test_the_technical_page_says_nothing_of_what_was_done(organization):
    ada, cleo = organization["ada"].person, organization["cleo"].person
    trail.saw(ada, cleo, subject=cleo)
    page = text(organization["gina"].browser.get("/record/technical/").content.decode())
    assert f"{Entry.objects.count()}, from 1 to" in page
    assert "It has not been checked yet." in page
    for word in ("looked", "Ada", "Cleo", "saw"):
        assert word not in page.split("How the record is kept")[1].replace("Ada's", "")


def test_a_record_that_is_not_whole_says_so_where_it_is_checked(organization):
    from tests.web.trail.chain import sql

    from fairlead.web.trail import guard

    cleo = organization["cleo"].person
    trail.record(cleo, "choose_role", cleo)
    last = Entry.objects.latest("id").pk
    guard.disarm()
    sql("UPDATE web_entry SET verb = 'keep' WHERE id = %s", last)
    actions.check()
    for name, path in (("hugo", "/record/checks/"), ("gina", "/record/technical/")):
        page = text(organization[name].browser.get(path).content.decode())
        assert f"Not whole. Line {last} was changed" in page


# --- words ------------------------------------------------------------------------------------


def verbs_in_code() -> dict[str, str]:
    """Every verb that is written as an argument called ``verb`` anywhere in the web application."""
    trees = {path: ast.parse(path.read_text()) for path in WEB.rglob("*.py")}
    places: dict[str, set[int]] = {"Doing": {0}}
    for tree in trees.values():
        for node in ast.walk(tree):
            if isinstance(node, ast.FunctionDef):
                names = [one.arg for one in (*node.args.posonlyargs, *node.args.args)]
                names = names[1:] if names[:1] == ["self"] else names
                if "verb" in [*names, *(one.arg for one in node.args.kwonlyargs)]:
                    places.setdefault(node.name, set()).add(names.index("verb") if "verb" in names else -1)
    found: dict[str, str] = {}
    for path, tree in trees.items():
        for node in ast.walk(tree):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "attr", getattr(node.func, "id", ""))
            if name not in places or path.is_relative_to(WEB / "access"):
                continue
            given = [node.args[at] for at in places[name] if 0 <= at < len(node.args)]
            given += [word.value for word in node.keywords if word.arg == "verb"]
            for one in given:
                for leaf in (one.body, one.orelse) if isinstance(one, ast.IfExp) else (one,):
                    if isinstance(leaf, ast.Constant) and isinstance(leaf.value, str):
                        found[leaf.value] = f"{path.relative_to(WEB)}:{node.lineno}"
    return found


def test_every_verb_has_its_words():
    found = verbs_in_code()
    assert len(found) >= 20
    without = {verb: place for verb, place in found.items() if verb not in wording.VERBS}
    assert without == {}, "write these into wording.VERBS"


def test_every_verb_and_kind_makes_a_sentence():
    for verb in wording.VERBS:
        for mine in (True, False):
            said = wording.sentence(verb, "position", mine=mine)
            assert "{" not in said
            assert said == said.strip()
        assert "…" not in wording.short(verb)[-1:]
    for model in apps.get_app_config("web").get_models():
        assert wording.kind(model._meta.model_name).strip()
    assert wording.kind("never_heard_of") == "never_heard_of"
