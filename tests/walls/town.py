"""A town: an organization made by chance that is asked and answers, with a word of its own in each comment.

Everything goes the way it goes for everybody: launched, answered, closed and released by the house. With
``http`` also what is done on pages is done on pages. What everybody answered is kept here, for the attackers'
own tests to compare with.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from dataclasses import dataclass, field
from html import unescape
from typing import TYPE_CHECKING, Any, Final

import numpy as np
import time_machine
from tests.cast import Browser
from tests.factories import GrantFactory
from tests.organization import sign_in
from tests.walls.attacker import random_organization

from fairlead.web.feedback import actions, answering, launching, surveys, terms
from fairlead.web.feedback.models import Seat, Survey
from fairlead.web.people.models import Person, User
from fairlead.web.roster.models import Position

if TYPE_CHECKING:
    from collections.abc import Iterable

    from fairlead.core.blocks import Organization
    from fairlead.library.schema import Instrument

FIRST: Final = dt.datetime(2026, 3, 2, 9, tzinfo=dt.UTC)
LONG_AGO: Final = dt.date(2024, 1, 1)
SECOND_WAVE: Final = 70
"""Days from the first wave to the second."""

ROLES: Final = ("people_operations", "system_admin", "auditor", "works_council", "equality_analyst")
MOODS: Final = (0.65, 0.9, 0.12, 0.5)
SAYS: Final = ("verbatim", "verbatim", "themes", "not to the manager")
CODE: Final = re.compile(r'<code id="code">([0-9A-Z-]{29})</code>')
HIDDEN: Final = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)"')


def letters(number: int, size: int = 3) -> str:
    """Write a number without a digit, so that digits on a page are never somebody's name."""
    found = ""
    for _ in range(size):
        number, rest = divmod(number, 20)
        found += "bcdfghjklmnpqrstvwxz"[rest]
    return found


@dataclass(frozen=True)
class Wrote:
    """Who wrote a comment, and who may read it."""

    author: Any
    choice: str


@dataclass
class Held:
    """One survey with the truth about it: answers by person, comments by their words."""

    survey: Survey
    said: dict[Any, list[int | None]] = field(default_factory=dict)
    team_of: dict[Any, str] = field(default_factory=dict)
    lens_of: dict[Any, str] = field(default_factory=dict)
    wrote: dict[str, Wrote] = field(default_factory=dict)
    codes: dict[Any, str] = field(default_factory=dict)

    @property
    def instrument(self) -> Instrument:
        return terms.instrument_of(self.survey)


