"""Who is who in a calendar: the person, their reports, manager, peers, other functions, outside.

Relations come from addresses given by hand, or from a people table
(``id,name,email,manager_id,unit,title,level,track,hired,left,left_reason``; only id and name are
needed). Nothing here leaves the machine, and a calendar's reading keeps counts, not people.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Final

from fairlead.core.problems import BadInput, Problem
from fairlead.core.work import Relation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from fairlead.sources.files import Table

PEOPLE_COLUMNS: Final = (
    "id",
    "name",
    "email",
    "manager_id",
    "unit",
    "title",
    "level",
    "track",
    "hired",
    "left",
    "left_reason",
)
"""The columns of a people table; only the first two are needed, others may be absent."""

PUBLIC_MAIL: Final = frozenset((
    "aol.com", "fastmail.com", "freenet.de", "gmail.com", "gmx.at", "gmx.ch", "gmx.de", "gmx.net",
    "googlemail.com", "hey.com", "hotmail.com", "icloud.com", "live.com", "mac.com", "mail.com",
    "mail.ru", "mailbox.org", "me.com", "msn.com", "outlook.com", "outlook.de", "posteo.de",
    "proton.me", "protonmail.com", "qq.com", "t-online.de", "web.de", "yahoo.com", "yahoo.de",
    "ymail.com", "zoho.com",
))  # fmt: skip
"""Mail providers open to anybody: sharing one says nothing about working together."""

_ADDRESS: Final = re.compile(r"[^\s@<>,;\"]+@[^\s@<>,;\"]+")


def plain_address(text: str) -> str:
    """Give the bare lower-case address in ``mailto:Ann@Example.com`` or ``Ann <ann@example.com>``.

    A text without an address gives ``""``.
    """
    found = _ADDRESS.search(text.replace("%40", "@"))
    if found is None:
        return ""
    address = found.group().casefold()
    return address.removeprefix("mailto:").removeprefix("smtp:").strip("'")


def plain_name(text: str) -> str:
    """Fold a name so that ``"Müller, Ann "`` and ``"ann müller"`` are the same person."""
    folded = unicodedata.normalize("NFKC", text).casefold().strip(" '\"")
    if folded.count(",") == 1:
        last, first = folded.split(",")
        folded = f"{first} {last}"
    return " ".join(folded.split())


@dataclass(frozen=True, slots=True, kw_only=True)
class Who:
    """The person whose calendar it is, and who others are to them.

    ``addresses`` and ``names`` are the person's own. ``reports`` are direct reports in order, by
    address (or ``name:`` and folded name where the table has no address), ``report_labels`` their
    names or addresses. ``team`` are reports of reports: they count as reports, yet a meeting with
    one of them is nobody's one-to-one. ``units`` gives the unit of an address or name. ``table`` is
    kept only until the calendar says who the person is.
    """

    addresses: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    report_labels: tuple[str, ...] = ()
    managers: frozenset[str] = frozenset()
    peers: frozenset[str] = frozenset()
    team: frozenset[str] = frozenset()
    units: Mapping[str, str] = field(default_factory=dict)
    own_unit: str = ""
    domains: frozenset[str] = frozenset()
    same_person: Mapping[str, str] = field(default_factory=dict)
    guessed: bool = False
    notes: tuple[str, ...] = ()
    table: Table | None = None

    def key(self, address: str, name: str = "") -> str:
        """Give the one key of somebody seen under an address, a name or both."""
        address, folded = plain_address(address), plain_name(name)
        for seen in (address, f"name:{folded}" if folded else ""):
            if seen and seen in self.same_person:
                return self.same_person[seen]
        return address or (f"name:{folded}" if folded else "")

    def is_me(self, address: str, name: str = "") -> bool:
        """Say whether this is the person; a name decides only where there is no address."""
        plain = plain_address(address)
        if plain:
            return plain in self.addresses
        return plain_name(name) in self.names

    def relation(self, address: str, name: str = "") -> Relation:
        """Say who this is to the person."""
        if self.is_me(address, name):
            return Relation.SELF
        key = self.key(address, name)
        if key in self.addresses:
            return Relation.SELF
        if key in self.reports or key in self.team:
            return Relation.REPORT
        if key in self.managers:
            return Relation.MANAGER
        if key in self.peers:
            return Relation.PEER
        unit = self.units.get(key, "")
        if unit and self.own_unit:
            return Relation.PEER if unit == self.own_unit else Relation.OTHER_FUNCTION
        domain = plain_address(address).rpartition("@")[2]
        if domain and self.domains and not self.is_own_domain(domain):
            return Relation.OUTSIDE
        return Relation.UNKNOWN

    def is_own_domain(self, domain: str) -> bool:
        """Say whether a domain, a part of it or its parent, is the person's own."""
        return any(
            domain == own or domain.endswith("." + own) or own.endswith("." + domain) for own in self.domains
        )

    def report_number(self, address: str, name: str = "") -> int:
        """Give the position of a direct report in ``reports``, or -1."""
        key = self.key(address, name)
        return self.reports.index(key) if key in self.reports else -1

    def named(self, addresses: Sequence[str], names: Sequence[str], note: str) -> Who:
        """Return the same people with the person's own addresses, found by looking at the calendar."""
        base = replace(
            self,
            addresses=tuple(addresses),
            names=tuple(names) or self.names,
            domains=self.domains or own_domains(addresses),
            guessed=True,
            notes=(*self.notes, note),
            table=None,
        )
        if self.table is None:
            return base
        try:
            return _from_table(base, addresses, self.table)
        except BadInput as unknown:
            return replace(base, notes=(*base.notes, str(unknown)))


