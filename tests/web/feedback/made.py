"""Surveys that have closed and were released: what pages, files and lists of reports are tested on."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.web.feedback.boxed import NOW, opened, staff

from fairlead.web.feedback import closing, terms
from fairlead.web.feedback.models import Report, Survey

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from tests.web.feedback.boxed import Opened


def asked(survey: Survey) -> list[str]:
    """The ids of the questions, in order."""
    return [one.id for one in terms.instrument_of(survey).questions()]


def answers(survey: Survey, usual: int, **others: int | None) -> list[int | None]:
    """One person's answers: the usual one, and others to those questions that are named."""
    return [others.get(name, usual) for name in asked(survey)]


def closed(made: Opened) -> Survey:
    """Close and count it, as ``tick`` does."""
    closing.close_due(NOW.replace(year=made.survey.closes_on.year + 1))
    made.survey.refresh_from_db()
    return made.survey


def make_released_survey(
    teams: Sequence[Sequence[Any]],
    said: Callable[[Survey, Any, int], list[int | None] | int | None] = lambda _survey, _person, at: (
        4 - at % 2
    ),
    *,
    comments: Callable[[Any, int], list[dict[str, str]]] = lambda _person, _at: [],
    **more: Any,
) -> Survey:
    """Ask these teams, let people answer, and release it.

    ``said(survey, person, place in the team)`` gives somebody's answers, one for all questions, or
    nothing; ``comments(person, place)`` what they write. The rest is as in ``boxed.opened``.
    """
    made = opened([list(team) for team in teams], **more)
    for members in made.teams.values():
        for at, one in enumerate(members):
            told = said(made.survey, one, at)
            if told is not None:
                made.answer(one, told, comments=comments(one, at))
    return closed(made)


def report_of(survey: Survey, about: Any = None, reach: str = "team") -> Report:
    """The report of one group."""
    return Report.objects.get(survey=survey, about=about, reach="whole" if about is None else reach)


def team_report(about: Any, members: Sequence[Any] = (), size: int = 8, **more: Any) -> Report:
    """A released report of a team about its manager; ``members`` are in it, the others invented."""
    team = [*members, *staff(size - len(members))]
    kind = more.pop("kind", "upward")
    if kind == "upward":
        more.setdefault("managers", [about])
    else:
        more.setdefault("about", about)
    return report_of(make_released_survey([team], kind=kind, **more), about)
