"""Everybody signs in, reads every page, and all of them put together what they read: nobody is found out.

``FAIRLEAD_ATTACKED=200`` attacks so many organizations in the slow run instead of two.
"""

from __future__ import annotations

import json
import logging
import os
import re
import time
from dataclasses import replace
from fractions import Fraction
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest
from django.core import mail
from django.http import HttpResponse
from django.urls import path
from tests.walls.page_attacker import (
    Attack,
    Behind,
    differing,
    plain,
    strange,
)
from tests.walls.page_bounds import extremes, still_open
from tests.walls.page_reading import Page, Reader, Said, ends, figures_on, readers_of
from tests.walls.town import SECOND_WAVE, Town

from fairlead.core import disclosure
from fairlead.core.blocks import Organization, Team
from fairlead.render.feedback_content import _Laying
from fairlead.web import release, urls, vault
from fairlead.web.feedback import queries, terms
from fairlead.web.feedback.models import Report, Seat
from fairlead.web.roster.models import Position

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairlead.web.people.models import Person

pytestmark = pytest.mark.django_db

QUICK = (1, 2)
MANY = int(os.environ.get("FAIRLEAD_ATTACKED", "2"))
ANSWERS = 3
"""Values of five that stay possible."""


def read(town: Town, *, papers: bool, day: int = SECOND_WAVE + 9) -> list[Reader]:
    """Let everybody read: every page, or only what leads to figures where many are like them."""
    readers = readers_of(town)
    with town.clock(day):
        for one in readers:
            few = one.name.startswith("manager") and one.name not in {"manager 0", "manager 1"}
            one.walk(papers=papers and one.name in {"people_operations", "manager 0"}, few=few)
    return readers


def attacked(town: Town, caplog: Any, *, papers: bool = False) -> Attack:
    """Attack all that a town's people can read, with logs and mails."""
    readers = read(town, papers=papers)
    others = caplog.text + "\n".join(f"{one.subject}\n{one.body}" for one in mail.outbox)
    return Attack(town, readers, others=others).all()


def found_out(seed: int, caplog: Any, *, http: bool = False, papers: bool = False) -> Attack:
    """Make one town, let it live, and attack it."""
    caplog.set_level(logging.DEBUG)
    begun = time.process_time()
    town = Town(seed, http=http).live()
    found = attacked(town, caplog, papers=papers)
    answers = sum(
        value is not None for held in town.held.values() for said in held.said.values() for value in said
    )
    print(  # noqa: T201 - the figures are quoted in the documents
        f"\npage attacker: town {seed} of {len(town.people)} people, {len(found.readers)} readers, "
        f"{len(found.pages)} pages, {len(found.said)} figures, {answers} answers, {found.solved} bounds, "
        f"{found.pairs} pairs of comment lists, fewest values {found.fewest}, smallest group "
        f"{found.smallest}, {len(found.wins)} wins, "
        f"{time.process_time() - begun:.1f} s"
    )
    return found


# --- nobody is found out -------------------------------------------------------------------------


@pytest.mark.parametrize("seed", QUICK)
def test_nobody_is_found_out_by_all_pages_of_everybody_together(seed, caplog):
    """The second town does everything on pages that can be done on pages."""
    found = found_out(seed, caplog, http=seed == QUICK[1], papers=seed == QUICK[0])
    assert found.wins == []
    assert found.fewest >= ANSWERS
    assert len(found.said) > 100
    assert {reader.name for reader in found.readers} >= {
        "visitor", "people_operations", "system_admin", "auditor", "works_council", "equality_analyst",
        "manager 0", "manager 1", "who answered", "who did not",
    }  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(3, 3 + MANY))
def test_nobody_is_found_out_in_many_towns(seed, caplog):
    found = found_out(seed, caplog, papers=seed % 20 == 3)
    assert found.wins == []
    assert found.fewest >= ANSWERS


# --- who answered --------------------------------------------------------------------------------


def opened(seed: int) -> tuple[Town, Any]:
    """Make a town in which a survey has been open for two days, and nobody has answered."""
    town = Town(seed, people=34)
    held = town.launch("Pulse", "pulse", "pulse-fairness", 0)
    town.launch("Upward", "upward", "multiplier", 0)
    town.tick(1)
    return town, held


def pages_of(town: Town, people: Sequence[tuple[str, Any]], guesses: Sequence[str] = ()) -> list[Page]:
    found = []
    with town.clock(3):
        for name, person in people:
            found += Reader(name, person).walk(guesses, papers=False).pages.values()
    return found


