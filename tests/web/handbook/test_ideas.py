"""Ideas between units: read by everybody in the chart, answered, tried, followed; taken away on a notice."""

from __future__ import annotations

import html

import pytest
from tests.organization import assemble_organization
from tests.web.handbook import made

from fairlead.web import rights
from fairlead.web.handbook import actions, ideas, notices
from fairlead.web.handbook.models import Idea, IdeaAnswer, Notice, UnitFollow
from fairlead.web.roster.models import Unit
from fairlead.web.runs.actions import Refused

SAID = {
    "title": "Quiet mornings",
    "text": "No meetings before ten, for all of us.",
    "effect": "The backlog became shorter.",
}


@pytest.fixture
def organization(db):
    return assemble_organization()


def text(answer) -> str:
    return html.unescape(answer.content.decode())


def share(organization, name="cleo", **more):
    return organization[name].browser.post("/handbook/ideas/new/", {**SAID, **more})


def test_an_idea_stands_under_its_authors_name_and_unit_and_everybody_in_the_chart_reads_it(organization):
    assert share(organization).status_code == 302
    for name in ("max", "eve", "ada"):
        shown = text(organization[name].browser.get("/handbook/ideas/"))
        assert "Quiet mornings" in shown
        assert "<bdi>Cleo</bdi>, <bdi>Works</bdi>" in shown
    organization.person("max").positions.all().delete()
    assert organization["max"].browser.get(f"/handbook/ideas/{Idea.objects.get().pk}/").status_code == 404
    assert "Quiet mornings" not in text(organization["max"].browser.get("/today/"))


def test_whom_it_is_meant_for_finds_it_under_today_and_others_do_not(organization):
    share(organization, for_units=[str(organization.units["Sales"].pk)])
    assert "An idea: Quiet mornings" in text(organization["eve"].browser.get("/today/"))
    for name in ("cleo", "max", "kim"):
        assert "Quiet mornings" not in text(organization[name].browser.get("/today/"))


def test_who_follows_a_unit_finds_its_ideas_under_today(organization):
    works = organization.units["Works"]
    organization["eve"].browser.post(f"/handbook/units/{works.pk}/follow/")
    share(organization)
    assert "An idea: Quiet mornings" in text(organization["eve"].browser.get("/today/"))
    organization["eve"].browser.post(f"/handbook/units/{works.pk}/follow/")
    assert "Quiet mornings" not in text(organization["eve"].browser.get("/today/"))
    assert not UnitFollow.objects.exists()


def test_an_answer_says_what_came_of_it_and_the_author_hears_of_it(organization):
    share(organization)
    path = f"/handbook/ideas/{Idea.objects.get().pk}/"
    answer = organization["eve"].browser.post(
        path, {"tried": "partly", "text": "It worked on three days of five."}
    )
    assert answer.status_code == 302
    shown = text(organization["max"].browser.get(path))
    assert "We tried it, and it worked in part." in shown
    assert "three days of five" in shown
    assert "<bdi>Eve</bdi>, <bdi>Sales</bdi>" in shown
    assert "1 answer, 1 tried it" in text(organization["max"].browser.get("/handbook/ideas/"))
    assert "1 new answer to “Quiet mornings”" in text(organization["cleo"].browser.get("/today/"))


def test_an_idea_that_is_closed_is_read_and_answered_no_more(organization):
    share(organization)
    idea = Idea.objects.get()
    organization["cleo"].browser.post(f"/handbook/ideas/{idea.pk}/change/", SAID)
    shown = text(organization["max"].browser.get(f"/handbook/ideas/{idea.pk}/"))
    assert "No longer offered" in shown
    with pytest.raises(Refused, match="no longer offered"):
        ideas.answer(organization.person("max"), idea=idea, text="Too late.", tried="")


def test_only_its_author_changes_an_idea_or_takes_it_back(organization):
    share(organization)
    idea = Idea.objects.get()
    for name in ("max", "ada", "kim"):
        for part in ("change", "withdraw"):
            path = f"/handbook/ideas/{idea.pk}/{part}/"
            assert organization[name].browser.post(path, {**SAID, "title": "Loud"}).status_code == 404
    assert Idea.objects.get().title == "Quiet mornings"
    organization["cleo"].browser.post(f"/handbook/ideas/{idea.pk}/withdraw/")
    assert not Idea.objects.exists()


def test_ideas_are_found_by_words_and_by_unit(organization):
    share(organization)
    made.idea(organization.person("eve"), title="Loud evenings", from_unit=organization.units["Sales"])
    works, sales = (organization.units[name].pk for name in ("Works", "Sales"))
    for query, there, away in (
        ("?q=QUIET", "Quiet mornings", "Loud evenings"),
        (f"?unit={sales}", "Loud evenings", "Quiet mornings"),
        (f"?unit={works}&q=backlog", "Quiet mornings", "Loud evenings"),
    ):
        shown = text(organization["max"].browser.get(f"/handbook/ideas/{query}"))
        assert there in shown
        assert away not in shown
    assert "Nothing found" in text(organization["max"].browser.get("/handbook/ideas/?q=zebra"))
    assert "Quiet mornings" in text(organization["max"].browser.get("/handbook/ideas/?unit=nonsense"))


