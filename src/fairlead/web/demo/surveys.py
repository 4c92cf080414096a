"""What the demo company was asked, and how it answered: each story once more, seen by others."""

from __future__ import annotations

from datetime import timedelta
from random import Random
from typing import TYPE_CHECKING, Final
from uuid import UUID

from django.utils import timezone

from fairlead.core.work import LEADING_COMPETENCIES, MANAGING_COMPETENCIES
from fairlead.web.demo.clock import on
from fairlead.web.feedback import actions, answering, launching, surveys, terms
from fairlead.web.feedback.models import Seat, Survey
from fairlead.web.people.models import Person
from fairlead.web.roster.models import Position, Unit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from fairlead.core.released_comments import Choice
    from fairlead.library.schema import Instrument, Item
    from fairlead.web.demo.cast import Member
    from fairlead.web.feedback.answering import Comment

Kind = Survey.Kind

_LEADING: Final = frozenset(
    (*LEADING_COMPETENCIES, "style.vision", "informal_leadership", "determination", "multiplier.growing",
     "multiplier.backing", "multiplier.room", "multiplier.strengths")
)  # fmt: skip
_MANAGING: Final = frozenset((*MANAGING_COMPETENCIES, "style.clearing"))

ASKING: Final = frozenset({"people_lead", "informal"})
"""Who of the cast asks the others."""

MOOD: Final[Mapping[str, Mapping[str, float]]] = {
    "Manufacturing": {"safety": 2.3, "initiative": 2.1, "change": 2.2, "order": 3.9, "bench": 2.4},
    "Product": {"order": 2.1, "alignment": 2.5, "purpose": 4.3, "initiative": 4.1},
    "Customer Care": {"safety": 2.6, "initiative": 2.4, "change": 2.6, "order": 2.2, "bench": 1.9},
    "Engineering": {"bench": 2.3, "purpose": 4.0, "discussion": 3.9},
    "Field Service": {"leadership_culture": 4.3, "safety": 4.2, "discussion": 4.2},
}
"""How it is to work in a unit, 1 to 5 by scale; what is not said is middling."""

MOVED: Final[Mapping[str, Mapping[str, float]]] = {
    "Engineering": {"safety": -0.7, "bench": -0.4},
    "Field Service": {"alignment": 0.6},
    "Product": {"order": -0.4},
}
"""What changed from the first wave of the pulse to the second."""

COMMENTS: Final[tuple[tuple[str, Choice], ...]] = (
    ("Keep telling us why a thing is needed before asking for it.", "verbatim"),
    ("I would like to hear about changes before they are decided.", "verbatim"),
    ("Fewer things at once would help most.", "verbatim"),
    ("Thank you for taking time when something goes wrong.", "verbatim"),
    ("Priorities change between Monday and Wednesday, and nobody says so.", "themes"),
    ("Meetings start late and end without anybody knowing who does what.", "themes"),
    ("Let people finish the work they began.", "verbatim"),
    ("There is nobody to ask when it is urgent.", "not to the manager"),
    ("More practice before the next release, less heroism after it.", "verbatim"),
    ("The plan and the work have little to do with each other.", "themes"),
)
"""What some people of the company write, and who may read it."""


def stage(people: Mapping[str, Person], cast: Mapping[str, Member], today: date) -> None:
    """Ask the company, let it answer and release: two waves of a pulse, four surveys about people.

    ``people`` are the persons of the cast by key. Everything goes the way it goes for everybody: the
    same launch, the same box, the same release.
    """
    staged = _Staged(people, cast, today)
    staged.pulse(weeks_ago=16, wave=0)
    staged.upward_of_everybody()
    staged.colleagues_about_informal_leader()
    staged.four_answers()
    staged.pulse(weeks_ago=2, wave=1)
    staged.open_one()


