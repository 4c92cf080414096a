"""Every read of this room; each begins with the person, and finds nobody else's rows."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from django.utils import timezone

from fairlead.library import load
from fairlead.library.practice import SKILLS, Occasion
from fairlead.web.growth import holdings, later_today, measuring, philosophy_queries, skill_today
from fairlead.web.growth.models import Experiment, Feed, Skill, Training
from fairlead.web.growth.planned import Planned, planned
from fairlead.web.rooms import offers
from fairlead.web.today import Today

if TYPE_CHECKING:
    from fairlead.library.practice import Practice as TryThis
    from fairlead.library.practice import PracticePage
    from fairlead.web.growth.measuring import Change
    from fairlead.web.people.models import Person

FIELDS: Final = holdings.FIELDS
export = holdings.export
published_philosophies = philosophy_queries.published_philosophies

PEOPLE_SIDE: Final = frozenset(
    {"developing_people", "conflict_navigation", "culture_shaping", "people_under_stress"}
)
"""The skills that are about people: what is most seldom taught (row 73)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A skill that another room points at, and why."""

    about: str
    word: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """An experiment with its practices and what came of it."""

    row: Experiment
    planned: tuple[Planned, ...]
    change: Change | None
    is_due: bool

    @property
    def state(self) -> str:
        """How far it is, in words."""
        if self.row.again is not None:
            return "measured again"
        if self.row.ended_on is not None:
            return "stopped early"
        return "due: measure again" if self.is_due else "running"


@dataclass(frozen=True, slots=True, kw_only=True)
class Home:
    """What the home of the room shows."""

    skill: Skill | None
    tried: Tried | None
    waiting: tuple[Skill, ...]
    past: tuple[Skill, ...]
    suggestions: tuple[Suggestion, ...]


def home(person: Person) -> Home:
    """Give the one skill, the list behind it, what is past, and what other rooms point at."""
    skills = list(Skill.objects.filter(owner=person))
    open_one = next((one for one in skills if one.is_open), None)
    now = running(open_one) if open_one else None
    waiting = tuple(one for one in skills if one.state == Skill.State.WAITING)
    past = (one for one in skills if one.ended_on is not None)
    ahead = {one.about for one in (open_one, *waiting) if one is not None}
    return Home(
        skill=open_one,
        tried=tried(now) if now else None,
        waiting=waiting,
        past=tuple(sorted(past, key=lambda one: (one.ended_on, one.made_at), reverse=True)),
        suggestions=tuple(one for one in suggestions(person) if one.about not in ahead),
    )


def suggestions(person: Person) -> list[Suggestion]:
    """Give what the newest reading and the person's direction point at, each skill once."""
    found: dict[str, str] = {}
    for _room, ask in offers("occasions", "wished_skills"):
        for about, why in ask(person):
            found.setdefault(about, why)
    for _room, ask in offers("queries", "skill_wish"):
        wish = ask(person)
        if wish is not None:
            found.setdefault(*wish)
    return [
        Suggestion(about=about, word=SKILLS[about], why=why)
        for about, why in found.items()
        if about in SKILLS
    ]


def experiments(skill: Skill) -> list[Tried]:
    """Give what was tried for a skill, newest first."""
    rows = Experiment.objects.filter(skill=skill).select_related("skill").prefetch_related("practices")
    return [tried(one) for one in rows]


def running(skill: Skill) -> Experiment | None:
    """Give the experiment of a skill that runs, if one does."""
    return Experiment.objects.filter(skill=skill, ended_on=None).first()


def tried(experiment: Experiment) -> Tried:
    """Lay an experiment out."""
    return Tried(
        row=experiment,
        planned=tuple(planned(one, experiment.skill.about) for one in experiment.practices.all()),
        change=measuring.change(experiment),
        is_due=experiment.ended_on is None and timezone.localdate() >= experiment.due_on,
    )


def page(about: str) -> PracticePage | None:
    """Give the page of practices of a skill."""
    return load.practices().get(about)


def occasions(person: Person) -> list[Any]:
    """Give the person's next recurring meetings, projected from their newest calendar."""
    return [one for _room, ask in offers("occasions", "next_occasions") for one in ask(person)]


def ways_to_try(person: Person, page: PracticePage) -> list[tuple[TryThis, list[Any]]]:
    """Give each practice with the next meetings it fits; nobody plans when something goes wrong."""
    ahead = occasions(person)
    return [
        (
            one,
            [it for it in ahead if one.fits in {it.fits, Occasion.ANY}][:3] if one.fits != "incident" else [],
        )
        for one in page.practices
    ]


def skill_about(person: Person, about: str) -> Skill | None:
    """Give the person's skill of that kind that is open or waits."""
    ahead = [Skill.State.OPEN, Skill.State.WAITING]
    return Skill.objects.filter(owner=person, about=about, state__in=ahead).first()


def feed_of(person: Person) -> Feed | None:
    """Give the calendar address, of which the secret itself is not known here."""
    return Feed.objects.filter(person=person).first()


# --- training --------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """The training register: every entry, which kind I have had for which skill, what is open."""

    entries: tuple[Training, ...]
    kinds: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    people_side: str
    gaps: tuple[Suggestion, ...]


def register(person: Person) -> Register:
    """Give the register of support (rows 73, 152)."""
    entries = sorted(
        Training.objects.filter(owner=person),
        key=lambda one: (one.day is not None, one.day or timezone.localdate(), one.made_at),
        reverse=True,
    )
    had = [one for one in entries if one.state == Training.State.DONE]
    about = [word for word in (*SKILLS, "") if any(one.about == word for one in had)]
    rows = tuple(
        (
            SKILLS.get(word, "No skill in particular"),
            *(_count(had, word, kind) for kind in Training.Kind.values),
        )
        for word in about
    )
    covered = {one.about for one in entries}
    return Register(
        entries=tuple(entries),
        kinds=tuple(str(one) for one in Training.Kind.labels),
        rows=rows,
        people_side=_people_side(had),
        gaps=tuple(one for one in suggestions(person) if one.about not in covered),
    )


def _count(had: list[Training], word: str, kind: str) -> str:
    found = sum(one.about == word and one.kind == kind for one in had)
    return str(found) if found else "none"


def _people_side(had: list[Training]) -> str:
    """Say whether the people side was ever taught (row 73)."""
    taught = [one for one in had if one.about in PEOPLE_SIDE and one.kind == Training.Kind.TRAINING]
    if not taught:
        return (
            "No training for the people side stands here: developing people, conflict, culture, people under "
            "stress. If you had one long ago, write it down; if nobody ever taught it, that is worth knowing "
            "before you call it a lack of talent."
        )
    days = [one.day for one in taught if one.day is not None]
    last = f", last in {max(days):%B %Y}" if days else ""
    count = f"{len(taught)} training{'s' if len(taught) != 1 else ''}"
    return f"For the people side you have had {count}{last}."


# --- Today -----------------------------------------------------------------------------------


def today(person: Person) -> Today | None:
    """Say what is due of the one skill, and what waits from mentors, coaching and the plan."""
    own, more = skill_today.part(person), later_today.waiting(person)
    if own is None:
        return Today(waiting=more) if more else None
    return Today(do=own.do, waiting=own.waiting + more)
