"""Whoever has read every page in every role, puts all of it together, and knows who answered.

``Attack`` takes a town, with the truth, and the pages of all its readers pooled. ``wins`` lists each thing
found out: an answer that can be fewer than three of five, a group of fewer than five behind a combination of
figures, words or answers where they do not belong, and anything that tells who answered.
"""

from __future__ import annotations

import math
import re
from collections import defaultdict
from fractions import Fraction
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

import numpy as np
from tests.walls.attacker import Company, attack
from tests.walls.page_bounds import HIGH, LOW, classes_of, still_open
from tests.walls.page_reading import (
    FILE_OF_REPORT,
    PAGE_OF_REPORT,
    PEOPLE,
    RANGE,
    Page,
    Reader,
    Said,
    ends,
    figures_on,
    rows_of,
)

from fairlead.core import lens_cut
from fairlead.core.ballots import Ballot
from fairlead.core.blocks import Atom, partition
from fairlead.core.held import room
from fairlead.core.making import Making
from fairlead.core.notches import Shown, step_of
from fairlead.web.feedback import terms
from fairlead.web.feedback.models import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from tests.walls.town import Held, Town

K: Final = 5
OPEN_TO: Final = 3
"""Of five values an answer keeps so many."""

AUTHORS: Final = 10


class Behind:
    """Who is behind each figure of one survey: the attacker knows the rules, and who answered."""

    def __init__(self, held: Held) -> None:
        """Form the blocks again, from those who answered."""
        self.held = held
        survey = held.survey
        self.people = sorted(held.said, key=str)
        self.names = [item.id for item in held.instrument.questions()]
        ballots = [
            Ballot(team=held.team_of[pk], answers=tuple(held.said[pk]), lens=held.lens_of[pk])
            for pk in self.people
        ]
        self.company = Company(terms.organization_of(survey), ballots, terms.policy_of(survey))
        self.making = Making(ballots, self.company.organization, self.company.policy, ())

    def given(self, question: str) -> np.ndarray:
        """Give what everybody answered, 0 where they skipped it."""
        number = self.names.index(question)
        return np.array([self.held.said[pk][number] or 0 for pk in self.people])

    def of(self, question: str, label: tuple[str, str], value: str = "") -> np.ndarray:
        """Give the people behind a figure; where the rules have none such, whoever is meant by it."""
        said = self.given(question)
        layout = self.making.layout(said > 0)
        there = np.flatnonzero(layout.of >= 0)
        if value:
            stated = [self.company.ballots[row].lens or lens_cut.NOT_STATED for row in there]
            values = sorted(set(stated))
            counts = [stated.count(one) for one in values]
            named = dict(zip(values, lens_cut.merged(counts, values, K), strict=True))
            return np.array([row for row, one in zip(there, stated, strict=True) if named[one] == value])
        ids = self.making.tree.ids
        for reach, place, item in layout.plan.labels:
            if (reach, ids[place]) == label:
                return layout.rows[item]
        return np.flatnonzero(self.meant(label) & (said > 0))

    def meant(self, label: tuple[str, str]) -> np.ndarray:
        """Give those whom a reader takes to be meant: a team, or everybody below."""
        reach, group = label
        inside = {group} if reach == "team" else self.company.inside(group)
        return np.array([team in inside for team in self.company.teams], dtype=bool)

    @cached_property
    def authors(self) -> dict[tuple[str, str], set[Any]]:
        """Give for each label of comments those who can have written them."""
        blocks = self.making.blocks
        atoms = [Atom(block.home, block.size, block.own) for block in blocks]
        whole, _ = partition(self.making.tree, atoms, AUTHORS)
        found = {}
        for one in whole:
            label = ("team" if one.own else "organization", self.making.tree.ids[one.home])
            found[label] = {
                pk for pk, block in zip(self.people, self.making.block_of, strict=True) if block in one.atoms
            }
        return found