def test_a_notice_takes_an_idea_away_from_all_but_its_author_and_those_who_answer(organization):
    share(organization)
    idea = Idea.objects.get()
    notices.send(organization.person("max"), thing=idea, text="It is about a person.")
    sent = Notice.objects.get()
    organization["ada"].browser.post(
        f"/handbook/notices/{sent.pk}/", {"act": "take_away", "reason": "It is about a person."}
    )
    for name, code in (("max", 404), ("kim", 404), ("cleo", 200), ("ada", 200)):
        assert organization[name].browser.get(f"/handbook/ideas/{idea.pk}/").status_code == code, name
    assert "Quiet mornings" not in text(organization["ada"].browser.get("/handbook/ideas/"))
    assert organization["cleo"].browser.get(f"/handbook/ideas/{idea.pk}/change/").status_code == 404
    assert "It is about a person." in text(organization["cleo"].browser.get(f"/handbook/ideas/{idea.pk}/"))


def test_an_answer_that_was_taken_away_is_read_by_its_author_alone(organization):
    idea = made.idea(organization.person("cleo"))
    answer = made.answer(organization.person("max"), to=idea, text="Rude words.")
    notices.send(organization.person("eve"), thing=answer, text="This is rude.")
    notices.settle(
        organization.person("ada"), notice=Notice.objects.get(), take_away=True, reason="It is rude."
    )
    path = f"/handbook/ideas/{idea.pk}/"
    assert "Rude words." in text(organization["max"].browser.get(path))
    for name in ("cleo", "eve", "ada"):
        assert "Rude words." not in text(organization[name].browser.get(path)), name


def test_hostile_text_stays_text(organization):
    hostile = '<script>alert(1)</script>"><img src=x onerror=alert(2)>'
    idea = made.idea(organization.person("cleo"), title=hostile, text=hostile, effect=hostile)
    answer = made.answer(organization.person("max"), to=idea, text=hostile)
    sent = Notice.objects.create(by=None, answer=answer, text=hostile)
    Unit.objects.filter(name="Works").update(name="<b>Works</b>")
    idea.from_unit = organization.units["Works"]
    idea.save()
    for name, path in (
        ("max", "/handbook/ideas/"),
        ("max", f"/handbook/ideas/{idea.pk}/"),
        ("cleo", f"/handbook/ideas/{idea.pk}/change/"),
        ("ada", f"/handbook/notices/{sent.pk}/"),
    ):
        shown = organization[name].browser.get(path).content.decode()
        assert "alert(1)" in shown, path
        for bad in ("<script>alert", "<img src=x", "<b>Works"):
            assert bad not in shown, path


@pytest.mark.parametrize("rows", [1, 3])
def test_the_pages_ask_the_same_whatever_is_in_them(organization, rows, django_assert_num_queries):
    works = organization.units["Works"]
    for number in range(rows):
        idea = made.idea(
            organization.person("cleo"), title=f"Idea {number}", from_unit=works, for_units=[str(works.pk)]
        )
    for _ in range(rows):
        made.answer(organization.person("max"), to=idea, from_unit=works)
    browser = organization["eve"].browser
    for path, number in (("/handbook/ideas/", 12), (f"/handbook/ideas/{idea.pk}/", 12)):
        browser.get(path)
        with django_assert_num_queries(number):
            browser.get(path)


def test_who_goes_leaves_the_idea_with_the_unit_and_without_the_name(organization):
    share(organization)
    cleo = organization.person("cleo")
    made.answer(cleo, to=made.idea(organization.person("max")))
    assert rights.everything(cleo)["Idea"][0]["title"] == "Quiet mornings"
    actions.forget(cleo)
    shown = text(organization["max"].browser.get("/handbook/ideas/"))
    assert "Quiet mornings" in shown
    assert "<bdi>Cleo</bdi>" not in shown
    assert IdeaAnswer.objects.get().author is None


def test_a_unit_that_became_part_of_another_leaves_its_ideas_and_followers_to_it(organization):
    works, sales = organization.units["Works"], organization.units["Sales"]
    idea = made.idea(organization.person("cleo"), from_unit=works, for_units=[str(works.pk), str(sales.pk)])
    for name in ("max", "eve"):
        UnitFollow.objects.create(owner=organization.person(name), unit=works)
    UnitFollow.objects.create(owner=organization.person("eve"), unit=sales)
    actions.unit_merged(works, sales)
    idea.refresh_from_db()
    assert idea.from_unit == sales
    assert idea.for_units == [str(sales.pk)]
    assert UnitFollow.objects.filter(unit=sales).count() == 2
