"""The release: answers, the organization and a policy in; only what cannot be traced back out.

Nothing else builds a :class:`Released`, and pages, exports, mails and papers show nothing else. The
rules and why they hold: ``docs/methods/disclosure.md``.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from dataclasses import InitVar, asdict, dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

import numpy as np

from fairlead.core import lens_cut
from fairlead.core.attendance import Participation, participation
from fairlead.core.ballots import Ballot, Policy, Question, check_ballots
from fairlead.core.blocks import EVERYBODY, Atom, members, partition, plan, tree_of
from fairlead.core.notches import Known, Shown, Span, narrowed, show, together, within
from fairlead.core.release_gate import Draft, Gate, UnsafeReleaseError, Verdict
from fairlead.core.released_comments import Comment, ShownComment, release_comments
from fairlead.core.waves import DAYS, too_soon, trend

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from fairlead.core.blocks import Block, Organization, Plan, Reach
    from fairlead.core.notches import Notch
    from fairlead.core.waves import Trend

__all__ = (
    "Ballot", "Cell", "Comment", "Earlier", "Participation", "Policy", "Question", "Released",
    "UnsafeReleaseError", "Verdict", "Withheld", "fingerprint", "release", "restore", "to_json",
)  # fmt: skip

_SEAL: Final = object()
"""Only this module has it; without it there is no ``Released``."""

_NOTHING: Final = -(2**31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """One figure: the question, whose answers, the mean as shown, and how it moved.

    ``reach`` is ``"team"`` or ``"organization"`` with the manager's id as ``group`` (empty: all), or
    ``"lens"`` with the ``value`` of the lens. ``trend`` is empty where nothing may be said.
    """

    question: str
    reach: Reach
    group: str
    shown: Shown
    value: str = ""
    trend: Trend = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Withheld:
    """A figure that is not there, and why; ``question`` is empty where none of the group's is there."""

    question: str
    reach: Reach
    group: str
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Released:
    """Everything of a survey that anybody may ever see.

    ``some_in_no_figure``: up to k - 1 ballots found no block. ``comments_held_back`` says only
    whether there are any. ``terms`` is the fingerprint of policy and organization.
    """

    survey: str
    family: str
    kind: Literal["upward", "pulse"]
    closed_on: date
    k: int
    lens: str
    questions: tuple[Question, ...]
    cells: tuple[Cell, ...]
    withheld: tuple[Withheld, ...]
    comments: tuple[ShownComment, ...]
    comments_held_back: bool
    participation: tuple[Participation, ...]
    some_in_no_figure: bool
    verdict: Verdict
    terms: str
    seal: InitVar[object]

    def __post_init__(self, seal: object) -> None:
        if seal is not _SEAL:
            raise TypeError("Only core.disclosure.release makes a Released.")

    def find(self, question: str, reach: Reach, group: str, value: str = "") -> Cell | None:
        """Give one figure, or nothing where it was not released."""
        wanted = (question, reach, group, value)
        return next(
            (one for one in self.cells if (one.question, one.reach, one.group, one.value) == wanted), None
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Earlier:
    """A former wave: what was released, and the organization as it stood then."""

    released: Released
    organization: Organization


def release(
    answers: Sequence[Ballot],
    organization: Organization,
    policy: Policy,
    *,
    earlier: Sequence[Earlier] = (),
    terms: str = "",
) -> Released:
    """Release what cannot be traced back to anybody, or nothing.

    Parameters
    ----------
    answers
        The ballots of a closed survey, in any order; they name a team and no person.
    organization
        As it stood when the survey was launched.
    policy
        As it was promised then.
    earlier
        Former waves of the same family.
    terms
        What :func:`fingerprint` gave at the launch. If policy or organization are others now,
        nothing is released.

    Returns
    -------
    Released
        The same for the same ballots in any order.

    Raises
    ------
    ValueError
        When ballots, organization and policy do not fit each other.
    UnsafeReleaseError
        When the gate finds that fewer than k people, or one answer, could be singled out.

    Notes
    -----
    Figures are sums over whole blocks, disjoint groups of at least k people. Any combination of
    them is a sum over blocks again, so it depends on nobody or on k people at least.

    Examples
    --------
    >>> from fairlead.core.blocks import Organization, Team
    >>> team = Organization(teams=(Team(id="ann", members=tuple("bcdefg")),))
    >>> terms = Policy(survey="1", family="f", closed_on=date(2026, 1, 1), questions=(Question(id="q"),))
    >>> said = [Ballot(team="ann", answers=(number,)) for number in (4, 4, 5, 3, 4, 4)]
    >>> [(cell.reach, cell.shown.at) for cell in release(said, team, terms).cells][:1]
    [('team', 4.0)]
    """
    if terms and terms != fingerprint(organization, policy):
        raise UnsafeReleaseError("The rules, the questions or the organization are not those of the launch.")
    return _Making(answers, organization, policy, earlier).released()


def fingerprint(organization: Organization, policy: Policy) -> str:
    """Give a hash of all that may not change after the launch."""
    teams = sorted((team.id, team.above, sorted(team.members)) for team in organization.teams)
    asked = [(one.id, one.lowest, one.highest) for one in policy.questions]
    rules = (policy.survey, policy.family, policy.kind, policy.k, policy.lens)
    fixed = json.dumps((rules, asked, teams, sorted(organization.alone)))
    return hashlib.sha256(fixed.encode()).hexdigest()


def to_json(released: Released) -> dict[str, Any]:
    """Give a release as plain JSON values, with a hash over all of them that :func:`restore` checks."""
    told: dict[str, Any] = asdict(released)
    told["closed_on"] = released.closed_on.isoformat()
    return told | {"hash": _hash(told)}


def restore(stored: Mapping[str, Any]) -> Released:
    """Read back what :func:`to_json` gave.

    Raises
    ------
    ValueError
        When anything in it is not as it was released.
    """
    told = dict(stored)
    if told.pop("hash", "") != _hash(told):
        raise ValueError("This is not a release as it was made.")
    return Released(
        survey=told["survey"],
        family=told["family"],
        kind=told["kind"],
        closed_on=date.fromisoformat(told["closed_on"]),
        k=told["k"],
        lens=told["lens"],
        questions=tuple(Question(**one) for one in told["questions"]),
        cells=tuple(Cell(**(one | {"shown": Shown(**one["shown"])})) for one in told["cells"]),
        withheld=tuple(Withheld(**one) for one in told["withheld"]),
        comments=tuple(ShownComment(**one) for one in told["comments"]),
        comments_held_back=told["comments_held_back"],
        participation=tuple(Participation(**one) for one in told["participation"]),
        some_in_no_figure=told["some_in_no_figure"],
        verdict=Verdict(**(told["verdict"] | {"checks": tuple(told["verdict"]["checks"])})),
        terms=told["terms"],
        seal=_SEAL,
    )


def _hash(told: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Layout:
    """How the answers to questions with the same gaps are counted: blocks, what is shown, whose rows."""

    blocks: list[Block]
    of: NDArray[np.int64]
    plan: Plan
    rows: list[NDArray[np.int64]]


class _Making:
    """One release on its way."""

    def __init__(
        self,
        answers: Sequence[Ballot],
        organization: Organization,
        policy: Policy,
        earlier: Sequence[Earlier],
    ) -> None:
        check_ballots(answers, organization, policy)
        for one in earlier:
            _check_earlier(one.released, policy)
        self.tree = tree_of(organization)
        self.organization = organization
        self.policy = policy
        self.earlier = sorted(earlier, key=lambda one: one.released.closed_on)
        self.last = {
            (cell.question, cell.reach, cell.group, cell.value): (cell.shown, one.organization)
            for one in self.earlier
            for cell in one.released.cells
        }
        self.ballots = answers
        place = {name: number for number, name in enumerate(self.tree.ids)}
        self.teams = np.array([place[ballot.team] for ballot in answers], dtype=np.int64)
        said = [[_NOTHING if one is None else one for one in ballot.answers] for ballot in answers]
        self.said = np.array(said, dtype=np.int64).reshape(len(answers), len(policy.questions))
        self.cells: list[Cell] = []
        self.withheld: list[Withheld] = []
        self.gate = Gate(policy.k)
        self.layouts: dict[bytes, _Layout] = {}
        counts = np.bincount(self.teams, minlength=len(self.tree.ids))
        atoms = [Atom(team, int(count), own=team > 0) for team, count in enumerate(counts)]
        self.blocks, left = partition(self.tree, atoms, policy.k)
        self.left_out = bool(left)
        of_team = np.full(len(self.tree.ids), -1, dtype=np.int64)
        for number, block in enumerate(self.blocks):
            of_team[block.atoms] = number
        self.block_of = of_team[self.teams] if len(answers) else np.zeros(0, dtype=np.int64)

    def released(self) -> Released:
        policy = self.policy
        self._without_block()
        for number, question in enumerate(policy.questions):
            before = [
                one.released
                for one in self.earlier
                if any(question.id == cell.question for cell in one.released.cells)
            ]
            if any(too_soon(policy.closed_on, one.closed_on) for one in before):
                why = f"The same question was shown less than {DAYS} days before."
                self.withheld.append(
                    Withheld(question=question.id, reach="organization", group=EVERYBODY, why=why)
                )
                continue
            self._question(number, question)
        comments, held_back = release_comments(
            self.tree,
            self.blocks,
            [
                (int(block), comment)
                for block, ballot in zip(self.block_of, self.ballots, strict=True)
                for comment in ballot.comments
            ],
            policy.k,
        )
        return Released(
            survey=policy.survey,
            family=policy.family,
            kind=policy.kind,
            closed_on=policy.closed_on,
            k=policy.k,
            lens=policy.lens,
            questions=policy.questions,
            cells=tuple(self.cells),
            withheld=tuple(self.withheld),
            comments=comments,
            comments_held_back=bool(held_back),
            participation=participation(self.tree, self.organization, self.teams.tolist()),
            some_in_no_figure=self.left_out,
            verdict=self.gate.verdict("groups", "rank", "cut", "notches", "intervals", "waves"),
            terms=fingerprint(self.organization, policy),
            seal=_SEAL,
        )

    def _without_block(self) -> None:
        """Tell each team without a block that it has too few answers; by name, never how many."""
        own = {block.home for block in self.blocks if block.own}
        self.withheld += [
            Withheld(question="", reach="team", group=name, why=self._too_few())
            for place, name in enumerate(self.tree.ids)
            if place and place not in own
        ]

    def _too_few(self) -> str:
        return f"Fewer than {self.policy.k} answers."

    def _layout(self, answered: NDArray[np.bool_]) -> _Layout:
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
        self.layouts[key] = _Layout(blocks, of, shown, rows)
        return self.layouts[key]

    def _question(self, number: int, question: Question) -> None:
        said = self.said[:, number]
        layout = self._layout(said > _NOTHING)
        sums, notches = self._notches(layout, said, question)
        ids = self.tree.ids
        drafts = []
        drawn: set[int] = set()
        for reach, place, item in layout.plan.labels:
            notch = notches.get(item)
            if notch is None:
                why = "Its parts say all that may be said."
                self.withheld.append(_withheld(question, reach, ids[place], why))
                continue
            if item not in drawn:
                drawn.add(item)
                name = f"{reach} {ids[place]}"
                drafts.append(Draft(name, False, layout.rows[item], notch.low, notch.high, notch.shown))
            self._cell(question, reach, ids[place], notch.shown)
        teams = {place for reach, place, _ in layout.plan.labels if reach == "team"}
        self.withheld += [
            _withheld(question, "team", ids[block.home], self._too_few())
            for block in self.blocks
            if block.own and block.home not in teams
        ]
        if self.policy.lens:
            drafts += self._lens(layout, said, question, sums)
        self.gate.check(question.id, drafts, said, question.lowest, question.highest)

    def _notches(
        self, layout: _Layout, said: NDArray[np.int64], question: Question
    ) -> tuple[list[Known], dict[int, Notch]]:
        """Show every sum, from the bottom up: how deep an end must be depends on what its parts show."""
        low, high = question.lowest, question.highest
        displayed = {item for _, _, item in layout.plan.labels}
        totals = [int(said[rows].sum()) for rows in layout.rows[: layout.plan.blocks]]
        sizes = [block.size for block in layout.blocks]
        reaches = [Span(size * low, size * high) for size in sizes]
        notches: dict[int, Notch] = {}
        sums: list[Known] = []
        for item in range(layout.plan.blocks + len(layout.plan.inside)):
            inside: tuple[int, ...] = ()
            if item >= layout.plan.blocks:
                inside = layout.plan.inside[item - layout.plan.blocks]
                sizes.append(sum(sizes[one] for one in inside))
                totals.append(sum(totals[one] for one in inside))
                reaches.append(together([reaches[one] for one in inside]))
            size, reach = sizes[item], reaches[item]
            notch = None
            if item in displayed:
                notch = show(totals[item], size, low, high, k=self.policy.k, reach=reach)
            if notch is not None:
                notches[item] = notch
                reaches[item] = reach = within(reach, notch)
            sums.append(Known(size, reach.low, reach.high, inside))
        return sums, notches

    def _lens(
        self, layout: _Layout, said: NDArray[np.int64], question: Question, sums: list[Known]
    ) -> list[Draft]:
        """Show the whole organization by the values of the lens, if the cut holds."""
        there = np.flatnonzero(layout.of >= 0)
        stated = [self.ballots[int(row)].lens.strip() or lens_cut.NOT_STATED for row in there]
        counts = Counter(stated)
        values = sorted(counts)
        names = lens_cut.merged([counts[value] for value in values], values, self.policy.k)
        shown_as = dict(zip(values, names, strict=True))
        shown = sorted(set(names), key=lambda name: (name in {lens_cut.OTHER, lens_cut.NOT_STATED}, name))
        if len(shown) < 2:
            self._no_lens(question, "Too few people share a value.")
            return []
        column = {name: place for place, name in enumerate(shown)}
        of = np.array([column[shown_as[value]] for value in stated], dtype=np.int64)
        weights = np.zeros((len(layout.blocks), len(shown)), dtype=np.int64)
        np.add.at(weights, (layout.of[there], of), 1)
        if lens_cut.minimum_cut(weights) < self.policy.k:
            self._no_lens(
                question, f"Together with the teams it would single out fewer than {self.policy.k}."
            )
            return []
        low, high = question.lowest, question.highest
        bounds = narrowed(sums)[: len(layout.blocks)]
        drafts = []
        for place, name in enumerate(shown):
            rows = there[of == place]
            reach = lens_cut.reach(weights[:, place], bounds, [b.size for b in layout.blocks], low, high)
            notch = show(int(said[rows].sum()), len(rows), low, high, k=self.policy.k, reach=reach)
            if notch is None:
                self._no_lens(question, "The teams say all that may be said.")
                return []
            drafts.append((name, Draft(f"lens {name}", True, rows, notch.low, notch.high, notch.shown)))
        for name, draft in drafts:
            self._cell(question, "lens", EVERYBODY, draft.shown, value=name)
        return [draft for _, draft in drafts]

    def _no_lens(self, question: Question, why: str) -> None:
        self.withheld.append(_withheld(question, "lens", EVERYBODY, why))

    def _cell(self, question: Question, reach: Reach, group: str, shown: Shown, value: str = "") -> None:
        moved: Trend = ""
        last = self.last.get((question.id, reach, group, value))
        if last is not None:
            now, then = (members(o, reach, group) for o in (self.organization, last[1]))
            moved = trend(shown, last[0], now, then, self.policy.k)
        self.cells.append(
            Cell(question=question.id, reach=reach, group=group, shown=shown, value=value, trend=moved)
        )


def _withheld(question: Question, reach: Reach, group: str, why: str) -> Withheld:
    return Withheld(question=question.id, reach=reach, group=group, why=why)


def _check_earlier(before: Released, policy: Policy) -> None:
    if before.family != policy.family:
        raise ValueError("An earlier wave belongs to the same family.")
    if before.survey == policy.survey:
        raise UnsafeReleaseError("This survey was released before; figures are made once.")
    if before.k > policy.k:
        raise UnsafeReleaseError(f"An earlier wave promised {before.k} people behind every figure.")
    if before.closed_on > policy.closed_on:
        raise UnsafeReleaseError("A later wave was released before.")