class Attack:
    """All pages of all readers, and what they give away together."""

    def __init__(self, town: Town, readers: Sequence[Reader], *, others: str = "") -> None:
        """Read; ``others`` are logs and mails."""
        self.town, self.readers, self.others = town, readers, others
        self.wins: list[str] = []
        self.fewest = 5
        self.smallest = 999
        self.pages = [page for reader in readers for page in reader.pages.values()]
        self.of_survey = {held.survey.pk: held for held in town.held.values()}
        self.behind = {held.survey.pk: Behind(held) for held in town.held.values() if held.said}
        self.reports = {str(one.pk): one for one in Report.objects.select_related("survey", "about")}
        self.solved = self.pairs = 0

    def all(self) -> Attack:
        """Try everything."""
        self.figures()
        self.waves()
        self.words()
        self.comments()
        self.who_answered()
        self.unread()
        return self

    def win(self, says: str) -> None:
        if says not in self.wins:
            self.wins.append(says)

    # --- figures

    @cached_property
    def said(self) -> list[Said]:
        """Give every figure on every page and in every table, each once."""
        found: dict[Said, Said] = {}
        for page in self.pages:
            if page.status == 200 and PAGE_OF_REPORT.match(page.place):
                found |= {one: one for one in figures_on(page)}
        return list(found)

    def label(self, report: str) -> tuple[str, str]:
        """Say whose answers a report counts."""
        one = self.reports[report]
        reach = "team" if one.reach == "team" else "organization"
        return reach, "" if one.about_id is None else str(one.about_id)

    def figures(self) -> None:
        """Combine all figures of each question: by rank, and by what each answer can still be."""
        for survey, behind in self.behind.items():
            for question, figures in self._by_question(survey).items():
                sums = [behind.of(question, self.label(one.report), one.value) for one in figures]
                people = len(behind.people)
                found = attack([rows for rows in sums if len(rows)], people)
                self.smallest = min(self.smallest, found.smallest)
                if found.smallest < K:
                    self.win(f"{question}: figures single out {found.smallest}")
                bounds = [
                    self._bounds(one, question, len(rows)) for one, rows in zip(figures, sums, strict=True)
                ]
                self._true(behind.given(question), figures, sums, bounds)
                self._narrow(question, people, figures, sums, bounds)
        self._scales()
        self._tables()

    def _by_question(self, survey: Any) -> dict[str, list[Said]]:
        """Give the figures of a survey by question; a lens names its questions by their words."""
        held = self.of_survey[survey]
        asked = {item.id: item for item in held.instrument.questions()}
        words = {
            " ".join(held.instrument.worded(item, "the manager").split()): item
            for item in held.instrument.items
        }
        found: dict[str, list[Said]] = defaultdict(list)
        for one in self.said:
            if self.reports[one.report].survey_id != survey:
                continue
            if one.of == "question":
                assert one.question in asked, one
                found[one.question].append(one)
            elif one.of == "lens":
                found[words[one.question].id].append(one)
        return found

    def _bounds(self, one: Said, question: str, n: int) -> tuple[int, int]:
        """Read a figure back as bounds of the sum of n answers."""
        if not one.figure or n == 0:
            return n * LOW, n * HIGH
        low, high = ends(one.figure)
        if one.held:
            return self._room(one, question, low, high, n)
        least = n * LOW if low is None else math.ceil(low * n)
        # Halves go up, so the upper edge belongs to the next notch.
        most = n * HIGH if high is None else math.ceil(high * n) - 1
        return least, most

    def _room(
        self, one: Said, question: str, low: Fraction | None, high: Fraction | None, n: int
    ) -> tuple[int, int]:
        """Read a figure that is shown again: so far at most can the mean have moved."""
        first = self.behind[self.town.held["Pulse"].survey.pk]
        now = self.behind[self.reports[one.report].survey_id]
        label = self.label(one.report)
        before = self._members(first, label)
        # Parts that are shown anew are not counted, and which they are a page does not say: the widest room.
        moved = min(max(len(before ^ self._members(now, label)), 1), K - 1)
        count = PEOPLE.search(one.people)
        people = int(count[1]) if count else len(first.of(question, label, one.value))
        step = Fraction(step_of(max(people, K), LOW, HIGH), 20)
        end = "or less" if low is None else "or more" if high is None else ""
        at = low + step / 2 if low is not None else high - step / 2
        return room(
            Shown(at=float(at), end=end, step=float(step), people_from=K, people_to=None),
            moved,
            n,
            LOW,
            HIGH,
            K,
        )

    def _members(self, behind: Behind, label: tuple[str, str]) -> set[str]:
        organization = behind.company.organization
        inside = {label[1]} if label[0] == "team" else behind.company.inside(label[1])
        found = {one for team in organization.teams if team.id in inside for one in team.members}
        return found | (set(organization.alone) if "" in inside else set())

    def _true(
        self, given: np.ndarray, figures: list[Said], sums: list[np.ndarray], bounds: list[tuple[int, int]]
    ) -> None:
        """See that the attacker reads what is there: each figure is true."""
        for one, rows, (low, high) in zip(figures, sums, bounds, strict=True):
            if len(rows) and not low <= given[rows].sum() <= high:
                self.win(f"misread: {one} says {low} to {high}, it is {given[rows].sum()} of {len(rows)}")

    def _narrow(
        self,
        question: str,
        people: int,
        figures: list[Said],
        sums: list[np.ndarray],
        bounds: list[tuple[int, int]],
    ) -> None:
        sizes, members = classes_of(sums, people)
        known = tuple(
            (inside, low, high) for inside, (low, high) in zip(members, bounds, strict=True) if inside
        )
        words = tuple(
            (inside, one.agreement)
            for inside, one in zip(members, figures, strict=True)
            if one.agreement and inside and not one.held
        )
        found = still_open(sizes, known, words)
        self.solved += len(sizes)
        self.fewest = min([self.fewest, *found])
        if found and min(found) < OPEN_TO:
            self.win(f"{question}: somebody's answer is one of {min(found)}")

    def _scales(self) -> None:
        """See that a scale says nothing that its questions do not say."""
        by_page: dict[str, dict[str, Said]] = defaultdict(dict)
        for one in self.said:
            by_page[one.report][one.question] = one
        for report, found in by_page.items():
            instrument = terms.instrument_of(self.reports[report].survey)
            for scale in instrument.scales:
                whole = found.get(scale.id)
                parts = [item for item in instrument.items if scale.id in item.scales and item.id in found]
                if whole is None or whole.of != "scale" or not whole.figure:
                    continue
                spans = [
                    _span(found[item.id].figure, turned=item.reverse)
                    for item in parts
                    if found[item.id].figure
                ]
                low, high = (sum(one[end] for one in spans) / len(spans) for end in (0, 1))
                least, most = _span(whole.figure)
                if least > low or most < high:
                    self.win(f"{scale.id}: a scale says more than its questions: {whole.figure}")

    def _tables(self) -> None:
        """See that tables and papers say what the page says, and nothing else."""
        there: dict[str, set[str]] = defaultdict(set)
        for one in self.said:
            there[one.report].add(one.figure)
        for page in self.pages:
            file = FILE_OF_REPORT.match(page.place)
            if file is None or page.status != 200:
                continue
            text = (
                "\n".join(row["figure"] for row in rows_of(page))
                if file[2] == "csv"
                else page.text.partition("%PDF")[0]
            )
            for found in RANGE.finditer(" ".join(text.split())):
                if found[0] not in there[file[1]]:
                    self.win(f"{page.place}: “{found[0]}” stands on no page")

    # --- two waves

    def waves(self) -> None:
        """Where everybody else answers as before, both waves are figures of the same answers."""
        first, second = (self.town.held.get(name) for name in ("Pulse", "Pulse again"))
        if not self.town.same_minds or second is None or not (first.said and second.said):
            return
        one, two = self.behind[first.survey.pk], self.behind[second.survey.pk]
        people = sorted({*one.people, *two.people}, key=str)
        place = {pk: number for number, pk in enumerate(people)}
        shown = [self._by_question(held.survey.pk) for held in (first, second)]
        for question in one.names:
            sums, bounds, figures = [], [], []
            for behind, found in zip((one, two), shown, strict=True):
                for figure in found.get(question, ()):
                    rows = behind.of(question, self.label(figure.report), figure.value)
                    sums.append(np.array([place[behind.people[row]] for row in rows], dtype=int))
                    bounds.append(self._bounds(figure, question, len(rows)))
                    figures.append(figure)
            self._narrow(f"{question}, two waves", len(people), figures, sums, bounds)

    # --- words

    def words(self) -> None:
        """Look for answers, codes, numbers of ballots and comments where they do not belong."""
        everywhere = [(page.reader, page.place, page.text) for page in self.pages]
        everywhere += [("", "logs and mails", self.others)]
        who = {reader.name: reader.person.pk if reader.person else None for reader in self.readers}
        for held in self.town.held.values():
            secret = self._secret(held)
            for reader, place, text in everywhere:
                for word, owner in secret.items():
                    if word in text and who.get(reader) != owner:
                        self.win(f"{reader or 'log'} at {place}: {word}")
            for reader, place, text in everywhere:
                if "heron" not in text:
                    continue
                for comment, wrote in held.wrote.items():
                    if comment in text and not self._may_read(held, who.get(reader), place, wrote.choice):
                        self.win(f"{reader or 'log'} at {place}: {comment} ({wrote.choice})")

    def _secret(self, held: Held) -> dict[str, Any]:
        found = {code: pk for pk, code in held.codes.items()}
        for pk, said in held.said.items():
            if len(said) > 8:
                found[", ".join(str(one or "null") for one in said)] = pk
                found[",".join(str(one or "") for one in said)] = pk
                found[", ".join(str(one) for one in said)] = pk
        return found

    def _may_read(self, held: Held, who: Any, place: str, choice: str) -> bool:
        """Say whether words may stand there: word for word for whom it is about, the rest for themes."""
        if who is None or held.survey.state != "released":
            return False
        report = re.match(r"^/feedback/reports/([0-9a-f-]{36})/(report\.pdf|themes/)?$", place)
        if report is None:
            return False
        one = self.reports[report[1]]
        if choice == "verbatim":
            return one.about_id == who and report[2] != "themes/"
        return who == self.town.roles["people_operations"].pk and report[2] == "themes/"

    # --- comments

    def comments(self) -> None:
        """No two views of comments differ by fewer than ten who can have written the difference."""
        views: list[tuple[Any, str, set[str], tuple[str, str]]] = []
        for page in self.pages:
            report = re.match(r"^/feedback/reports/([0-9a-f-]{36})/(themes/)?$", page.place)
            if report is None or page.status != 200:
                continue
            held = self.of_survey[self.reports[report[1]].survey_id]
            texts = {text for text in held.wrote if text in page.text}
            if texts:
                views.append((held, report[2] or "", texts, self.label(report[1])))
        for held, way, texts, label in views:
            rest = [
                (other, at)
                for where, how, other, at in views
                if where is held and how == way and texts - other
            ]
            labels = {at for where, _how, other, at in views if where is held and other & texts}
            mine = self._possible(held, label, blocks=len(labels) == 1)
            if len(mine) < AUTHORS:
                self.win(f"comments of {label} can be of {len(mine)}")
            for _texts, other in rest:
                self.pairs += 1
                left = mine - self._possible(held, other, blocks=len(labels) == 1)
                if other == label:
                    self.win(f"two pages of one group show other comments: {label}")
                elif 0 < len(left) < AUTHORS:
                    self.win(f"comments of {label} without those of {other}: {len(left)} authors")

    def _possible(self, held: Held, label: tuple[str, str], *, blocks: bool) -> set[Any]:
        """Give those who can have written what stands under a label.

        As long as every comment stands under one label, the attacker knows that it is a block's; else it is
        whoever the label means.
        """
        behind = self.behind[held.survey.pk]
        if blocks and label in behind.authors:
            return behind.authors[label]
        return {pk for pk, inside in zip(behind.people, behind.meant(label), strict=True) if inside}

    # --- who answered

    def who_answered(self) -> None:
        """Numbers that say how many answered more finely than tenths of ten people or more."""
        for page in self.pages:
            if page.status != 200 or not page.place.startswith(("/feedback/", "/today/", "/role/")):
                continue
            for found in re.finditer(
                r"(\d+) (?:of|out of|/) (?:the )?(\d+)(?: people)?[^.]{0,12}(?:answer|took part|\.)",
                page.words,
            ):
                if "question" not in page.words[found.start() : found.end() + 12]:
                    self.win(f"{page.reader} at {page.place}: “{found[0]}”")
            for low, high in re.findall(r"(\d+) to (\d+)\s%", page.words):
                if int(low) % 10 or int(high) - int(low) != 10:
                    self.win(f"{page.reader} at {page.place}: {low} to {high} %")
        for one in self.said:
            count = PEOPLE.search(one.people)
            if one.of != "question" or count is None or count[3]:
                continue
            low, high = int(count[1]), int(count[2] or count[1])
            if (
                step_of(max(low, K), LOW, HIGH) != step_of(max(high, K), LOW, HIGH)
                or high - low < 2
                or low < K
            ):
                self.win(f"{one.place}: {one.people}")

    def unread(self) -> None:
        """Every number on a report's page is one that was read, or one that everybody knows."""
        for page in self.pages:
            if page.status == 200 and PAGE_OF_REPORT.match(page.place):
                left = strange(
                    page, terms.instrument_of(self.reports[PAGE_OF_REPORT.match(page.place)[1]].survey)
                )
                if left:
                    self.win(f"{page.place}: numbers that nobody has read: {left[:3]}")