def own_domains(addresses: Iterable[str]) -> frozenset[str]:
    """Give the domains of one's own addresses, without those of public mail providers."""
    domains = {plain_address(address).rpartition("@")[2] for address in addresses}
    return frozenset(domain for domain in domains if domain and domain not in PUBLIC_MAIL)


def who(me: Sequence[str], reports: Sequence[str] = (), people: Table | None = None) -> Who:
    """Put together who is who.

    Parameters
    ----------
    me
        The person's addresses, or with a people table their id or name. Empty: the calendar is
        asked later (see ``Who.named``).
    reports
        Addresses of direct reports, in the order in which they shall be shown.
    people
        A people table; then reports, manager, peers and other functions come from it.
    """
    mine = tuple(dict.fromkeys(filter(None, map(plain_address, me))))
    by_hand = tuple(dict.fromkeys(filter(None, map(plain_address, reports))))
    for kind, given, found in (("me", me, mine), ("reports", reports, by_hand)):
        if not people:
            _all_are_addresses(kind, given, found)
    base = Who(
        addresses=mine,
        names=tuple(plain_name(text) for text in me if not plain_address(text)),
        reports=by_hand,
        report_labels=by_hand,
        domains=own_domains(mine),
    )
    return base if people is None else _from_table(base, me, people)


def _all_are_addresses(kind: str, given: Sequence[str], found: Sequence[str]) -> None:
    wrong = [text for text in given if not plain_address(text)]
    if wrong and len(found) < len(given):
        raise BadInput(
            Problem(
                file=f"--{kind}",
                wrong=f"'{wrong[0]}' is not an e-mail address.",
                right="Write addresses as ann@example.com, several with commas between.",
            )
        )


@dataclass(frozen=True, slots=True)
class _Row:
    id: str
    name: str
    keys: tuple[str, ...]
    manager: str
    unit: str
    gone: bool

    @property
    def key(self) -> str:
        return self.keys[0]


def _rows(people: Table) -> dict[str, _Row]:
    for column in ("id", "name"):
        if column not in people.columns:
            raise BadInput(
                Problem(
                    file=people.file,
                    line=people.header_line,
                    wrong=f"There is no column '{column}'.",
                    right=f"A people table needs id and name and may have {', '.join(PEOPLE_COLUMNS[2:])}; "
                    f"other names with --map theirs=ours.",
                )
            )
    rows: dict[str, _Row] = {}
    for line, cells in people.records():
        row = _row(people, line, cells)
        if row.id in rows:
            raise _bad(
                people, line, f"The id '{row.id}' comes twice.", "Give each person an id of their own."
            )
        rows[row.id] = row
    for line, cells in people.records():
        boss = cells.get("manager_id", "").strip()
        if boss and boss not in rows:
            raise _bad(
                people, line, f"The manager_id '{boss}' is nobody's id.", "Use the id of a row of this table."
            )
    return rows


