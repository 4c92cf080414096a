"""Reading pages as an attacker does: every page that anybody reaches, and every figure with its words."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass, field
from fractions import Fraction
from html import unescape
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve
from tests.cast import Browser
from tests.organization import sign_in
from tests.walls.planting import unpacked

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.walls.town import Town

    from fairlead.web.people.models import Person

LINK: Final = re.compile(r"""(?:href|action|hx-get)=["'](/[^"'#]*)""")
FOLLOWED: Final = ("/feedback/", "/today/", "/privacy/", "/record/")
FEW: Final = ("/today/", "/feedback/", "/feedback/reports/", "/role/")
"""Where those begin who stand for many like them; they follow what leads into feedback."""
BEGIN: Final = ("/today/", "/feedback/", "/feedback/reports/", "/feedback/verdicts/", "/feedback/surveys/",
                "/role/", "/privacy/", "/record/", "/record/mine/", "/record/technical/", "/record/checks/",
                "/account/", "/nowhere/")  # fmt: skip
OFTEN: Final = {"feedback/reports/<uuid:pk>/report.<slug:form>": 999, "feedback/reports/<uuid:pk>/": 999}
MOST: Final = 12
"""Pages of one address that a reader follows; of questionnaires and papers one or two."""

PAGE_OF_REPORT: Final = re.compile(r"^/feedback/reports/([0-9a-f-]{36})/(?:show/)?$")
FILE_OF_REPORT: Final = re.compile(r"^/feedback/reports/([0-9a-f-]{36})/report\.(csv|pdf)$")

NUMBER: Final = r"\d*[¼½¾⅛⅜⅝⅞]|\d+(?:\.\d+)?"
RANGE: Final = re.compile(rf"between ({NUMBER}) and ({NUMBER})|({NUMBER}) or (more|less)")
PEOPLE: Final = re.compile(r"([\d,]+)(?: to ([\d,]+))? people( or more)?")
EIGHTHS: Final = {"¼": 2, "½": 4, "¾": 6, "⅛": 1, "⅜": 3, "⅝": 5, "⅞": 7}


@dataclass(frozen=True)
class Page:
    """What one reader is told at one address."""

    reader: str
    place: str
    status: int
    text: str

    @property
    def words(self) -> str:
        """The words of the page alone."""
        body = self.text.partition("<main")[2].partition(">")[2] or self.text
        return " ".join(unescape(re.sub(r"<[^>]+>", " ", body)).split())


@dataclass(frozen=True)
class Said:
    """One figure as it stands on a page: of which question, in which words, and who read it where."""

    report: str
    of: str
    question: str
    figure: str
    people: str = ""
    notes: str = ""
    value: str = ""
    place: str = field(default="", compare=False)

    @property
    def agreement(self) -> str:
        """The word about agreement, in the words of the release."""
        if "sees this alike" in self.notes and "Too few" not in self.notes:
            return "alike"
        return "differently" if "Seen differently" in self.notes else ""

    @property
    def held(self) -> bool:
        """Whether it is said to be an earlier figure."""
        return "only few came or left" in self.notes


def number(text: str) -> Fraction:
    """Read a number as pages write it."""
    if text[-1] in EIGHTHS:
        return Fraction(text[:-1] or 0) + Fraction(EIGHTHS[text[-1]], 8)
    return Fraction(text)


def ends(figure: str) -> tuple[Fraction | None, Fraction | None]:
    """Read a range: its ends, nothing where it is open."""
    found = RANGE.fullmatch(figure)
    assert found is not None, figure
    low, high, one, way = found.groups()
    if way == "more":
        return number(one), None
    return (None, number(one)) if way == "less" else (number(low), number(high))


class Figures(HTMLParser):
    """The figures on a page of a report, found by what they are of and read by their words."""

    VOID: Final = {"line", "input", "br", "img", "link", "meta", "hr", "rect", "circle", "path"}

    def __init__(self, report: str, place: str) -> None:
        super().__init__()
        self.report, self.place = report, place
        self.open: list[tuple[str, str, int | None]] = []
        self.found: list[tuple[str, str, dict[str, list[str]]]] = []
        self.tables: list[list[list[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        of = None
        for kind in ("question", "scale"):
            if f"data-{kind}" in told:
                of = len(self.found)
                self.found.append(
                    (kind, told[f"data-{kind}"] or "", {"figure": [], "people": [], "notes": []})
                )
        if tag == "table":
            self.tables.append([])
        if tag == "tr":
            self.tables[-1].append([])
        if tag in {"td", "th"}:
            self.tables[-1][-1].append("")
        if tag not in self.VOID:
            self.open.append((tag, told.get("class") or "", of))

    def handle_endtag(self, tag: str) -> None:
        if tag in self.VOID:
            return
        while self.open and self.open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        tags = [tag for tag, _class, _of in self.open]
        if "td" in tags or "th" in tags:
            self.tables[-1][-1][-1] += data.strip()
        of = next((one for _tag, _class, one in reversed(self.open) if one is not None), None)
        if of is None or not data.strip():
            return
        kinds = " ".join(one for _tag, one, _of in self.open)
        if "scale-value" in kinds:
            part = "figure" if tags[-1] == "strong" else "people"
        elif "drift-line" in kinds or "no-figure" in kinds or "dl" in tags:
            part = "notes"
        else:
            return
        self.found[of][2][part].append(data.strip())

    def said(self) -> Iterable[Said]:
        """Give each figure, and each word where there is none."""
        for of, name, told in self.found:
            figure, people, notes = (" ".join(told[part]) for part in ("figure", "people", "notes"))
            count = PEOPLE.search(people.partition("”")[2]) or PEOPLE.search(notes)
            if figure or "Seen differently" in notes:
                yield Said(self.report, of, name, figure, count[0] if count else "", notes, place=self.place)


def figures_on(page: Page) -> list[Said]:
    """Give every figure on a report's page, those of the lens among them with their value."""
    report = PAGE_OF_REPORT.match(page.place)
    assert report is not None
    reading = Figures(report[1], page.place)
    reading.feed(page.text.partition("<main")[2])
    found = list(reading.said())
    for table in reading.tables:
        head, *rows = table
        for row in rows:
            for value, cell in zip(head[1:], row[1:], strict=True):
                figure, _, as_of = cell.partition(" (as on ")
                if RANGE.fullmatch(figure):
                    notes = "only few came or left" if as_of else ""
                    found.append(
                        Said(report[1], "lens", row[0], figure, notes=notes, value=value, place=page.place)
                    )
    return found


def rows_of(page: Page) -> list[dict[str, str]]:
    """Give the rows of a report's table."""
    return list(csv.DictReader(io.StringIO(page.text.lstrip("\ufeff"))))


# --- everybody's pages ---------------------------------------------------------------------------


class Reader:
    """One person in one role who reads whatever they reach."""

    def __init__(self, name: str, person: Person | None) -> None:
        """Sign in as they do: with a second factor, and just now."""
        self.name, self.person = name, person
        self.browser = Browser(raise_request_exception=False)
        if person is not None:
            sign_in(person, self.browser, fresh=True)
        self.pages: dict[str, Page] = {}

    def walk(self, guesses: Iterable[str] = (), *, papers: bool = True, few: bool = False) -> Reader:
        """Follow every link from where everybody begins, and try addresses that were guessed."""
        waits, often = [*(FEW if few else BEGIN), *guesses], Counter()
        follow = ("/feedback/reports/", "/feedback/surveys/") if few else FOLLOWED
        while waits:
            place = waits.pop(0)
            if place in self.pages or not self._worth(place, often, papers=papers):
                continue
            page = self.get(place)
            waits += [unescape(link) for link in LINK.findall(page.text) if link.startswith(follow)]
        return self

    def _worth(self, place: str, often: Counter[str], *, papers: bool) -> bool:
        if not papers and place.endswith(".pdf"):
            return False
        try:
            route = resolve(urlsplit(place).path).route
        except Resolver404:
            return place in BEGIN
        few = "questionnaires" in route or "privacy/papers" in route or "<slug" in route or "export" in route
        often[route] += 1
        return often[route] <= OFTEN.get(route, 1 if few else MOST)

    def get(self, place: str) -> Page:
        """Read one page."""
        return self._keep(place, self.browser.get(place))

    def post(self, place: str, data: Any = None) -> Page:
        """Send one form."""
        return self._keep(place, self.browser.post(place, data))

    def _keep(self, place: str, answer: Any) -> Page:
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        head = "\n".join(f"{name}: {value}" for name, value in answer.items() if name != "Content-Length")
        text = unpacked(body)
        page = Page(
            self.name, place, answer.status_code, text if FILE_OF_REPORT.match(place) else f"{head}\n\n{text}"
        )
        self.pages[place] = page
        if answer.get("Location", "").startswith(FOLLOWED) and answer["Location"] not in self.pages:
            self.get(answer["Location"])
        return page


def readers_of(town: Town, *, several: int = 99) -> list[Reader]:
    """Everybody who holds a role, all who lead somebody, somebody who answered and somebody who did not."""
    chosen: dict[str, Person | None] = {"visitor": None, **town.roles}
    for at, person in enumerate(town.managers()[:several]):
        chosen[f"manager {at}"] = person
    taken = {one.pk for one in chosen.values() if one is not None}
    free = [one for one in town.people.values() if one.pk not in taken]
    held = town.held["Pulse"]
    for name, came in (("who answered", True), ("who did not", False)):
        found = next((one for one in free if one.pk in held.team_of and (one.pk in held.said) is came), None)
        if found is not None:
            chosen[name] = found
    return [Reader(name, person) for name, person in chosen.items()]