KNOWN: Final = (
    r"\d{1,2} [A-Z][a-z]+ \d{4}", r"\d{4}-\d\d-\d\d", r"\d+ to \d+\s%", r"of 5, near",
    r"\d+ of its \d+ (?:questions|figures)", r"Its \d+ questions?", r"\d+ questions?\b",
    r"on a scale from \d \(“[^”]+”\) to \d \(“[^”]+”\)", r"Least number \d+", r"Line \d+ of the rule",
    r"[A-Z][^()\d]{1,300}\(\d{4}\)\..{1,300}?doi:\S+", r"under 1 year", r"\d to \d years", r"over 7 years",
    r"Up to 4 answers", r"[Ff]ewer than 5 (?:people|answers)", r"out fewer than 5\.", r"those \d+ people",
)  # fmt: skip
"""Numbers on a report's page that depend on no answer: days, counts of questions, rules."""


def strange(page: Page, instrument: Any) -> list[str]:
    """Give what is left of a page's numbers when all that was read or is known is taken away."""
    text = page.words
    for item in sorted((one for one in instrument.items), key=lambda one: -len(one.text)):
        text = text.replace(item.text, " ")
    for pattern in (RANGE.pattern, PEOPLE.pattern, *KNOWN):
        text = re.sub(pattern, " ", text)
    return [text[max(0, one.start() - 30) : one.end() + 30] for one in re.finditer(r"\d+", text)]


def _span(figure: str, *, turned: bool = False) -> tuple[Fraction, Fraction]:
    low, high = ends(figure)
    least, most = Fraction(LOW) if low is None else low, Fraction(HIGH) if high is None else high
    return (LOW + HIGH - most, LOW + HIGH - least) if turned else (least, most)


# --- while a survey is open ----------------------------------------------------------------------

_CHANGING: Final = re.compile(
    r'name="csrfmiddlewaretoken" value="[^"]*"|"x-csrftoken": "[^"]*"'
    r'|name="(?:people|person)" value="[^"]*"|Set-Cookie: [^\n]*'
)


def plain(page: Page) -> str:
    """Give a page without what is different each time: the tokens of its forms."""
    return _CHANGING.sub("", page.text)


def differing(before: Iterable[Page], after: Iterable[Page]) -> list[str]:
    """Name the pages that are not what they were."""
    was = {(page.reader, page.place): plain(page) for page in before}
    now = {(page.reader, page.place): plain(page) for page in after}
    return [f"{key[0]}: {key[1]}" for key in {*was, *now} if was.get(key) != now.get(key)]
