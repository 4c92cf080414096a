"""Which column of a people list is which: the headers of usual programs, in English and German."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from fairlead.core.problems import Problem
from fairlead.core.roster import COLUMNS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

FIRST, LAST = "first_name", "last_name"
MANAGER, MANAGER_EMAIL, MANAGER_NAME = "manager", "manager_email", "manager_name"
"""A manager given by whatever the cells hold, by e-mail, by name."""

CHOICES: Final = (*COLUMNS, FIRST, LAST, MANAGER_EMAIL, MANAGER_NAME)
"""What a column can be said to be with ``--map`` or on a mapping screen."""

HEADERS: Final[dict[str, str]] = {
    "id": """employee id, employee number, employee no, employee #, employee code, employeeid, emp id,
        emp no, eeid, person id, person number, personid, personnel number, personnel no, pernr,
        staff id, staff number, staff no, worker id, associate id, payroll number, personalnummer,
        personalnr, personal nr, pers nr, personalid, mitarbeiternummer, mitarbeiternr,
        mitarbeiter nr, mitarbeiter id, mitarbeiterid, stammnummer, personenkennung""",
    "name": """full name, display name, displayname, employee name, worker name, legal name, preferred name,
        legal full name, preferred full name, mitarbeitername, vollständiger name, voller name,
        anzeigename, name vorname, vorname nachname""",
    FIRST: """first name, firstname, given name, givenname, forename, legal first name, vorname, rufname""",
    LAST: """last name, lastname, surname, family name, legal last name, nachname, familienname, zuname""",
    "email": """e-mail, mail, email address, e-mail address, mail address, work email, work e-mail,
        company email, business email, office email, primary work email, email work,
        work email address, email primary work, business e-mail address, primary email,
        e-mail-adresse, mailadresse, emailadresse, e-mail geschäftlich, geschäftliche e-mail,
        geschäftliche e-mail-adresse, dienstliche e-mail, firmen e-mail""",
    "manager_id": """manager employee id, manager employee number, managers id, manager number,
        manager person id, manager user id, manager worker id, managerid, reports to id,
        reports to employee id,
        reports to employee number, supervisor id, supervisor employee id, supervisor eid,
        supervisor number, line manager id, vorgesetzten id, vorgesetzter id, vorgesetzte id,
        id vorgesetzter, personalnummer vorgesetzter, personalnummer vorgesetzte,
        personalnummer des vorgesetzten, personalnummer der führungskraft,
        vorgesetzter personalnummer, personalnr vorgesetzter, führungskraft id,
        manager personalnummer""",
    MANAGER: """manager, reports to, reporting to, supervisor, line manager, direct manager,
        reporting manager, direct supervisor, vorgesetzter, vorgesetzte, vorgesetzte r,
        vorgesetzter vorgesetzte, vorgesetzte vorgesetzter, vorgesetzter in, direkter vorgesetzter,
        direkte vorgesetzte, direkte r vorgesetzte r, führungskraft, disziplinarischer vorgesetzter,
        disziplinarische führungskraft, berichtet an, teamleitung""",
    MANAGER_EMAIL: """manager e-mail, manager email address, managers email, reports to email,
        supervisor email, supervisor email address, line manager email, e-mail vorgesetzter,
        e-mail des vorgesetzten,
        vorgesetzter e-mail, vorgesetzte e-mail, vorgesetzte r e-mail, führungskraft e-mail,
        e-mail führungskraft""",
    MANAGER_NAME: """manager full name, manager display name, managers name, reports to name, supervisor name,
        line manager name, name vorgesetzter, name des vorgesetzten, vorgesetzter name,
        name der führungskraft""",
    "unit": """department, department name, supervisory organization, organizational unit,
        organisational unit, organization unit, organisation unit, org unit, abteilung,
        organisationseinheit, org einheit, orgeinheit, abteilungsname, referat""",
    "title": """job title, jobtitle, business title, employee title, working title, stellenbezeichnung,
        positionsbezeichnung, planstellenbezeichnung, funktionsbezeichnung, berufsbezeichnung,
        jobtitel""",
    "level": """job level, management level, grade, job grade, career level, seniority, seniority level,
        band, karrierestufe, karrierelevel, stufe, ebene, führungsebene""",
    "track": """career track, career path, job track, laufbahn, karrierepfad, karriereweg, laufbahnmodell""",
    "hired": """hire date, hiredate, hired on, date of hire, employee hire date, employeehiredate, joined,
        joining date, date joined, date of joining, employment start date, employment start,
        most recent hire date, entry date, eintritt, eintrittsdatum, eintritt am, eingestellt am,
        einstellungsdatum, beschäftigungsbeginn""",
    "left": """termination date, leaving date, date left, left on, exit date, employment end date,
        separation date, date of leaving, employeeleavedatetime, austritt, austrittsdatum,
        austritt am, ausgetreten am, beschäftigungsende""",
    "left_reason": """termination reason, reason for leaving, leaving reason, exit reason, separation reason,
        austrittsgrund, grund des austritts, kündigungsgrund""",
    "leave_from": """leave start, leave start date, first day of leave,
        leave of absence start date, absent from, leave from date, beginn der abwesenheit, abwesend ab,
        elternzeit von, elternzeit ab,
        beurlaubt ab""",
    "leave_until": """leave end, leave end date, last day of leave, leave of absence end date, absent until,
        leave until date, expected return date, ende der abwesenheit, abwesend bis, elternzeit bis,
        beurlaubt bis""",
}  # fmt: skip
"""Headers of Workday, BambooHR, Personio, HiBob, SAP, Google Workspace and Entra exports, field by field."""

SECOND_BEST: Final[dict[str, str]] = {
    "id": "object id, objectid, user id, userid, user sys id",
    "name": "employee, worker, person, mitarbeiter, mitarbeiter in, mitarbeitende",
    "email": "user principal name, userprincipalname, upn, user name, username",
    "unit": "team, business unit, org unit path, division, bereich",
    "title": "position title, position, role, job profile, stelle, planstelle, funktion, tätigkeit",
    "hired": "start date, erster arbeitstag, startdatum",
    "left": "last day of work, last working day, last day, end date, letzter arbeitstag, enddatum",
}
"""Headers that are taken only where no other column is that field."""


def fold(header: str) -> str:
    """Fold a header: letters and digits alone, umlauts as two letters, what stands in brackets left out."""
    bare = re.sub(r"\[[^\]]*\]", "", unicodedata.normalize("NFKC", header)).casefold()
    bare = bare.replace("#", "number").translate({228: "ae", 246: "oe", 252: "ue"})
    return "".join(letter for letter in bare if letter.isalnum())


def _table(headers: Mapping[str, str]) -> dict[str, str]:
    return {fold(one): field for field, text in headers.items() for one in text.split(",")}


_OWN: Final = {fold(name): name for name in CHOICES}
_USUAL: Final = _table(HEADERS)
_SECOND: Final = _table(SECOND_BEST)


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Which of their columns is which field, and what could not be told."""

    mapping: tuple[tuple[str, str], ...]
    problems: tuple[Problem, ...] = ()
    notices: tuple[Problem, ...] = ()

    @property
    def places(self) -> dict[str, int]:
        """The place of each field's column, from 0."""
        return {field: place for place, (_, field) in enumerate(self.mapping) if field}


