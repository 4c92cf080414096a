"""The next level seen closely: a role's week, its burdens, a talk with somebody who holds it."""

from __future__ import annotations

import re

import pytest
import time_machine
from tests.web.audits import made
from tests.web.direction import windows

from fairlead.library import load, role_library
from fairlead.web.direction import later_sittings, next_actions, next_queries
from fairlead.web.direction.models import Sitting

PAGE = "/direction/next-level/"
MANAGER = "11-9041.00"


def content(member):
    return later_sittings.content_of(member.person, "next_level") or {}


def shown(member):
    page = member.browser.get(PAGE).content.decode()
    return page.replace("\N{NO-BREAK SPACE}", " ")


def choose(member, code=MANAGER):
    return member.browser.post(f"{PAGE}role/choose/", {"code": code})


def test_an_empty_page_says_what_will_stand_there_and_how_to_begin(cast):
    page = shown(cast.ada)
    for words in (
        "Which role do you think of?",
        "Go through the list",
        "The guide for that talk",
        "Write it",
    ):
        assert words in page


def test_a_role_is_found_by_any_wording_and_chosen(cast):
    found = cast.ada.browser.get(f"{PAGE}role/?q=engineering manager").content.decode()
    assert "Architectural and Engineering Managers" in found
    assert choose(cast.ada).status_code == 302
    assert content(cast.ada)["role"] == "Architectural and Engineering Managers"
    assert "no profile" not in shown(cast.ada)


@pytest.mark.parametrize("sent", [{}, {"code": "99-9999.99"}, {"code": MANAGER, "role": "x"}])
def test_a_role_that_is_none_is_not_chosen(cast, sent):
    assert cast.ada.browser.post(f"{PAGE}role/choose/", sent).status_code == 404
    assert content(cast.ada) == {}


def test_without_a_calendar_the_week_is_forty_hours_and_mine_is_not_known(cast):
    choose(cast.ada)
    preview = next_queries.preview(cast.ada.person, MANAGER)
    profile = role_library.load().profile(MANAGER)
    assert preview.week == 40.0
    for kind in preview.kinds:
        demand = profile.demand(kind.kind)
        assert kind.asked == pytest.approx(40 * demand.share)
        assert (kind.low, kind.high) == pytest.approx((40 * demand.share_low, 40 * demand.share_high))
        assert kind.mine is None
    assert sum(kind.asked for kind in preview.kinds) == pytest.approx(40)
    assert "Mine is not known" in shown(cast.ada)


def test_with_a_calendar_its_kinds_stand_on_a_week_as_long_as_the_roles(cast):
    made.stand(cast.ada)
    choose(cast.ada)
    preview = next_queries.preview(cast.ada.person, MANAGER)
    hours = made_time(cast.ada).hours
    assert preview.week == 40.0
    for kind in preview.kinds:
        assert kind.mine == pytest.approx(40 * getattr(hours, kind.kind) / hours.work)
        place = "less" if kind.mine < kind.low else "more" if kind.mine > kind.high else "within"
        assert place in kind.says
    burning = 40 * hours.firefighting / hours.work
    assert sum(kind.mine for kind in preview.kinds) + burning == pytest.approx(40)
    page = shown(cast.ada)
    assert "you spend" in page
    assert f"{burning:.1f} h of it a week now" in page
    assert "O*NET" in page


def made_time(member):
    from fairlead.web.audits import queries

    return queries.newest_time(member.person)


def test_a_role_in_own_words_has_no_preview_and_everything_else(cast):
    cast.ada.browser.post(f"{PAGE}role/choose/", {"role": "Keeper of the Lighthouse"})
    page = shown(cast.ada)
    assert "Keeper of the Lighthouse" in page
    assert "Nothing is known here of this role" in page


def test_burdens_are_taken_one_by_one_and_own_ones_added(cast):
    burdens = load.direction_texts().burdens
    values = {f"burden_{at}": "" for at in range(len(burdens))}
    values |= {"burden_0": "not_for_me", "burden_2": "bearable", "burden_3": "fine"}
    cast.ada.browser.post(f"{PAGE}burdens/", values | {"own": "Night shifts"})
    assert content(cast.ada)["burdens"] == [
        [burdens[0].id, "not_for_me"],
        [burdens[2].id, "bearable"],
        [burdens[3].id, "fine"],
        ["Night shifts", "bearable"],
    ]
    page = shown(cast.ada)
    assert f"You have said something about 4 of {len(burdens) + 1}." in page
    assert re.search(rf"<dt>Not for me</dt><dd>{re.escape(burdens[0].label)}</dd>", page)
    cast.ada.browser.post(f"{PAGE}burdens/", {f"burden_{len(burdens)}": ""})
    assert "burdens" in content(cast.ada)
    assert content(cast.ada)["burdens"] == []


@pytest.mark.parametrize("wrong", [{"burden_0": "hated"}, {"own": "Right\u202eleft"}, {"own": "paperwork"}])
def test_a_burden_that_is_none_is_refused(cast, wrong):
    assert cast.ada.browser.post(f"{PAGE}burdens/", wrong).status_code == 422
    assert content(cast.ada) == {}


def test_the_guide_has_its_questions_and_keeps_what_was_heard(cast):
    page = cast.ada.browser.get(f"{PAGE}talk/").content.decode()
    for question in load.direction_texts().talk.questions:
        assert question.text.replace("'", "&#x27;") in page
    sent = {"heard": "Two lines\nof long days", "would_want": "2"}
    assert cast.ada.browser.post(f"{PAGE}talk/", sent).status_code == 302
    assert content(cast.ada)["heard"] == "Two lines\nof long days"
    assert content(cast.ada)["would_want"] == 2
    assert "Rather not" in shown(cast.ada)


def test_one_part_changes_and_the_others_stay(cast):
    choose(cast.ada)
    cast.ada.browser.post(f"{PAGE}talk/", {"heard": "Long days", "would_want": "4"})
    cast.ada.browser.post(f"{PAGE}burdens/", {"burden_0": "fine"})
    assert content(cast.ada)["heard"] == "Long days"
    assert content(cast.ada)["role"] == "Architectural and Engineering Managers"
    assert Sitting.objects.filter(section="next_level").count() == 1


def test_after_half_a_year_it_is_history_and_says_so(cast):
    choose(cast.ada)
    with time_machine.travel("2031-01-15T12:00:00Z", tick=False):
        cast.ada.browser.cookies.clear()
        cast.ada.browser.force_login(cast.ada.person.user)
        assert "is history now" in shown(cast.ada)


def test_nobody_else_meets_a_word_of_it(cast):
    cast.ada.browser.post(f"{PAGE}talk/", {"heard": "Quarzlibelle", "would_want": "1"})
    for path in ("", "talk/", "burdens/"):
        assert "Quarzlibelle" not in cast.eve.browser.get(PAGE + path).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_page_asks_the_same_whatever_was_said(cast, rows, django_assert_num_queries):
    said = [[one.id, "fine"] for one in load.direction_texts().burdens[:rows]]
    later_sittings.keep(actor=cast.ada.person, section="next_level", content={"burdens": said})
    cast.ada.browser.get(PAGE)
    with django_assert_num_queries(7):
        cast.ada.browser.get(PAGE)


def test_what_another_window_kept_meanwhile_stays(cast):
    person = cast.ada.person
    with windows.another_first(person, lambda: next_actions.keep(actor=person, heard="Planted")):
        next_actions.keep(actor=person, role="Lead")
    assert later_sittings.content_of(person, "next_level") == {"heard": "Planted", "role": "Lead"}