def told_apart(town: Town, held: Any, guesses: Sequence[str] = ()) -> list[str]:
    """Read as everybody who stays away, let the others answer, read again, and name what is different."""
    watching: list[tuple[str, Any]] = [("visitor", None), *town.roles.items()]
    watching += [(f"manager {at}", one) for at, one in enumerate(town.managers()[:2])]
    away = frozenset(one.pk for _name, one in watching if one is not None)
    town.answer(held, 2, rate=0.4, but=away)
    assert len(held.said) > 5
    before = pages_of(town, watching, guesses)
    so_far = len(held.said)
    town.answer(held, 3, rate=0.5, but=away)
    assert len(held.said) > so_far + 2
    return differing(before, pages_of(town, watching, guesses))


def test_while_a_survey_is_open_no_page_of_anybody_changes_when_others_answer():
    town, held = opened(5)
    assert told_apart(town, held) == []


def alike(page: Page, person: Any) -> str:
    """Give a page without its reader's name and without numbers of objects."""
    text = plain(page)
    for own in (person.name, person.user.email, person.name.split()[0], person.name.split()[0].lower()):
        text = text.replace(own, "#")
    return re.sub(r"[0-9a-f]{8}-[0-9a-f-]{27}|[0-9a-f]{32}", "*", text)


def test_when_a_survey_is_over_somebody_who_answered_reads_what_somebody_who_did_not_reads():
    town = Town(4, people=40)
    held = town.launch("Pulse", "pulse", "pulse-fairness", 0)
    town.answer(held, 2, rate=0.6)
    town.tick(8)
    leading = {one.pk for one in [*town.managers(), *town.roles.values()]}
    teams: dict[str, dict[bool, Person]] = {}
    for person in town.people.values():
        if person.pk not in leading:
            teams.setdefault(held.team_of[person.pk], {})[person.pk in held.said] = person
    pairs = [both for both in teams.values() if len(both) == 2]
    assert pairs
    for both in pairs[:3]:
        with town.clock(9):
            told = []
            for person in both.values():
                # Not the list of colleagues whom they might ask: it leaves out whoever reads it.
                guess = f"/feedback/answer/{Seat.objects.get(owner=person).pk}/"
                pages = Reader("", person).walk([guess], papers=False).pages
                pages.pop("/feedback/new/work/")
                told.append(
                    {
                        re.sub(r"[0-9a-f-]{36}", "*", place): alike(page, person)
                        for place, page in pages.items()
                    }
                )
        assert told[0] == told[1]


LIVE: list[Any] = []
"""The survey whose figures ``live`` tells; the walls see to it that no page could ask the box itself."""


def live(_request: Any) -> HttpResponse:
    """Show figures before the close: a mistake."""
    behind = Behind(LIVE[-1])
    cells = disclosure.release(
        behind.company.ballots, behind.company.organization, behind.company.policy
    ).cells
    return HttpResponse(
        "\n".join(f"{one.question} {one.shown.at}" for one in cells), content_type="text/plain"
    )


urlpatterns = [*urls.urlpatterns, path("feedback/reports/live/", live)]
handler400, handler403, handler404 = urls.handler400, urls.handler403, urls.handler404


def test_figures_before_the_close_are_found(settings):
    settings.ROOT_URLCONF = __name__
    town, held = opened(5)
    LIVE.append(held)
    place = "/feedback/reports/live/"
    found = told_apart(town, held, [place])
    assert {one.split(": ")[1] for one in found} == {place}


def test_a_seat_that_others_can_read_is_found(monkeypatch):
    """Somebody's page that says whether the first in the list has answered."""
    town, held = opened(5)
    first = sorted(held.team_of, key=str)[:12]
    whom = queries.whom

    def telling(survey: Any) -> str:
        with vault.on_duty("test"):
            used = Seat.objects.filter(survey=survey, owner__in=first)
            return f"{whom(survey)} {''.join(seat.used for seat in used)}"

    monkeypatch.setattr(queries, "whom", telling)
    assert told_apart(town, held)


# --- planted mistakes: the attacker is awake -----------------------------------------------------


def small_town(seed: int = 1) -> Town:
    """Make a town with teams of eleven, six and four under one head, and five beside them."""
    names = iter(f"p{number}" for number in range(1, 60))
    team, other, few, own = ([next(names) for _ in range(count)] for count in (11, 6, 4, 5))
    made = Organization(
        teams=(
            Team(id="p0", members=("a", "b", "c", *own)),
            Team(id="a", above="p0", members=tuple(team)),
            Team(id="b", above="p0", members=tuple(other)),
            Team(id="c", above="p0", members=tuple(few)),
        ),
        alone=("p0",),
    )
    town = Town(seed, organization=made)
    town.skips = 0.0
    return town


