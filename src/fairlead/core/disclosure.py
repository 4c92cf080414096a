"""The release: answers, the organization and a policy in; only what cannot be traced back out.

Nothing else builds a :class:`Released`, and pages, exports, mails and papers show nothing else. The
rules and why they hold: ``docs/methods/disclosure.md``.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import InitVar, asdict, dataclass, replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final, Literal

from fairlead.core.attendance import Participation, participation
from fairlead.core.ballots import Ballot, Policy, Question
from fairlead.core.blocks import EVERYBODY
from fairlead.core.cells import Cell, Withheld
from fairlead.core.held import Wave
from fairlead.core.making import Making
from fairlead.core.notches import Shown
from fairlead.core.release_gate import UnsafeReleaseError, Verdict
from fairlead.core.released_comments import Comment, ShownComment, release_comments
from fairlead.core.waves import DAYS, too_soon

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from fairlead.core.blocks import Organization, Reach

__all__ = (
    "Ballot", "Cell", "Comment", "Earlier", "Participation", "Policy", "Question", "Released",
    "UnsafeReleaseError", "Verdict", "Withheld", "fingerprint", "release", "restore", "to_json",
)  # fmt: skip

CHECKS: Final = ("groups", "rank", "cut", "notches", "intervals", "agreement", "waves")
"""What the gate tried."""

CROSSED: Final = "Together with the teams it would leave single answers too few possible values."

_SEAL: Final = object()
"""Only this module has it; without it there is no ``Released``."""


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
    for one in earlier:
        _check_earlier(one.released, policy)
    waves = [Wave(one.released.closed_on, one.organization, one.released.cells) for one in earlier]
    making = _made(Making(answers, organization, policy, waves), policy, earlier)
    if making.gate.crossed:
        # All of it goes: which questions gave way would say something about their answers.
        making = _made(Making(answers, organization, replace(policy, lens=""), waves), policy, earlier)
        making.withheld.append(Withheld(question="", reach="lens", group=EVERYBODY, why=CROSSED))
    written = [
        (int(block), comment)
        for block, ballot in zip(making.block_of, answers, strict=True)
        for comment in ballot.comments
    ]
    comments, held_back = release_comments(making.tree, making.blocks, written, policy.k)
    return Released(
        survey=policy.survey,
        family=policy.family,
        kind=policy.kind,
        closed_on=policy.closed_on,
        k=policy.k,
        lens=policy.lens,
        questions=policy.questions,
        cells=tuple(making.cells),
        withheld=tuple(making.withheld),
        comments=comments,
        comments_held_back=bool(held_back),
        participation=participation(making.tree, organization, making.teams.tolist()),
        some_in_no_figure=making.left_out,
        verdict=making.gate.verdict(*CHECKS),
        terms=fingerprint(organization, policy),
        seal=_SEAL,
    )


def _shown_on(question: Question, earlier: Sequence[Earlier]) -> list[date]:
    """Give the days of the waves that showed a question."""
    return [
        one.released.closed_on
        for one in earlier
        if any(question.id == cell.question for cell in one.released.cells)
    ]


def _made(making: Making, policy: Policy, earlier: Sequence[Earlier]) -> Making:
    """Make every figure of every question that may be asked again."""
    making.teams_without_block()
    for number, question in enumerate(policy.questions):
        if any(too_soon(policy.closed_on, day) for day in _shown_on(question, earlier)):
            why = f"The same question was shown less than {DAYS} days before."
            making.withheld.append(
                Withheld(question=question.id, reach="organization", group=EVERYBODY, why=why)
            )
        else:
            making.question(number, question)
    return making


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
    for cell in told["cells"]:
        cell["as_of"] = cell["as_of"] and cell["as_of"].isoformat()
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
        cells=tuple(_cell(one) for one in told["cells"]),
        withheld=tuple(Withheld(**one) for one in told["withheld"]),
        comments=tuple(ShownComment(**one) for one in told["comments"]),
        comments_held_back=told["comments_held_back"],
        participation=tuple(Participation(**one) for one in told["participation"]),
        some_in_no_figure=told["some_in_no_figure"],
        verdict=Verdict(**(told["verdict"] | {"checks": tuple(told["verdict"]["checks"])})),
        terms=told["terms"],
        seal=_SEAL,
    )


def _cell(one: Mapping[str, Any]) -> Cell:
    as_of = one["as_of"]
    return Cell(
        **(dict(one) | {"shown": Shown(**one["shown"]), "as_of": as_of and date.fromisoformat(as_of)})
    )


def _hash(told: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()


def _check_earlier(before: Released, policy: Policy) -> None:
    if before.family != policy.family:
        raise ValueError("An earlier wave belongs to the same family.")
    if before.survey == policy.survey:
        raise UnsafeReleaseError("This survey was released before; figures are made once.")
    if before.k > policy.k:
        raise UnsafeReleaseError(f"An earlier wave promised {before.k} people behind every figure.")
    if before.closed_on > policy.closed_on:
        raise UnsafeReleaseError("A later wave was released before.")
