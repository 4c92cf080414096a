"""The roster: what a file of people changes in what the organization knows, planned before it is done."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Final, Literal

from fairlead.core.problems import Problem
from fairlead.core.reporting_lines import OrgFacts, heads_of_units, org_facts
from fairlead.core.roster_rows import COLUMNS, LONGEST, RosterRow, Standing, track_of
from fairlead.core.roster_sieve import Sieve

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

__all__ = (
    "COLUMNS", "Changed", "FieldChange", "Leaving", "OrgFacts", "RosterPlan", "RosterRow", "Standing",
    "apply", "org_facts", "plan_roster",
)  # fmt: skip

_NAMED: Final = 10
_UNIT_HEADS: Final = 5
_MANY_PEOPLE: Final = 10
_MANY_SHARE: Final = 0.2
"""A file that marks more people than this, and more than this share, as left deserves a second look."""


_OPTIONAL: Final = COLUMNS[1:]


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldChange:
    """One thing that changes of one person; days as ``2026-01-31``, nothing as ``""``."""

    field: str
    before: str
    after: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """Somebody whose record changes: the whole record as it will be, and what is new in it."""

    row: RosterRow
    changes: tuple[FieldChange, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaving:
    """Somebody who leaves, or left: said by the file's column, or absent from a complete file."""

    id: str
    name: str
    on: date
    reason: str
    why: Literal["column", "absent"]
    line: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterPlan:
    """What an import would do, and what it refuses; nothing has happened yet.

    Rows in ``added``, ``changed`` and ``returned`` are whole records as they will stand: columns
    that the file lacks hold what stood, tracks are those of ``core.work.Track``, a manager whose
    row is refused is what it was. Somebody in ``left`` may be in ``changed`` too, with the other
    changes; ``unchanged`` counts the rows that say what stands already.
    """

    added: tuple[RosterRow, ...] = ()
    changed: tuple[Changed, ...] = ()
    left: tuple[Leaving, ...] = ()
    returned: tuple[RosterRow, ...] = ()
    unchanged: int = 0
    refused: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()
    new_units: tuple[str, ...] = ()

    @property
    def empty(self) -> bool:
        """Whether carrying it out would change nothing."""
        return not (self.added or self.changed or self.left or self.returned)


def plan_roster(
    rows: Iterable[RosterRow],
    standing: Iterable[Standing],
    *,
    file: str,
    columns: Collection[str],
    complete: bool,
    today: date,
    places: Mapping[str, int] | None = None,
) -> RosterPlan:
    """Plan what a file of people changes.

    Rows that cannot be taken are refused alone, each with a sentence, and the rest goes on. Of an id
    that comes twice with different details all rows are refused; copies count once. Of an e-mail
    address that comes twice the person keeps it who has it in the roster already; if nobody has,
    all rows are refused. Every row of a circle of managers is refused. A row whose manager's own
    row is refused is taken, and the manager stays what it was.

    Parameters
    ----------
    rows
        The rows of the file, text stripped; those that could not be read carry their problems.
    standing
        Everybody the organization knows, also those who left; each id once.
    file
        Its name, for sentences.
    columns
        Which of ``COLUMNS`` the file has. An absent column changes nothing, an empty cell in a
        present one empties the field.
    complete
        Whether the file holds everybody who works here: then whoever is absent is marked as left
        ``today``, and whoever had left and is in it has returned. Nobody is taken for absent while
        a row could not be told whose it is, before their first day, or with a leaving date already.
    today
        The day of the import.
    places
        The place of each column in the file, from 1, for sentences.

    Returns
    -------
    RosterPlan
        In order of lines. Carrying it out (``apply``) and planning the same file again on the same
        day or later gives an empty plan. The time grows linearly with people and rows.

    Examples
    --------
    >>> plan = plan_roster(
    ...     [
    ...         RosterRow(line=2, id="1", name="Ann", unit="Sales"),
    ...         RosterRow(line=3, id="2", name="Ben", manager_id="9"),
    ...     ],
    ...     [Standing(id="1", name="Ann")],
    ...     file="people.csv",
    ...     columns={"id", "name", "manager_id", "unit"},
    ...     complete=False,
    ...     today=date(2026, 1, 1),
    ... )
    >>> plan.changed[0].changes
    (FieldChange(field='unit', before='', after='Sales'),)
    >>> print(plan.refused[0])
    people.csv, line 3: There is no person with the id 9 in this file or in the roster. \
Use the id of a person, or leave it empty.
    """
    planner = _Planner(
        file=file,
        standing={person.id: person for person in standing},
        columns=frozenset(columns) | {"id", "name"},
        complete=complete,
        today=today,
    )
    return planner.plan(rows, dict(places or {}))