def closed(town: Town, name: str = "pulse-fairness", kind: str = "pulse") -> Any:
    held = town.launch("Pulse", kind, name, 0)
    town.answer(held, 2, rate=1)
    town.tick(8)
    held.survey.refresh_from_db()
    assert held.survey.state == "released"
    return held


def wins(town: Town) -> list[str]:
    readers = read(town, papers=False, day=9)
    return Attack(town, readers).all().wins


def test_the_small_town_gives_nothing_away():
    town = small_town()
    closed(town)
    assert wins(town) == []


def exact(town: Town, held: Any) -> Callable[[Report], dict[str, Any]]:
    """Give figures of reports with the means as they are: a mistake."""
    behind, true = Behind(held), release.figures_of

    def figures(report: Report) -> dict[str, Any]:
        told = true(report)
        reach = "team" if report.reach == "team" else "organization"
        label = reach, "" if report.about_id is None else str(report.about_id)
        for cell in told["cells"]:
            rows = behind.of(cell["question"], label)
            mean = behind.given(cell["question"])[rows].mean()
            cell["shown"] |= {"at": round(float(mean), 2), "end": "", "step": 0.05}
        return told

    return figures


def test_exact_means_are_found(monkeypatch):
    town = small_town()
    town.mood = 0.97
    held = closed(town)
    monkeypatch.setattr(release, "figures_of", exact(town, held))
    assert [one for one in wins(town) if "somebody's answer is one of" in one]


def test_a_figure_of_four_is_found():
    town = small_town()
    held = closed(town)
    boss = town.people["c"]
    assert not Report.objects.filter(about=boss).exists()
    question = held.instrument.questions()[0].id
    four = [said[0] for pk, said in held.said.items() if held.team_of[pk] == str(boss.pk)]
    assert len(four) == 4
    at = float((Fraction(sum(four), 4) + Fraction(1, 2)).__floor__())
    shown = {"at": at, "end": "", "step": 1.0, "people_from": 5, "people_to": 7}
    cell = {"question": question, "reach": "team", "group": str(boss.pk), "shown": shown, "value": "",
            "trend": "", "held": False, "as_of": None, "agreement": ""}  # fmt: skip
    told = {"cells": [cell], "withheld": [], "participation": [], "lens": "", "k": 5,
            "some_in_no_figure": False, "closed_on": "2026-03-09", "earlier_on": None}  # fmt: skip
    Report.objects.create(
        survey=held.survey, about=boss, reach="team", figures=release.sealed("figures", told)
    )
    # Everybody less the blocks and these four is one person: the four give away a fifth.
    assert [one for one in wins(town) if one.startswith(f"{question}: figures single out")]


def test_comments_shown_at_two_levels_are_found():
    """Sixteen people's comments on one page, and those of eleven of them on another: five are left."""
    team, own = ([f"{name}{number}" for number in range(count)] for name, count in (("t", 11), ("o", 5)))
    made = (Team(id="p0", members=("a", *own)), Team(id="a", above="p0", members=tuple(team)))
    town = Town(1, organization=Organization(teams=made, alone=("p0",)))
    held = closed(town)
    whole = Report.objects.filter(survey=held.survey, reach="organization").first()
    if whole is None:
        figures = release.figures_of(Report.objects.get(survey=held.survey, about=None))
        whole = Report(survey=held.survey, about=town.people["p0"], reach="organization")
        whole.figures = release.sealed("figures", figures)
    boss = town.people["a"]
    inside = {one.pk for one in town.people.values() if held.team_of.get(one.pk)}
    texts = [text for text, one in held.wrote.items() if one.choice == "verbatim" and one.author in inside]
    of_team = [text for text in texts if held.team_of[held.wrote[text].author] == str(boss.pk)]
    assert 0 < len(of_team) < len(texts)
    whole.comments = release.sealed(
        "comments", [{"question": "", "text": text, "choice": "verbatim"} for text in texts]
    )
    whole.save()
    found = wins(town)
    assert [one for one in found if "without those of" in one or "show other comments" in one]


def test_a_count_of_those_who_answered_is_found(monkeypatch):
    town = small_town()
    closed(town)
    monkeypatch.setattr(_Laying, "_rate", lambda _self: "7 of 8.")
    assert [one for one in wins(town) if "“7 of 8" in one]


