"""Which rows of a roster can be taken together: ids, e-mail addresses, managers, circles."""

from __future__ import annotations

import difflib
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from fairlead.core.problems import Problem
from fairlead.core.roster_rows import faults

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from fairlead.core.roster_rows import RosterRow, Standing

NAMED: Final = 20
"""People of a circle that a sentence names; a longer one says how many there are."""

SUGGESTED: Final = 20
COMPARED: Final = 200
"""Unknown managers for whom a similar id is looked for, and among how many: it takes long."""


class Sieve:
    """Refuse rows until the rest fits together and fits what stands.

    Refusing a row brings back what stood of that person, and that may clash with another row: so
    addresses and circles are looked at until nothing more is refused.
    """

    def __init__(
        self, file: str, standing: Mapping[str, Standing], places: Mapping[str, int], today: date
    ) -> None:
        self.file = file
        self.standing = standing
        self.places = places
        self.today = today
        self.rows: dict[str, RosterRow] = {}
        self.seen: dict[str, RosterRow] = {}
        self.refused: list[Problem] = []
        self.notices: list[Problem] = []
        self.left_open: set[str] = set()
        self.unread: list[int] = []
        self._holders: dict[str, dict[str, None]] = {}
        self._clashes: list[str] = []
        self._guesses = 0

    def take(self, rows: Iterable[RosterRow]) -> None:
        """Take what can be taken of the rows, which hold already what stands in columns a file lacks."""
        for row in self._one_each(rows):
            unread = row.problems and not row.id and not row.name
            wrong = [] if unread else list(faults(row, self.today))
            if row.problems or wrong:
                self.refused += row.problems
                self.refused += [self.problem(row, *one) for one in wrong]
            else:
                self.rows[row.id] = row
        self._managers_are_known()
        self._hold_addresses()
        self._one_address_each()
        while self._break_circles():
            self._one_address_each()
        for row in list(self.rows.values()):
            if row.manager_id and not self._is_there(row.manager_id):
                self._leave_open(row)

    def problem(self, row: RosterRow, column: str, wrong: str, right: str) -> Problem:
        """Say what is wrong in a row, with line and column."""
        return Problem(
            file=self.file, line=row.line, column=self.places.get(column), wrong=wrong, right=right
        )

    def named(self, person: str) -> str:
        """Give name and id of somebody in the file or in the roster."""
        found = self.seen.get(person) or self.standing.get(person)
        return f"{found.name} ({person})" if found and found.name else person

    def _one_each(self, rows: Iterable[RosterRow]) -> list[RosterRow]:
        """Keep one row for each id: copies collapse, rows that differ are all refused."""
        by_id: dict[str, list[RosterRow]] = {}
        kept: list[RosterRow] = []
        for row in rows:
            if row.id:
                by_id.setdefault(row.id, []).append(row)
            else:
                self.unread.append(row.line)
                kept.append(row)
        for person, same in by_id.items():
            first = self.seen[person] = same[0]
            if len(same) == 1:
                kept.append(first)
            elif all(replace(row, line=first.line) == first for row in same[1:]):
                self._copies(same)
                kept.append(first)
            else:
                self._same_id(same)
        return sorted(kept, key=lambda row: row.line)

    def _copies(self, same: Sequence[RosterRow]) -> None:
        lines = _list([str(row.line) for row in same[:NAMED]])
        wrong = f"The rows of {self.named(same[0].id)} in the lines {lines} are the same."
        self.notices.append(self.problem(same[0], "id", wrong, "They count once."))

    def _same_id(self, same: Sequence[RosterRow]) -> None:
        first = same[: NAMED + 1]
        for row in same:
            others = _list([str(other.line) for other in first if other is not row])
            wrong = f"The id “{row.id}” stands in line {others} too, with other details."
            right = "Give each person an id of their own; keep one row for each person."
            self.refused += [*row.problems, self.problem(row, "id", wrong, right)]

    def _refuse(self, row: RosterRow, column: str, wrong: str, right: str) -> None:
        """Refuse a row that had been taken: what stood of this person stands again."""
        del self.rows[row.id]
        self.refused.append(self.problem(row, column, wrong, right))
        if row.email and row.id in self._holders.get(row.email.casefold(), ()):
            del self._holders[row.email.casefold()][row.id]
        before = self.standing.get(row.id)
        if before is not None and before.email and self._holders:
            self._hold(before.email, row.id)

    # Addresses

    def _hold_addresses(self) -> None:
        for person in self.standing.values():
            if person.id not in self.rows:
                self._hold(person.email, person.id)
        for row in self.rows.values():
            self._hold(row.email, row.id)

    def _hold(self, email: str, person: str) -> None:
        if not email:
            return
        holders = self._holders.setdefault(email.casefold(), {})
        holders[person] = None
        if len(holders) > 1:
            self._clashes.append(email.casefold())

    def _one_address_each(self) -> None:
        """Refuse rows with somebody else's address; whoever had it in the roster keeps it."""
        while self._clashes:
            email = self._clashes.pop()
            holders = list(self._holders[email])
            owners = [person for person in holders if self._owns(person, email)]
            if len(holders) < 2:
                continue
            for person in holders:
                if person in self.rows and person not in owners:
                    shown = (owners or holders)[: NAMED + 1]
                    self._same_address(self.rows[person], [other for other in shown if other != person])

    def _owns(self, person: str, email: str) -> bool:
        before = self.standing.get(person)
        return before is not None and before.email.casefold() == email

    def _same_address(self, row: RosterRow, others: Sequence[str]) -> None:
        told = _list([self._whereabouts(other) for other in others])
        wrong = f"The e-mail address {row.email} is also that of {told}."
        right = "Give each person an address of their own; if both are one person, keep one id."
        self._refuse(row, "email", wrong, right)

    def _whereabouts(self, person: str) -> str:
        row, before = self.seen.get(person), self.standing.get(person)
        if row is not None:
            return f"{self.named(person)} in line {row.line}"
        left = f", who left on {before.left}," if before and before.left else ""
        return f"{self.named(person)}{left} in the roster"

    # Managers

    def _managers_are_known(self) -> None:
        for row in list(self.rows.values()):
            boss = row.manager_id
            if boss == row.id:
                right = "Give the id of somebody else, or leave it empty for whoever heads the organization."
                self._refuse(row, "manager_id", f"{row.name} ({row.id}) reports to themselves.", right)
            elif boss and boss not in self.seen and boss not in self.standing:
                wrong = f"There is no person with the id {boss} in this file or in the roster."
                near = self._near(boss)
                right = f"Did you mean {near}?" if near else "Use the id of a person, or leave it empty."
                self._refuse(row, "manager_id", wrong, right)

    def _near(self, wanted: str) -> str:
        self._guesses += 1
        if self._guesses > SUGGESTED:
            return ""
        known = list(dict.fromkeys((*self.seen, *self.standing)))
        plain = _bare(wanted)
        same = next((person for person in known if _bare(person) == plain), "")
        if same:
            return same
        # A slip of one letter leaves the first or the second half as it was: few are worth comparing.
        start, end = wanted[: len(wanted) // 2], wanted[(len(wanted) + 1) // 2 :]
        alike = [
            person
            for person in known
            if abs(len(person) - len(wanted)) <= 1 and (person.startswith(start) or person.endswith(end))
        ]
        found = difflib.get_close_matches(wanted, alike[:COMPARED], n=1, cutoff=0.6)
        return found[0] if found else ""

    def _is_there(self, person: str) -> bool:
        return person in self.rows or person in self.standing

    def _manager_of(self, person: str) -> str:
        """Give whom somebody would report to if the rows taken so far came in."""
        row, before = self.rows.get(person), self.standing.get(person)
        if row is not None and (not row.manager_id or self._is_there(row.manager_id)):
            return row.manager_id
        return before.manager_id if before else ""

    def _circles(self) -> list[list[str]]:
        met: dict[str, int] = {}
        found = []
        for walk, start in enumerate(self.rows):
            path, at = [], start
            while at and at not in met:
                met[at] = walk
                path.append(at)
                at = self._manager_of(at)
            if at and met[at] == walk:
                found.append(path[path.index(at) :])
        return found

    def _break_circles(self) -> bool:
        """Refuse every row of every circle; say whether there was one."""
        broken = False
        for circle in self._circles():
            shown = " → ".join(self.named(person) for person in circle[:NAMED])
            more = f" → … ({len(circle):,} people in all)" if len(circle) > NAMED else ""
            first = self.seen.get(circle[0]) or self.standing[circle[0]]
            wrong = f"The reporting lines go round in a circle: {shown}{more} → {first.name}."
            for person in circle:
                if person in self.rows:
                    broken = True
                    self._refuse(self.rows[person], "manager_id", wrong, "Correct one of these managers.")
        return broken

    def _leave_open(self, row: RosterRow) -> None:
        """Take a row whose manager's own row is refused: the manager stays as it was."""
        before = self.standing.get(row.id)
        boss = before.manager_id if before else ""
        stays = f"stays {self.named(boss)}" if boss else "stays open"
        wrong = f"The row of {self.named(row.manager_id)}, the manager of {row.name}, is refused."
        self.notices.append(
            self.problem(row, "manager_id", wrong, f"{row.name} is taken, and the manager {stays}.")
        )
        self.rows[row.id] = replace(row, manager_id=boss)
        if not boss:
            self.left_open.add(row.id)


def _bare(person: str) -> str:
    """Fold an id as spreadsheets change it: leading zeros, a decimal point, letters' case, spaces."""
    folded = "".join(person.casefold().split()).removesuffix(".0")
    return folded.lstrip("0") or folded


def _list(parts: Sequence[str]) -> str:
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"