def apply(plan: RosterPlan, standing: Iterable[Standing]) -> tuple[Standing, ...]:
    """Give what stands after a plan is carried out; people keep their places, new ones come last.

    Examples
    --------
    >>> ann = Standing(id="1", name="Ann")
    >>> gone = Leaving(id="1", name="Ann", on=date(2026, 1, 1), reason="", why="absent", line=None)
    >>> apply(RosterPlan(left=(gone,)), [ann])[0].left
    datetime.date(2026, 1, 1)
    """
    people = {person.id: person for person in standing}
    for row in (*plan.added, *(one.row for one in plan.changed), *plan.returned):
        people[row.id] = _as_standing(row)
    for leaving in plan.left:
        people[leaving.id] = replace(people[leaving.id], left=leaving.on, left_reason=leaving.reason)
    return tuple(people.values())


def _as_standing(row: RosterRow) -> Standing:
    return Standing(**{name: getattr(row, name) for name in COLUMNS})


def _said(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""


def _some(people: Sequence[Standing], most: int = _NAMED) -> str:
    names = [f"{person.name} ({person.id})" for person in people[:most]]
    if len(people) > most:
        names.append(f"{len(people) - most:,} more")
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


class _Planner:
    """One file against what stands."""

    def __init__(
        self,
        *,
        file: str,
        standing: dict[str, Standing],
        columns: frozenset[str],
        complete: bool,
        today: date,
    ) -> None:
        self.file = file
        self.standing = standing
        self.columns = columns
        self.complete = complete
        self.today = today
        self.notices: list[Problem] = []
        self.of_rows: list[Problem] = []
        self.still_gone: list[Standing] = []

    def plan(self, rows: Iterable[RosterRow], places: Mapping[str, int]) -> RosterPlan:
        sieve = Sieve(self.file, self.standing, places, self.today)
        sieve.take([self._whole(row, sieve) for row in rows])
        lines = {row.line for row in sieve.rows.values()}
        sieve.notices += [one for one in self.of_rows if one.line in lines]
        taken = sorted(sieve.rows.values(), key=lambda row: row.line)
        added, changed, left, returned = [], [], [], []
        unchanged = 0
        for row in taken:
            before = self.standing.get(row.id)
            if before is None:
                added.append(row)
                continue
            changes, leaving, back = self._changes(before, row)
            if leaving:
                left.append(leaving)
            if back:
                returned.append(row)
            elif changes:
                changed.append(Changed(row=row, changes=changes))
            unchanged += not (changes or leaving or back)
        left += self._absent(sieve)
        plan = RosterPlan(
            added=tuple(added),
            changed=tuple(changed),
            left=tuple(left),
            returned=tuple(returned),
            unchanged=unchanged,
            refused=tuple(sorted(sieve.refused, key=lambda one: (one.line or 0, one.column or 0))),
            new_units=self._new_units(taken),
        )
        self._notice_people(plan, sieve)
        return replace(plan, notices=(*sieve.notices, *self.notices))

    def _whole(self, row: RosterRow, sieve: Sieve) -> RosterRow:
        """Fill in what stands where the file has no column, and put values into their one form."""
        before = self.standing.get(row.id)
        missing = {name: getattr(before, name) for name in _OPTIONAL if name not in self.columns and before}
        if before and self._gone(before) and "left" in missing:
            if self.complete:
                missing |= {"left": None, "left_reason": ""}
            else:
                self.still_gone.append(before)
        row = replace(row, **missing) if missing else row
        if "track" in self.columns and row.track:
            row = self._with_track(row, before, sieve)
        if row.left_reason and row.left is None:
            wrong = f"{row.name} ({row.id}) has a reason for leaving and no leaving date."
            right = "The reason is not kept; add the date."
            self.of_rows.append(sieve.problem(row, "left_reason", wrong, right))
            row = replace(row, left_reason="")
        return row

    def _with_track(self, row: RosterRow, before: Standing | None, sieve: Sieve) -> RosterRow:
        track = track_of(row.track)
        if track is None and len(row.track) <= LONGEST["track"]:
            stays = "stays as it is" if before and before.track else "stays open"
            wrong = f"“{row.track}” is none of the four tracks; the track of {row.name} ({row.id}) {stays}."
            right = "They are: people manager, individual-contributor leader, owner, expert."
            self.of_rows.append(sieve.problem(row, "track", wrong, right))
            return replace(row, track=before.track if before else "")
        return row if track is None else replace(row, track=track.value)

    def _gone(self, person: Standing) -> bool:
        return person.left is not None and person.left <= self.today

    def _changes(
        self, before: Standing, row: RosterRow
    ) -> tuple[tuple[FieldChange, ...], Leaving | None, bool]:
        changes = tuple(
            FieldChange(field=name, before=_said(getattr(before, name)), after=_said(getattr(row, name)))
            for name in _OPTIONAL
            if getattr(before, name) != getattr(row, name)
        )
        back = self._gone(before) and row.left is None
        if before.left is not None or row.left is None:
            return changes, None, back
        leaving = Leaving(
            id=row.id, name=row.name, on=row.left, reason=row.left_reason, why="column", line=row.line
        )
        return tuple(one for one in changes if one.field not in {"left", "left_reason"}), leaving, back

    def _absent(self, sieve: Sieve) -> list[Leaving]:
        """Find who is missing in a complete file, unless a row hides whose it is."""
        if not self.complete:
            return []
        absent = [
            person
            for person in self.standing.values()
            if person.id not in sieve.seen
            and person.left is None
            and (person.hired is None or person.hired <= self.today)
        ]
        if absent and (sieve.unread or not sieve.seen):
            wrong = "Nobody was marked as left, though the file is said to be complete:"
            lines = ", ".join(str(line) for line in sieve.unread[:_NAMED])
            why = f"whose row is in line {lines} is not known." if sieve.unread else "it names nobody."
            self._notice(f"{wrong} {why}", "Correct the file and import it again.")
            return []
        present = sum(person.left is None for person in self.standing.values())
        if len(absent) > max(_MANY_PEOPLE, _MANY_SHARE * present):
            wrong = f"This marks {len(absent):,} of {present:,} people as left."
            self._notice(wrong, "Is the file really complete, and are its ids those of the roster?")
        return [
            Leaving(id=person.id, name=person.name, on=self.today, reason="", why="absent", line=None)
            for person in absent
        ]

    def _new_units(self, taken: Sequence[RosterRow]) -> tuple[str, ...]:
        known = {person.unit for person in self.standing.values()}
        return tuple(dict.fromkeys(row.unit for row in taken if row.unit and row.unit not in known))

    # Notices

    def _notice(self, wrong: str, right: str, line: int | None = None) -> None:
        self.notices.append(Problem(file=self.file, line=line, wrong=wrong, right=right))

    def _notice_people(self, plan: RosterPlan, sieve: Sieve) -> None:
        if self.still_gone:
            verb = "is" if len(self.still_gone) == 1 else "are"
            wrong = f"{_some(self.still_gone)} {verb} in this file and marked as left in the roster."
            self._notice(wrong, "That stays so: the file has no column with leaving dates.")
        self._notice_zeros(plan)
        after = {person.id: person for person in apply(plan, self.standing.values())}
        for row in sieve.rows.values():
            boss = after.get(row.manager_id)
            if boss and boss.left and boss.left < self.today and not self._gone(after[row.id]):
                wrong = f"{boss.name} ({boss.id}), the manager of {row.name} ({row.id}), left on {boss.left}."
                sieve.notices.append(sieve.problem(row, "manager_id", wrong, "Who is the manager now?"))
        sieve.notices.sort(key=lambda one: one.line or 0)
        self._notice_units(plan.new_units)
        if "manager_id" in self.columns:
            self._notice_heads(after, sieve.left_open)

    def _notice_heads(self, after: Mapping[str, Standing], left_open: Collection[str]) -> None:
        heads = [
            person
            for person in after.values()
            if not person.manager_id and not self._gone(person) and person.id not in left_open
        ]
        if len(heads) > 1:
            wrong = f"{len(heads):,} people have no manager: {_some(heads)}."
            self._notice(wrong, "That can be right; else give each of the others a manager.")
        for unit, people in sorted(heads_of_units(after.values(), today=self.today).items()):
            if len(people) > 1:
                wrong = f"The unit {unit} has {len(people):,} heads: {_some(people, _UNIT_HEADS)}."
                right = "Nobody of the unit is the manager of any of them; that can be right."
                self._notice(wrong, right)

    def _notice_units(self, new: Sequence[str]) -> None:
        """Say so when two units differ only in capitals or spaces: one of them may be a slip."""
        known = dict.fromkeys(person.unit for person in self.standing.values())
        spelled: dict[str, str] = {}
        for unit in (*known, *new):
            other = spelled.setdefault("".join(unit.split()).casefold(), unit)
            if other != unit and unit not in known:
                self._notice(
                    f"The units “{other}” and “{unit}” differ only in capitals or spaces.",
                    "They count as two; spell them alike if they are one.",
                )

    def _notice_zeros(self, plan: RosterPlan) -> None:
        """Say so when a spreadsheet has dropped leading zeros: everybody would come in a second time."""
        known = {person.lstrip("0"): person for person in self.standing}
        pairs = [
            (row.id, known[bare])
            for row in plan.added
            if (bare := row.id.lstrip("0")) in known and known[bare] != row.id
        ]
        if pairs:
            count = "1 id differs" if len(pairs) == 1 else f"{len(pairs):,} ids differ"
            new, old = pairs[0]
            wrong = f"{count} from ids of the roster only in leading zeros ({new} and {old})."
            self._notice(wrong, "They count as different people; did a spreadsheet drop the zeros?")