def test_a_comment_that_people_operations_reads_beside_the_themes_is_found(monkeypatch):
    """Words that were meant for the manager word for word, and for nobody else."""
    town = small_town()
    closed(town)
    monkeypatch.setattr(release, "others_comments_of", lambda report: [
        {**one, "choice": "themes"} for one in release.comments_of(report)
    ])  # fmt: skip
    assert [one for one in wins(town) if "(verbatim)" in one]


def test_answers_in_a_log_are_found():
    town = small_town()
    held = closed(town)
    said = next(iter(held.said.values()))
    found = Attack(town, [], others=f"DEBUG paper {json.dumps(said)}")
    found.words()
    assert found.wins


def test_a_scale_that_says_more_than_its_questions_is_found(monkeypatch):
    town = small_town()
    closed(town)
    drawn = _Laying._scale

    def finer(self: Any, scale: Any) -> Any:
        found, items = drawn(self, scale)
        if found.range is None:
            return found, items
        middle = found.range.middle
        return replace(
            found, range=replace(found.range, low=middle - 0.01, high=middle + 0.01), step=0.05
        ), items

    monkeypatch.setattr(_Laying, "_scale", finer)
    assert [one for one in wins(town) if "a scale says more" in one]


# --- the attacker's own tools --------------------------------------------------------------------


def test_pages_are_read_as_they_are_written():
    town = small_town()
    held = closed(town)
    (boss,) = Report.objects.filter(about=town.people["a"], reach="team")
    with town.clock(9):
        page = Reader("boss", town.people["a"]).get(f"/feedback/reports/{boss.pk}/")
    shown = {one["question"]: one for one in release.figures_of(boss)["cells"]}
    said = {one.question: one for one in figures_on(page) if one.of == "question"}
    assert set(said) == set(shown)
    for name, cell in shown.items():
        assert said[name].agreement == cell["agreement"]
        if cell["agreement"] == "differently":
            assert said[name].figure == ""
        else:
            low, high = ends(said[name].figure)
            at, step = Fraction(str(cell["shown"]["at"])), Fraction(str(cell["shown"]["step"]))
            inner = (low is None or low <= at) and (high is None or at <= high)
            assert inner, (cell, said[name])
            assert None in (low, high) or high - low == step
    assert strange(page, terms.instrument_of(held.survey)) == []


def by_trying(sizes: Sequence[int], sums: Sequence[Any]) -> list[int]:
    """Count the values that one answer of each class can have, by trying all totals."""
    totals = np.array(np.meshgrid(*[np.arange(n, 5 * n + 1) for n in sizes])).reshape(len(sizes), -1)
    for inside, low, high in sums:
        total = totals[list(inside)].sum(axis=0)
        totals = totals[:, (low <= total) & (total <= high)]
    return [
        len({x for total in set(row.tolist()) for x in range(1, 6) if n - 1 <= total - x <= 5 * (n - 1)})
        for n, row in zip(sizes, totals, strict=True)
    ]


def test_the_program_finds_what_trying_everything_finds():
    rng = np.random.default_rng(3)
    tried = 0
    for _ in range(60):
        sizes = tuple(int(one) for one in rng.integers(1, 8, 3))
        truth = [int(rng.integers(n, 5 * n + 1)) for n in sizes]
        sums = []
        for inside in ((0,), (0, 1), (0, 1, 2), (2,)):
            total = sum(truth[one] for one in inside)
            sums.append((inside, total - int(rng.integers(0, 4)), total + int(rng.integers(0, 4))))
        assert list(still_open(sizes, tuple(sums), ())) == by_trying(sizes, sums)
        tried += 1
    assert tried == 60


def test_figures_that_cannot_all_be_true_are_told():
    with pytest.raises(AssertionError, match="no answers at all"):
        extremes((5,), (((0,), 20, 25), ((0,), 5, 10)), (0,))


def test_a_figure_knows_its_words():
    one = Said("r", "question", "q", "between 3½ and 4½", "5 to 7 people", "The team of X sees this alike.")
    assert (one.agreement, one.held) == ("alike", False)
    assert ends("between 2⅞ and 3⅛") == (Fraction(23, 8), Fraction(25, 8))
    assert ends("4.2 or more") == (Fraction(21, 5), None)
    assert ends("½ or less") == (None, Fraction(1, 2))
    page = Page("x", "/feedback/reports/x/", 200, "<main><p>7 people said 41, on 2 March 2026.</p></main>")
    assert strange(page, type("None", (), {"items": ()})) == ["  said 41, on  ."]


def test_the_town_is_what_it_says():
    town = Town(1, people=30)
    assert len(town.people) == 30
    assert Position.objects.count() == 30
    assert set(town.roles) <= {grant.role for person in town.people.values() for grant in person.grants.all()}