def match_columns(file: str, line: int, theirs: Sequence[str], names: Mapping[str, str]) -> Columns:
    """Say which column is which field.

    A name given by hand counts first, then our own names, then usual headers; a field that two
    columns could be is given to neither.
    """
    wrong = _wrong_names(file, line, theirs, names)
    if wrong:
        return Columns(mapping=tuple((name, "") for name in theirs), problems=wrong)
    chosen = {name: names[name] for name in theirs if name in names}
    notices: list[Problem] = []
    unsure: set[str] = set()
    for table in (_OWN, _USUAL, _SECOND):
        taken = unsure.union(filter(None, chosen.values()))
        could: dict[str, list[str]] = {}
        for name in theirs:
            field = table.get(fold(name), "")
            if name not in chosen and field and field not in taken:
                could.setdefault(field, []).append(name)
        for field, found in could.items():
            if len(found) == 1:
                chosen[found[0]] = field
            else:
                unsure.add(field)
                chosen |= dict.fromkeys(found, "")
                notices.append(_two(file, line, field, found))
    fields = [_dropped(chosen.get(name, ""), set(chosen.values())) for name in theirs]
    return Columns(
        mapping=tuple(zip(theirs, fields, strict=True)),
        problems=_missing(file, line, fields),
        notices=tuple(notices),
    )


def _dropped(field: str, fields: set[str]) -> str:
    """Leave out a column that says what a better one says: one name, one manager."""
    better = {
        FIRST: {"name"}, LAST: {"name"}, MANAGER: {"manager_id", MANAGER_EMAIL},
        MANAGER_EMAIL: {"manager_id"}, MANAGER_NAME: {"manager_id", MANAGER_EMAIL, MANAGER},
    }  # fmt: skip
    return "" if better.get(field, set()) & fields else field


def _wrong_names(
    file: str, line: int, theirs: Sequence[str], names: Mapping[str, str]
) -> tuple[Problem, ...]:
    problems = []
    for name, field in names.items():
        if name not in theirs:
            right = f"The columns are {', '.join(theirs[:20])}."
            problems.append(_problem(file, line, f"There is no column '{name}' to map.", right))
        elif field and field not in CHOICES:
            right = f"They are {', '.join(CHOICES)}."
            problems.append(
                _problem(file, line, f"'{field}' is none of the columns of a people list.", right)
            )
    fields = [field for field in names.values() if field]
    twice = next((field for field in fields if fields.count(field) > 1), "")
    if twice:
        found = [name for name, field in names.items() if field == twice]
        wrong = f"The columns {_both(found)} are both mapped to '{twice}'."
        problems.append(_problem(file, line, wrong, "Map one of them."))
    return tuple(problems)


def _missing(file: str, line: int, fields: Sequence[str]) -> tuple[Problem, ...]:
    needed = {
        "id": "id" in fields,
        "name": "name" in fields or {FIRST, LAST} <= set(fields),
    }
    more = {
        "id": "A people list needs id and name; say which column is the id with --map theirs=id.",
        "name": "A people list needs id and name; say which column is the name with --map theirs=name.",
    }
    return tuple(
        _problem(file, line, f"There is no column '{name}'.", more[name])
        for name, there in needed.items()
        if not there
    )


def _two(file: str, line: int, field: str, found: Sequence[str]) -> Problem:
    wrong = f"The columns {_both(found)} can each be the {field.replace('_', ' ')}; none of them is read."
    return _problem(file, line, wrong, f"Say which with --map theirs={field}.")


def _both(names: Sequence[str]) -> str:
    return " and ".join(f"“{name}”" for name in names)


def _problem(file: str, line: int, wrong: str, right: str) -> Problem:
    return Problem(file=file, line=line, wrong=wrong, right=right)
