"""A release on its way: blocks, figures from the bottom up, what is held, the lens, and the gate."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

import numpy as np

from fairlead.core import alike, lens_cut
from fairlead.core.ballots import check_ballots
from fairlead.core.blocks import EVERYBODY, Atom, partition, plan, tree_of
from fairlead.core.cells import Cell, Withheld
from fairlead.core.held import Memory, MissingWaveError, few, kept
from fairlead.core.notches import Known, Span, narrowed, show, together, within
from fairlead.core.release_gate import Draft, Gate
from fairlead.core.waves import trend

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from fairlead.core.ballots import Ballot, Policy, Question
    from fairlead.core.blocks import Block, Organization, Plan, Reach
    from fairlead.core.cells import Agreement
    from fairlead.core.held import Before, Label, Wave
    from fairlead.core.notches import Notch
    from fairlead.core.waves import Trend

NOTHING: Final = -(2**31)
"""Stands where a question was not answered."""

NO_PARTS: Final = "Its parts say all that may be said."
NO_WAVE: Final = "Its last figure is of a survey that is not at hand."
ONE_TEAM: Final = "It would be the last figure of one team."


@dataclass(frozen=True, slots=True)
class Layout:
    """How the answers to questions with the same gaps are counted: blocks, what is shown, whose rows."""

    blocks: list[Block]
    of: NDArray[np.int64]
    plan: Plan
    rows: list[NDArray[np.int64]]


@dataclass(frozen=True, slots=True)
class Figure:
    """One sum as it is shown, with the figure before it where few or none came or left since."""

    notch: Notch
    before: Before | None
    held: bool


class Making:
    """The figures of one release; ``cells`` and ``withheld`` fill question by question."""

    def __init__(
        self, answers: Sequence[Ballot], organization: Organization, policy: Policy, waves: Sequence[Wave]
    ) -> None:
        check_ballots(answers, organization, policy)
        self.tree = tree_of(organization)
        self.policy = policy
        self.memory = Memory(waves, organization, policy.k, by_people=policy.kind == "pulse")
        self.ballots = answers
        place = {name: number for number, name in enumerate(self.tree.ids)}
        self.teams = np.array([place[ballot.team] for ballot in answers], dtype=np.int64)
        said = [[NOTHING if one is None else one for one in ballot.answers] for ballot in answers]
        self.said = np.array(said, dtype=np.int64).reshape(len(answers), len(policy.questions))
        self.cells: list[Cell] = []
        self.withheld: list[Withheld] = []
        self.gate = Gate(policy.k)
        self.layouts: dict[bytes, Layout] = {}
        counts = np.bincount(self.teams, minlength=len(self.tree.ids))
        atoms = [Atom(team, int(count), own=team > 0) for team, count in enumerate(counts)]
        self.blocks, left = partition(self.tree, atoms, policy.k)
        self.left_out = bool(left)
        of_team = np.full(len(self.tree.ids), -1, dtype=np.int64)
        for number, block in enumerate(self.blocks):
            of_team[block.atoms] = number
        self.block_of = of_team[self.teams] if len(answers) else np.zeros(0, dtype=np.int64)

    def teams_without_block(self) -> None:
        """Tell each team without a block that it has too few answers; by name, never how many."""
        own = {block.home for block in self.blocks if block.own}
        self.withheld += [
            Withheld(question="", reach="team", group=name, why=self._too_few())
            for place, name in enumerate(self.tree.ids)
            if place and place not in own
        ]

    def _too_few(self) -> str:
        return f"Fewer than {self.policy.k} answers."

    def layout(self, answered: NDArray[np.bool_]) -> Layout:
        """Form the blocks again of those who answered, once for all questions with the same gaps."""
        key = answered.tobytes()
        if key in self.layouts:
            return self.layouts[key]
        there = np.flatnonzero(answered & (self.block_of >= 0))
        sizes = np.bincount(self.block_of[there], minlength=len(self.blocks))
        atoms = [
            Atom(block.home, int(size), block.own) for block, size in zip(self.blocks, sizes, strict=True)
        ]
        blocks, _ = partition(self.tree, atoms, self.policy.k)
        of_block = np.full(len(self.blocks) + 1, -1, dtype=np.int64)
        for number, block in enumerate(blocks):
            of_block[block.atoms] = number
        of = np.full(len(answered), -1, dtype=np.int64)
        of[there] = of_block[self.block_of[there]]
        shown = plan(self.tree, blocks, fewest_blocks=2 if self.policy.kind == "upward" else 1)
        order = np.argsort(of, kind="stable")
        ends = np.searchsorted(of[order], np.arange(len(blocks) + 1))
        rows = [order[ends[number] : ends[number + 1]] for number in range(len(blocks))]
        for inside in shown.inside:
            rows.append(np.concatenate([rows[item] for item in inside]))
        self.layouts[key] = Layout(blocks, of, shown, rows)
        return self.layouts[key]

    def question(self, number: int, question: Question) -> None:
        """Make every figure of one question, and let the gate attack them."""
        said = self.said[:, number]
        layout = self.layout(said > NOTHING)
        sums, figures, missing = self._figures(layout, said, question)
        bounds = narrowed(sums)
        lens = self._lens(layout, said, question, bounds) if self.policy.lens else []
        ids = self.tree.ids
        drafts: dict[int, Draft] = {}
        for reach, place, item in layout.plan.labels:
            figure = figures.get(item)
            if figure is None:
                self._withhold(question, reach, ids[place], NO_WAVE if item in missing else NO_PARTS)
                continue
            if item in drafts and figure.held and not self._was(question, reach, ids[place], figure):
                self._withhold(question, reach, ids[place], ONE_TEAM)
                continue
            agreement: Agreement = ""
            if reach == "team":
                agreement = self._agreement(layout.rows[item], said, question, figure, bounds[item], lens)
            if item not in drafts:
                drafts[item] = _draft(f"{reach} {ids[place]}", layout.rows[item], figure, agreement)
            self._cell(question, reach, ids[place], figure, agreement)
        teams = {place for reach, place, _ in layout.plan.labels if reach == "team"}
        for block in self.blocks:
            if block.own and block.home not in teams:
                self._withhold(question, "team", ids[block.home], self._too_few())
        for value, draft, figure in lens:
            self._cell(question, "lens", EVERYBODY, figure, "", value)
            drafts[-1 - len(drafts)] = draft
        self.gate.check(question.id, list(drafts.values()), said, question.lowest, question.highest)

    def _was(self, question: Question, reach: Reach, group: str, figure: Figure) -> bool:
        """Say whether a group had the same figure last time; else it would be that of a part of it."""
        last = self.memory.last(question.id, reach, group)
        return last is not None and last.shown == figure.notch.shown

    def _figures(
        self, layout: Layout, said: NDArray[np.int64], question: Question
    ) -> tuple[list[Known], dict[int, Figure], set[int]]:
        """Show every sum, from the bottom up: how deep an end must be depends on what its parts show."""
        low, high = question.lowest, question.highest
        label: dict[int, Label] = {}
        for kind, place, item in layout.plan.labels:
            label.setdefault(item, (kind, self.tree.ids[place]))
        totals = [int(said[rows].sum()) for rows in layout.rows[: layout.plan.blocks]]
        sizes = [block.size for block in layout.blocks]
        reaches = [Span(size * low, size * high) for size in sizes]
        figures: dict[int, Figure] = {}
        missing: set[int] = set()
        sums: list[Known] = []
        anew: list[list[Label]] = []
        for item in range(layout.plan.blocks + len(layout.plan.inside)):
            inside: tuple[int, ...] = ()
            if item >= layout.plan.blocks:
                inside = layout.plan.inside[item - layout.plan.blocks]
                sizes.append(sum(sizes[one] for one in inside))
                totals.append(sum(totals[one] for one in inside))
                reaches.append(together([reaches[one] for one in inside]))
            size, reach = sizes[item], reaches[item]
            anew.append([one for part in inside for one in anew[part]])
            if item in label:
                try:
                    before = self.memory.near(question.id, *label[item], anew[item])
                except MissingWaveError:
                    missing.add(item)
                else:
                    figure = self._figure(totals[item], size, question, before, reach)
                    if figure is not None:
                        figures[item] = figure
                        reaches[item] = reach = within(reach, figure.notch)
                        if before is None:
                            anew[item].append(label[item])
            sums.append(Known(size, reach.low, reach.high, inside))
        return sums, figures, missing

    def _figure(
        self, total: int, n: int, question: Question, before: Before | None, reach: Span
    ) -> Figure | None:
        """Show one sum: anew, or as it was where the difference could be that of a few."""
        low, high, k = question.lowest, question.highest, self.policy.k
        held = False
        if before is not None and few(before.moved, k):
            notch, held = kept(total, n, before, low, high, k=k, reach=reach)
        else:
            notch = show(total, n, low, high, k=k, reach=reach)
        return None if notch is None else Figure(notch, before, held)

    def _agreement(
        self, rows: NDArray[np.int64], said: NDArray[np.int64], question: Question, figure: Figure,
        bounds: tuple[int, int], lens: Sequence[object],
    ) -> Agreement:  # fmt: skip
        """Say one word on how far a team's answers lie apart, where both words would be safe."""
        if figure.held and figure.before is not None:
            return figure.before.agreement
        # Where the word was not safe the last time it is not said of the same people now: other figures may
        # be held and say less, but what they said then is known.
        before = figure.before
        if lens or (before is not None and (few(before.moved, self.policy.k) or not before.agreement)):
            return ""
        low, high = question.lowest, question.highest
        if not alike.sayable(figure.notch.shown, len(rows), *bounds, low, high):
            return ""
        given = said[rows]
        return alike.said(len(rows), int(given.sum()), int((given * given).sum()), high - low + 1)

    def _lens(
        self, layout: Layout, said: NDArray[np.int64], question: Question, bounds: Sequence[tuple[int, int]]
    ) -> list[tuple[str, Draft, Figure]]:
        """Show the whole organization by the values of the lens, if the cut holds."""
        there = np.flatnonzero(layout.of >= 0)
        stated = [self.ballots[int(row)].lens.strip() or lens_cut.NOT_STATED for row in there]
        counts = Counter(stated)
        values = sorted(counts)
        names = lens_cut.merged([counts[value] for value in values], values, self.policy.k)
        shown_as = dict(zip(values, names, strict=True))
        shown = sorted(set(names), key=lambda name: (name in {lens_cut.OTHER, lens_cut.NOT_STATED}, name))
        if len(shown) < 2:
            self._withhold(question, "lens", EVERYBODY, "Too few people share a value.")
            return []
        column = {name: place for place, name in enumerate(shown)}
        of = np.array([column[shown_as[value]] for value in stated], dtype=np.int64)
        weights = np.zeros((len(layout.blocks), len(shown)), dtype=np.int64)
        np.add.at(weights, (layout.of[there], of), 1)
        if lens_cut.minimum_cut(weights) < self.policy.k:
            why = f"Together with the teams it would single out fewer than {self.policy.k}."
            self._withhold(question, "lens", EVERYBODY, why)
            return []
        low, high = question.lowest, question.highest
        sizes = [block.size for block in layout.blocks]
        found = []
        for place, name in enumerate(shown):
            rows = there[of == place]
            reach = lens_cut.reach(weights[:, place], bounds[: len(sizes)], sizes, low, high)
            try:
                before = self._before_of_value(question, name, len(rows), len(there))
            except MissingWaveError:
                self._withhold(question, "lens", EVERYBODY, NO_WAVE)
                return []
            figure = self._figure(int(said[rows].sum()), len(rows), question, before, reach)
            if figure is None:
                self._withhold(question, "lens", EVERYBODY, "The teams say all that may be said.")
                return []
            found.append((name, _draft(f"lens {name}", rows, figure, "", lens=True), figure))
        return found

    def _before_of_value(self, question: Question, value: str, size: int, people: int) -> Before | None:
        """Find the last figure of a value, if few may have come or left.

        Which of those who came or left have the value is known to nobody, so it may be one, or as many as
        their share tells; only from more than 2 k by this share on is the figure made anew.
        """
        last = self.memory.lens(question.id, value)
        if last is None:
            return None
        before, _ = last
        k = self.policy.k
        if before.moved == 0:
            return before
        if before.moved * size > 2 * k * people:
            return None
        return replace(before, moved=min(before.moved, k - 1))

    def _withhold(self, question: Question, reach: Reach, group: str, why: str) -> None:
        self.withheld.append(Withheld(question=question.id, reach=reach, group=group, why=why))

    def _cell(
        self,
        question: Question,
        reach: Reach,
        group: str,
        figure: Figure,
        agreement: Agreement,
        value: str = "",
    ) -> None:
        before, shown = figure.before, figure.notch.shown
        moved: Trend = ""
        last = self.memory.last(question.id, reach, group, value)
        if last is not None and not figure.held:
            moved = trend(shown, last.shown)
        self.cells.append(
            Cell(
                question=question.id,
                reach=reach,
                group=group,
                shown=shown,
                value=value,
                trend=moved,
                held=figure.held,
                as_of=before.closed_on if figure.held and before is not None else None,
                agreement=agreement,
            )
        )


def _draft(
    name: str, rows: NDArray[np.int64], figure: Figure, agreement: Agreement, *, lens: bool = False
) -> Draft:
    notch, before = figure.notch, figure.before
    return Draft(
        name,
        lens,
        rows,
        notch.low,
        notch.high,
        notch.shown,
        held=figure.held,
        before=None if before is None else before.shown,
        moved=0 if before is None else before.moved,
        agreement="" if figure.held else agreement,
    )
