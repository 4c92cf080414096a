"""Tidewater Instruments: 240 people who make sensors for ships, drawn from a seed and always the same."""

# ruff: noqa: SIM905 - lines of names read better than eighty quoted strings

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final

NAME: Final = "Tidewater Instruments"
DOMAIN: Final = "tidewater.example"
SEED: Final = 1901
PEOPLE: Final = 240

_FIRST: Final = (
    "Ada Aiko Alma Amir Anouk Arjun Bela Carla Chidi Clara Dalia Daniel Derya Edith Elif Emeka Enzo "
    "Esther Farid Fatou Femi Finn Freya Gita Goran Hana Hugo Ida Ilse Imani Ines Ivo Jana Javier "
    "Jonas Joon Kaan Karin Kofi Lale Lars Leila Lena Luca Magda Malik Marta Mateo Mei Milan Mina "
    "Nadia Nils Noor Olga Omar Otto Paula Petra Priya Rafael Rana Rosa Ruben Sana Selma Sibel Simon "
    "Sofia Tariq Tessa Theo Tomas Uma Vera Viktor Wanda Yara Yuki Zoe "
).split()
_LAST: Final = (
    "Abel Adler Akin Amara Arslan Bakker Baptiste Becker Berg Bianchi Castro Chandra Costa Dahl "
    "Diallo Dietz Duarte Eide Eklund Fischer Fontaine Garcia Grau Haddad Hahn Hayashi Horvat Ito "
    "Jansen Jensen Kaya Keller Kim Klein Kovac Kumar Lang Larsen Lindt Lopez Marin Mbeki Meyer Moreau "
    "Mori Nair Novak Nwosu Okoro Olsen Ortiz Park Patel Peters Popa Quist Ramos Reyes Rossi Roth "
    "Sahin Santos Sato Schmid Silva Singh Soto Stein Suzuki Tanaka Thiele Ueda Vargas Vogel Wagner "
    "Weber Winter Wolf Yilmaz Zeller "
).split()

# Unit, its people (the head included), the head's title, its members' titles, people for each team lead.
_UNITS: Final = (
    (
        "Engineering",
        62,
        "Engineering Director",
        ("Firmware Engineer", "Hardware Engineer", "Test Engineer"),
        8,
    ),
    ("Product", 16, "Head of Product", ("Product Manager", "Designer", "Data Analyst"), 7),
    (
        "Manufacturing",
        58,
        "Plant Manager",
        ("Assembly Technician", "Calibration Technician", "Quality Inspector"),
        11,
    ),
    ("Field Service", 34, "Field Service Manager", ("Service Engineer", "Service Planner"), 8),
    ("Sales", 28, "Sales Director", ("Account Manager", "Sales Engineer"), 7),
    ("Customer Care", 18, "Customer Care Manager", ("Care Specialist",), 8),
    ("Finance", 12, "Finance Director", ("Accountant", "Controller"), 11),
    ("People", 8, "Head of People", ("People Partner", "Recruiter"), 7),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Employee:
    """One row of the people list; ``manager_id`` is empty for the managing director alone."""

    id: str
    name: str
    email: str
    manager_id: str
    unit: str
    title: str
    level: int
    track: str
    hired: date


def employees(today: date) -> tuple[Employee, ...]:
    """Draw the company as it stands on ``today``; hiring dates reach back, the people never change."""
    random = Random(SEED)  # noqa: S311 - a demo company wants to be the same each time
    names = _Names(random)
    ceo = _employee(random, next(names), "", "Management", "Managing Director", 7, today)
    people = [ceo]
    for unit, size, head_title, titles, span in _UNITS:
        head = _employee(random, next(names), ceo.id, unit, head_title, 6, today)
        people.append(head)
        people.extend(_unit(random, names, head, titles, size - 1, span, today))
    rest = PEOPLE - len(people)
    people.extend(
        _employee(random, next(names), ceo.id, "Management", "Management Assistant", 3, today)
        for _ in range(rest)
    )
    return tuple(people)


def _unit(
    random: Random, names: _Names, head: Employee, titles: tuple[str, ...], size: int, span: int, today: date
) -> list[Employee]:
    """Fill one unit: leads under the head, members under the leads."""
    leads_needed = max(0, round(size / (span + 1))) if size > span else 0
    leads = [
        _employee(
            random,
            next(names),
            head.id,
            head.unit,
            f"{titles[i % len(titles)].split()[0]} Team Lead",
            5,
            today,
        )
        for i in range(leads_needed)
    ]
    members = []
    for i in range(size - leads_needed):
        boss = leads[i % leads_needed] if leads else head
        level = random.choices((1, 2, 3, 4), (2, 4, 4, 2))[0]
        title = titles[i % len(titles)] if level < 4 else f"Senior {titles[i % len(titles)]}"
        members.append(_employee(random, next(names), boss.id, head.unit, title, level, today))
    return [*leads, *members]


class _Names:
    """First and last names, each pair once."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._seen: set[str] = set()

    def __next__(self) -> str:
        while True:
            name = f"{self._random.choice(_FIRST)} {self._random.choice(_LAST)}"
            if name not in self._seen:
                self._seen.add(name)
                return name


def _employee(
    random: Random, name: str, manager_id: str, unit: str, title: str, level: int, today: date
) -> Employee:
    first, last = name.lower().split()
    manages = level >= 5
    return Employee(
        id=f"T{random.randrange(16**8):08x}",
        name=name,
        email=f"{first}.{last}@{DOMAIN}",
        manager_id=manager_id,
        unit=unit,
        title=title,
        level=level,
        track="people_manager" if manages else "expert",
        hired=today - timedelta(days=random.randrange(40, 3 * 365 if level < 5 else 9 * 365)),
    )