def _row(people: Table, line: int, cells: Mapping[str, str]) -> _Row:
    number, name = cells.get("id", "").strip(), cells.get("name", "").strip()
    if not number or not name:
        raise _bad(people, line, "The id or the name is empty.", "Every row needs both.")
    written = [part for part in re.split(r"[\s,;]+", cells.get("email", "").strip()) if part]
    addresses = [plain_address(part) for part in written]
    if not all(addresses):
        raise _bad(
            people, line, f"'{cells['email']}' is not an e-mail address.", "Write it as ann@example.com."
        )
    return _Row(
        id=number,
        name=name,
        keys=(*addresses, f"name:{plain_name(name)}"),
        manager=cells.get("manager_id", "").strip(),
        unit=cells.get("unit", "").strip(),
        gone=bool(cells.get("left", "").strip()),
    )


def _bad(people: Table, line: int, wrong: str, right: str) -> BadInput:
    return BadInput(Problem(file=people.file, line=line, wrong=wrong, right=right))


def _from_table(base: Who, me: Sequence[str], people: Table) -> Who:
    rows = _rows(people)
    same = _same_person(rows)
    mine = _find_me(base, me, rows, people)
    if mine is None:
        return replace(base, units={r.key: r.unit for r in rows.values()}, same_person=same, table=people)
    under: dict[str, list[_Row]] = {}
    for row in rows.values():
        under.setdefault(row.manager, []).append(row)
    table_reports = [row for row in under.get(mine.id, []) if row.id != mine.id]
    labels = dict(zip(base.reports, base.report_labels, strict=True))
    keys = tuple(same.get(key, key) for key in base.reports) or tuple(row.key for row in table_reports)
    names = {row.key: row.name for row in rows.values()}
    addresses = tuple(dict.fromkeys((*base.addresses, *(k for k in mine.keys if "@" in k))))
    return replace(
        base,
        addresses=addresses,
        names=(plain_name(mine.name),),
        reports=keys,
        report_labels=tuple(names.get(key, labels.get(key, key)) for key in keys),
        managers=frozenset({rows[mine.manager].key} if mine.manager else ()),
        peers=frozenset(r.key for r in under.get(mine.manager, []) if mine.manager and r.id != mine.id),
        team=frozenset(row.key for row in _below(table_reports, under) if row.id != mine.id),
        units={row.key: row.unit for row in rows.values()},
        own_unit=mine.unit,
        domains=base.domains | own_domains(addresses),
        same_person=same,
    )


def _same_person(rows: Mapping[str, _Row]) -> dict[str, str]:
    """Map every address and name to one key; a name that two people share stands for neither."""
    shared: dict[str, int] = {}
    for row in rows.values():
        for key in row.keys:
            shared[key] = shared.get(key, 0) + 1
    return {key: row.key for row in rows.values() for key in row.keys if shared[key] == 1}


def _find_me(base: Who, me: Sequence[str], rows: Mapping[str, _Row], people: Table) -> _Row | None:
    if not me:
        return None
    wanted = {*base.addresses, *(f"name:{name}" for name in base.names)}
    found = [row for row in rows.values() if row.id in me or wanted.intersection(row.keys)]
    if len(found) == 1:
        return found[0]
    if not found and base.addresses:
        raise BadInput(
            Problem(
                file=people.file,
                wrong=f"{base.addresses[0]} is not in this table.",
                right="Add a row for yourself, or name the address that the table has.",
            )
        )
    raise BadInput(
        Problem(
            file=people.file,
            wrong=f"'{me[0]}' names {'nobody' if not found else 'more than one person'} in this table.",
            right="Use the e-mail address or the id of your row.",
        )
    )


def _below(reports: Sequence[_Row], under: Mapping[str, list[_Row]]) -> list[_Row]:
    """Collect the reports of reports, each once, also when the table goes round in a circle."""
    seen = {row.id for row in reports}
    found: list[_Row] = []
    waiting = list(reports)
    while waiting:
        for row in under.get(waiting.pop().id, []):
            if row.id not in seen:
                seen.add(row.id)
                found.append(row)
                waiting.append(row)
    return found
