"""An open survey as it stands after its launch: teams, seats, a box; and people who answer."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone
from tests.factories import PersonFactory

from fairlead.core.blocks import Organization, Team
from fairlead.core.disclosure import fingerprint
from fairlead.library.load import instrument_digest, instrument_text
from fairlead.web.feedback import mixing, terms
from fairlead.web.feedback.models import OPEN, USED, Seat, Survey
from fairlead.web.vault import writing

NOW = dt.datetime(2026, 3, 20, 9, 0, tzinfo=dt.UTC)
LAST_DAY = dt.date(2026, 3, 19)
SIZE = 4_000


@dataclass
class Opened:
    """A survey that takes answers, and the people of each team by the manager's number."""

    survey: Survey
    teams: dict[str, list[Any]]
    codes: dict[Any, str] = field(default_factory=dict)

    @property
    def people(self) -> list[Any]:
        return [one for members in self.teams.values() for one in members]

    def answer(self, person: Any, answers: list[int | None] | int, **more: Any) -> str:
        """Do what an answer does: the seat is used, the paper lies in the box."""
        count = len(terms.instrument_of(self.survey).questions())
        said = [answers] * count if isinstance(answers, int) else answers + [3] * (count - len(answers))
        seat = Seat.objects.get(survey=self.survey, owner=person)
        paper = {"team": seat.team, "lens": seat.lens, "answers": said, "comments": []} | more
        seat.used = USED
        seat.save(update_fields=["used"])
        mixing.in_company(seat.pk, survey=self.survey.pk)
        code = writing.drop(self.survey.pk, person.pk, paper)
        self.codes[person.pk] = code
        return code

    def everybody_answers(self, seed: int = 1, **more: Any) -> dict[Any, list[int]]:
        """Let everybody say something that differs from question to question."""
        chance, count = random.Random(seed), len(terms.instrument_of(self.survey).questions())
        said = {one.pk: [chance.choice((2, 3, 3, 4, 4, 5)) for _ in range(count)] for one in self.people}
        for one in self.people:
            self.answer(one, said[one.pk], **more)
        return said


def staff(count: int) -> list[Any]:
    """Give people who are in the roster and have no account: nothing about them costs time."""
    return [PersonFactory.create(user=None) for _ in range(count)]


def opened(
    teams: list[list[Any]],
    *,
    kind: str = "pulse",
    instrument: str = "",
    about: Any = None,
    lens: str = "",
    managers: list[Any] | None = None,
    closes_on: dt.date = LAST_DAY,
    family: str = "",
    k: int = 5,
    lenses: dict[Any, str] | None = None,
) -> Opened:
    """Launch a survey by hand: one team for each list of people, all under the first one's manager."""
    bosses = managers or ([about] if about is not None else staff(len(teams)))
    ids = [str(boss.pk) for boss in bosses]
    organization = Organization(
        teams=tuple(
            Team(id=name, above="" if not at else ids[0], members=tuple(str(one.pk) for one in members))
            for at, (name, members) in enumerate(zip(ids, teams, strict=True))
        ),
        alone=(),
    )
    name = instrument or ("pulse-fairness" if kind == "pulse" else "multiplier")
    survey = Survey(
        kind=kind, title="How it is", about=about, made_by=about, instrument=name, instrument_version="1.0",
        instrument_digest=instrument_digest(name), instrument_text=instrument_text(name), lens=lens, k=k,
        opens_on=closes_on - dt.timedelta(days=10), closes_on=closes_on, frozen_at=timezone.now(),
        state="open", organization=terms.kept(organization), family=family or f"{kind} {name} {ids[0]}",
    )  # fmt: skip
    survey.terms = fingerprint(organization, terms.policy_of(survey))
    survey.save(force_insert=True)
    made = Opened(survey, dict(zip(ids, teams, strict=True)))
    for team, members in made.teams.items():
        for one in members:
            said = (lenses or {}).get(one.pk, "")
            Seat.objects.create(owner=one, survey=survey, team=team, used=OPEN, lens=said)
    writing.make_box(survey.pk, size=SIZE, slots=len(made.people))
    return made