class Town:
    """People with accounts, reporting lines, one person in each privileged role."""

    def __init__(
        self, seed: int, people: int = 0, *, http: bool = False, organization: Organization | None = None
    ) -> None:
        """Make everybody; nothing is asked yet."""
        self.seed, self.http = seed, http
        self.rng = np.random.default_rng([2026, seed])
        self.mood = MOODS[seed % len(MOODS)]
        self.rate = float(self.rng.choice([0.55, 0.8, 0.95]))
        self.skips = float(self.rng.choice([0.0, 0.04, 0.2]))
        self.same_minds = seed % 2 == 0
        made = organization or random_organization(self.rng, people or int(self.rng.integers(20, 61)))
        self.people: dict[str, Person] = {}
        self.held: dict[str, Held] = {}
        self._join(made)
        self._give_roles()

    def _join(self, made: Organization) -> None:
        boss = {one: team.id for team in made.teams for one in team.members}
        names = [*made.alone, *boss]
        self._add(names)
        positions = [
            Position(person=self.people[one], manager=self.people.get(boss.get(one, "")), since=LONG_AGO)
            for one in names
        ]
        Position.objects.bulk_create(positions)

    def _add(self, names: Iterable[str]) -> None:
        """Make people with accounts; nobody types a password here, so none is hashed."""
        names = list(names)
        first = len(self.people)
        words = [f"{letters(first + at)} {letters(self.seed)}".title() for at in range(len(names))]
        mails = [f"{word.replace(' ', '.').lower()}@example.org" for word in words]
        users = User.objects.bulk_create([User(email=mail, password="!") for mail in mails])
        hired = [dt.date(2026 - int(self.rng.choice([0, 2, 5, 9])), 1, 1) for _ in names]
        made = Person.objects.bulk_create(
            Person(user=user, name=word, number=letters(first + at), email=mail, hired=day)
            for at, (user, word, mail, day) in enumerate(zip(users, words, mails, hired, strict=True))
        )
        self.people |= dict(zip(names, made, strict=True))

    def _give_roles(self) -> None:
        """Let those who lead nobody hold the roles, as far as there are any."""
        leading = set(Position.objects.exclude(manager=None).values_list("manager_id", flat=True))
        free = [one for one in self.people.values() if one.pk not in leading]
        self.roles = dict(zip(ROLES, free[-len(ROLES) :], strict=True))
        two = list(self.people.values())[:2]
        for role, person in self.roles.items():
            GrantFactory.create(person=person, role=role, proposed_by=two[0], confirmed_by=two[1])

    # --- what happens, day by day

    def clock(self, day: int, hour: int = 9) -> Any:
        """Be on one day after the first."""
        return time_machine.travel(FIRST.replace(hour=hour) + dt.timedelta(days=day), tick=False)

    def tick(self, day: int) -> None:
        """Let the house do what is due in the morning of a day."""
        with self.clock(day, hour=6):
            actions.tick()

    def managers(self) -> list[Person]:
        """Give those who lead somebody, the largest team first."""
        teams: dict[Any, int] = defaultdict(int)
        for boss in (
            Position.objects.exclude(manager=None).filter(until=None).values_list("manager", flat=True)
        ):
            teams[boss] += 1
        known = {one.pk: one for one in self.people.values()}
        return [known[pk] for pk in sorted(teams, key=lambda pk: (-teams[pk], known[pk].name))]

    def launch(
        self, name: str, kind: str, questionnaire: str, day: int, *, about: Person | None = None,
        lens: str = "", people: tuple[Any, ...] = (), days: int = 7,
    ) -> Held:  # fmt: skip
        """Ask: by people operations, or by ``about`` themselves."""
        actor = about or self.roles["people_operations"]
        with self.clock(day):
            first = FIRST.date() + dt.timedelta(days=day)
            offered = next(one for one in terms.offered(kind) if one.id == questionnaire)
            last = first + dt.timedelta(days=days)
            if self.http and kind != "role":
                survey = self._launch_on_pages(actor, name, kind, offered.digest, first, last, lens)
            else:
                wanted = surveys.Wanted(
                    title=name,
                    questionnaire=offered,
                    opens_on=first,
                    closes_on=last,
                    lens=lens,
                    people=people,
                )
                survey = launching.freeze(actor, surveys.begin(actor, kind, wanted, about=about))
        self.held[name] = Held(survey)
        for seat in Seat.objects.filter(survey=survey):
            self.held[name].team_of[seat.owner_id] = seat.team
            self.held[name].lens_of[seat.owner_id] = seat.lens
        return self.held[name]

    def _launch_on_pages(
        self, actor: Person, name: str, kind: str, digest: str, first: dt.date, last: dt.date, lens: str
    ) -> Survey:
        browser = sign_in(actor, Browser(), fresh=True)
        way = "pulse" if kind == "pulse" else "managers"
        sent = {"title": name, "questionnaire": digest, "opens_on": first, "closes_on": last, "lens": lens,
                "k": "5", "unit": ""}  # fmt: skip
        answer = browser.post(f"/feedback/new/{way}/", sent)
        assert answer.status_code == 302, answer.content.decode()
        survey = Survey.objects.get(title=name)
        hidden = dict(HIDDEN.findall(browser.get(answer["Location"]).content.decode()))
        answer = browser.post(f"/feedback/surveys/{survey.pk}/launch/", {"seen": hidden["seen"]})
        assert answer.status_code == 302, answer.content.decode()
        survey.refresh_from_db()
        assert survey.state == "open"
        return survey

    def answer(
        self, held: Held, day: int, *, before: Held | None = None, rate: float | None = None,
        but: frozenset[Any] = frozenset(),
    ) -> None:  # fmt: skip
        """Let most of those who are asked answer, some write a comment, and one or two take it back."""
        seats = {
            seat.owner_id: seat for seat in Seat.objects.filter(survey=held.survey).select_related("owner")
        }
        order = sorted(seats, key=lambda pk: seats[pk].owner.name)
        self.rng.shuffle(order)
        with self.clock(day):
            for pk in order:
                known = before.said.get(pk) if before is not None else None
                stays_away = before is not None and pk in before.team_of and known is None
                likely = (1 if self.same_minds else 0.97) if known is not None else rate or self.rate
                if pk in held.said or pk in but or stays_away or self.rng.random() > likely:
                    continue
                self.answer_one(held, seats[pk], known if self.same_minds else None)
        held.survey.refresh_from_db()

    def answer_one(self, held: Held, seat: Seat, said: list[int | None] | None = None) -> None:
        """Let one person answer, and perhaps write a comment."""
        instrument = held.instrument
        said = said or self._says(seat.team, len(instrument.questions()))
        comments = self._writes(held, instrument, seat.owner_id)
        answers = {one.id: value for one, value in zip(instrument.questions(), said, strict=True)}
        if self.http:
            code = self._answer_on_pages(seat, answers, comments)
        else:
            code = answering.send(seat.owner, seat, answers, comments)
        held.said[seat.owner_id], held.codes[seat.owner_id] = said, code

    def _says(self, team: str, questions: int) -> list[int | None]:
        head = next((one.name for one in self.people.values() if str(one.pk) == team), "")
        leaning = np.random.default_rng([self.seed, *head.encode()]).normal(self.mood, 0.15)
        raw = np.clip(np.rint(1 + 4 * self.rng.normal(leaning, 0.2, questions)), 1, 5).astype(int)
        said = [None if self.rng.random() < self.skips else int(one) for one in raw]
        return said if any(said) else [3, *said[1:]]

    def _writes(self, held: Held, instrument: Instrument, author: Any) -> list[answering.Comment]:
        asked = instrument.comment_items()
        if not asked or self.rng.random() > 0.6:
            return []
        item = asked[int(self.rng.integers(len(asked)))]
        own = held.survey.about_id is not None
        choice = "verbatim" if own else SAYS[int(self.rng.integers(len(SAYS)))]
        text = f"heron{letters(len(held.wrote), 2)}{letters(int(self.rng.integers(8_000)))} helps"
        held.wrote[text] = Wrote(author, choice)
        return [answering.Comment(item.id, text, choice)]

    def _answer_on_pages(
        self, seat: Seat, answers: dict[str, int | None], comments: list[answering.Comment]
    ) -> str:
        browser, path = sign_in(seat.owner, Browser()), f"/feedback/answer/{seat.pk}/"
        sent = {f"answer-{name}": str(value or "") for name, value in answers.items()}
        for one in comments:
            sent |= {f"comment-{one.question}": one.text, f"choice-{one.question}": one.choice}
        page = browser.post(path, sent | {"go": "review"})
        carried = {name: unescape(value) for name, value in HIDDEN.findall(page.content.decode())}
        carried.pop("csrfmiddlewaretoken", None)
        found = CODE.search(browser.post(path, carried | sent | {"go": "send"}).content.decode())
        assert found is not None
        return found[1]

    def withdraw(self, held: Held, day: int, person: Any) -> None:
        """Let somebody take their answers back."""
        seat = Seat.objects.select_related("owner").get(survey=held.survey, owner=person)
        with self.clock(day):
            assert answering.withdraw(seat.owner, seat, held.codes.pop(person))
        del held.said[person]
        held.wrote = {text: one for text, one in held.wrote.items() if one.author != person}

    def people_come_and_go(self, day: int) -> tuple[int, int]:
        """Let one to five leave and one to five come, near the bottom."""
        leading = {one.pk for one in self.managers()} | {one.pk for one in self.roles.values()}
        free = [one for one in self.people.values() if one.pk not in leading]
        left, came = (int(one) for one in self.rng.integers(1, 6, 2))
        last = FIRST.date() + dt.timedelta(days=day)
        for person in free[: min(left, max(0, len(free) - 1))]:
            Person.objects.filter(pk=person.pk).update(left=last)
            Position.objects.filter(person=person).update(until=last)
            User.objects.filter(pk=person.user_id).update(is_active=False)
        bosses = self.managers()
        names = [f"new{one}" for one in range(came)]
        self._add(names)
        Position.objects.bulk_create(
            Position(person=self.people[one], manager=bosses[int(self.rng.integers(len(bosses)))], since=last)
            for one in names
        )
        return left, came

    def live(self, *, waves: bool = True) -> Town:
        """Ask everything that can be asked, let it be answered, close it, and ask the pulse once more."""
        about = self.managers()[0]
        asked = [one.pk for one in self.people.values() if one != about][:14]
        self.launch("Pulse", "pulse", "pulse-fairness", 0, lens=["", "tenure"][self.seed % 3 == 0])
        self.launch("Upward", "upward", ("multiplier", "role-audit-others")[self.seed % 2], 0)
        other = ("role-audit-others", "multiplier")[self.seed % 2]
        self.launch("Role", "role", other, 0, about=about, people=tuple(asked))
        for held in self.held.values():
            self.answer(held, 3)
            if len(held.said) > 6:
                self.withdraw(held, 4, next(iter(held.said)))
        self.tick(8)
        if waves:
            self.people_come_and_go(30)
            second = self.launch(
                "Pulse again", "pulse", "pulse-fairness", SECOND_WAVE, lens=self.held["Pulse"].survey.lens
            )
            self.answer(second, SECOND_WAVE + 3, before=self.held["Pulse"])
            self.tick(SECOND_WAVE + 8)
        for held in self.held.values():
            held.survey.refresh_from_db()
        return self