class _Staged:
    """The surveys of one company, one after the other."""

    def __init__(self, people: Mapping[str, Person], cast: Mapping[str, Member], today: date) -> None:
        self.people, self.cast, self.today = people, cast, today
        self.operations = people["people_lead"]
        self.member_of = {person.pk: cast[key] for key, person in people.items()}
        self.units = _units()
        self.numbers = {str(pk): number for pk, number in Person.objects.values_list("pk", "number")}

    def pulse(self, *, weeks_ago: int, wave: int) -> None:
        """Ask everybody how it is to work here."""
        first = self.today - timedelta(weeks=weeks_ago, days=1)
        survey = self._launch(
            Kind.PULSE,
            "How it is to work here",
            "pulse-culture",
            first=first,
            days=10,
            lens="tenure",
        )
        self._answer(survey, share=0.82, on_day=first + timedelta(days=4), wave=wave)
        self._close(survey)

    def upward_of_everybody(self) -> None:
        """Ask each team about its manager; closed two days ago."""
        first = self.today - timedelta(days=16)
        survey = self._launch(
            Kind.UPWARD, "How our managers lead and manage", "role-audit-others", first=first, days=14
        )
        self._answer(survey, share=0.86, on_day=first + timedelta(days=6))
        self._close(survey)

    def colleagues_about_informal_leader(self) -> None:
        """Let the informal leader ask colleagues about her work: she leads without reports (row 171)."""
        me = self.people["informal"]
        first = self.today - timedelta(days=20)
        with on(first):
            colleagues = [
                person for person, unit in self.units.items() if unit == "Field Service" and person != me.pk
            ]
        survey = self._launch(
            Kind.ROLE, "My work, seen by others", "role-audit-others", first=first, days=12,
            about=me, people=tuple(sorted(colleagues)[:12]),
        )  # fmt: skip
        self._answer(survey, share=0.95, on_day=first + timedelta(days=5))
        self._close(survey)

    def four_answers(self) -> None:
        """Let a manager ask seven people, of whom four answer: no figure, and a way to ask openly."""
        first = self.today - timedelta(days=12)
        survey = self._launch(
            Kind.UPWARD, "Do I make the team stronger?", "multiplier", first=first, days=9,
            about=self.operations,
        )  # fmt: skip
        self._answer(survey, share=1, on_day=first + timedelta(days=2), most=4)
        self._close(survey)

    def open_one(self) -> None:
        """Ask one unit; it is open, most have answered, and the cast has not."""
        first = self.today - timedelta(days=5)
        unit = Unit.objects.get(name="Engineering")
        survey = self._launch(
            Kind.UPWARD, "What makes us stronger", "multiplier", first=first, days=14, unit=unit
        )
        self._answer(survey, share=0.5, on_day=first + timedelta(days=1), but=frozenset(self.member_of))

    def _launch(
        self, kind: str, title: str, questionnaire: str, *, first: date, days: int, lens: str = "",
        unit: Unit | None = None, about: Person | None = None, people: tuple[UUID, ...] = (),
    ) -> Survey:  # fmt: skip
        actor = about or self.operations
        found = next(one for one in terms.offered(kind) if one.id == questionnaire)
        with on(first):
            draft = surveys.begin(
                actor,
                kind,
                surveys.Wanted(
                    title=title,
                    questionnaire=found,
                    opens_on=first,
                    closes_on=first + timedelta(days=days),
                    unit=unit,
                    lens=lens,
                    people=people,
                ),
                about=about,
            )
            survey = launching.freeze(actor, draft)
        # Nobody gets letters about a survey of the past.
        Survey.objects.filter(pk=survey.pk).update(reminders=3, made_at=survey.frozen_at)
        return survey

    def _answer(
        self, survey: Survey, *, share: float, on_day: date, wave: int = 0, most: int | None = None,
        but: frozenset[UUID] = frozenset(),
    ) -> None:  # fmt: skip
        random = Random(f"{survey.title}-{wave}")  # noqa: S311 - the demo answers alike each time
        instrument = terms.instrument_of(survey)
        seats = list(Seat.objects.filter(survey=survey).select_related("owner"))
        seats.sort(key=lambda seat: seat.owner.number or "")
        sent = 0
        with on(on_day):
            for seat in seats:
                taking_part = random.random() < share and seat.owner_id not in but
                if not taking_part or (most is not None and sent >= most):
                    continue
                answers = self._answers(instrument, seat, random, wave)
                answering.send(seat.owner, seat, answers, self._comments(survey, instrument, random))
                sent += 1

    def _answers(
        self, instrument: Instrument, seat: Seat, random: Random, wave: int
    ) -> dict[str, int | None]:
        about = {scale.id: scale for scale in instrument.scales}
        own = random.gauss(0, 0.25)
        said: dict[str, int | None] = {}
        for item in instrument.items:
            if not item.options:
                continue
            if random.random() < 0.04:
                said[item.id] = None
                continue
            scale = about[item.scales[0]]
            level = self._level(instrument, seat, scale.id, str(scale.about), wave)
            said[item.id] = _picked(item, level + own, random)
        return said

    def _level(self, instrument: Instrument, seat: Seat, scale: str, about: str, wave: int) -> float:
        if instrument.asks == "pulse":
            unit = self.units.get(seat.owner_id, "")
            moved = MOVED.get(unit, {}).get(scale, 0.0) if wave else 0.0
            return MOOD.get(unit, {}).get(scale, 3.4) + moved
        member = self.member_of.get(UUID(seat.team)) if seat.team else None
        leaning = Random(self.numbers.get(seat.team) or "")  # noqa: S311 - seen alike each time
        managing = member.managing if member and member.managing else leaning.uniform(2.8, 4.2)
        leading = member.leading if member and member.leading else leaning.uniform(2.8, 4.2)
        if about in _LEADING or about.endswith(".leading"):
            return leading
        if about in _MANAGING or about.endswith(".managing"):
            return managing
        return 2.0 if about == "boss" else 3.2

    def _comments(self, survey: Survey, instrument: Instrument, random: Random) -> list[Comment]:
        asked = instrument.comment_items()
        if not asked or random.random() > 0.35:
            return []
        text, choice = random.choice(COMMENTS)
        if survey.about_id is not None:  # nobody of people operations reads these
            choice = "verbatim"
        return [answering.Comment(random.choice(asked).id, text, choice)]

    def _close(self, survey: Survey) -> None:
        """Let the house do what is due on the day after the last one."""
        with on(survey.closes_on + timedelta(days=1)):
            actions.tick()
        survey.refresh_from_db()
        if survey.state != Survey.State.RELEASED:
            raise RuntimeError(f"“{survey.title}” was not released: {survey.refusal or survey.state}")
        now = survey.closed_at or timezone.now()
        Survey.objects.filter(pk=survey.pk).update(released_at=now)


def _picked(item: Item, level: float, random: Random) -> int:
    said = min(5, max(1, round(level + random.gauss(0, 0.45))))
    return 6 - said if item.reverse else said


def _units() -> dict[UUID, str]:
    """Give the unit of everybody who is here today, by name."""
    today = Position.objects.on(timezone.localdate()).exclude(unit=None)
    return dict(today.values_list("person_id", "unit__name"))
