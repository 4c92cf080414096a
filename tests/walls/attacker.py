"""Whoever wants to know who said what: everything published is combined until somebody is alone.

``random_company`` makes organizations as they come, ``supports`` says who is behind each figure of a release,
``attack`` combines any list of sums, ``SUMS`` are mistakes that must be found, ``still_possible`` reads shown
figures back into what each answer can be.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from typing import TYPE_CHECKING

import numpy as np
from tests.walls.words import agreeing

from fairlead.core.ballots import Ballot, Policy, Question
from fairlead.core.blocks import Organization, Team, tree_of

if TYPE_CHECKING:
    from collections.abc import Callable

P = 2**31 - 1
K = 5
DAY = date(2026, 11, 2)


@dataclass
class Company:
    """An organization with everybody's ballot: ``team_of`` and ``lens_of`` by ballot."""

    organization: Organization
    ballots: list[Ballot]
    policy: Policy
    people: list[str] = field(default_factory=list)
    """Who cast each ballot; only the attacker's own tests know."""

    @property
    def teams(self) -> list[str]:
        return [ballot.team for ballot in self.ballots]

    def above(self) -> dict[str, str]:
        return {team.id: team.above for team in self.organization.teams}

    def inside(self, head: str) -> set[str]:
        """Give the teams of an organization: the head's own and all below."""
        above, found = self.above(), set()
        for team in above:
            at = team
            while at and at != head:
                at = above[at]
            if at == head:
                found.add(team)
        return found | ({""} if head == "" else set())


def random_organization(rng: np.random.Generator, people: int) -> Organization:
    """Make reporting lines: spans from 2 to 11, one to a few people at the top."""
    reports: dict[int, list[int]] = defaultdict(list)
    boss = [-1] * people
    heads = int(rng.integers(1, 3))
    waiting = list(range(heads))
    following = heads
    while following < people:
        at = waiting.pop(0)
        span = int(rng.choice([2, 3, 4, 5, 6, 7, 8, 9, 11]))
        for person in range(following, min(following + span, people)):
            boss[person] = at
            reports[at].append(person)
        below = reports[at]
        leaders = [one for one in below if rng.random() < 0.55] or below[:1]
        waiting += leaders
        following += len(below)
    teams = tuple(
        Team(
            id=f"p{head}",
            above=f"p{boss[head]}" if boss[head] >= 0 else "",
            members=tuple(f"p{one}" for one in reports[head]),
        )
        for head in sorted(reports)
    )
    return Organization(teams=teams, alone=tuple(f"p{one}" for one in range(heads)))


def random_company(
    rng: np.random.Generator,
    people: int,
    *,
    questions: int = 2,
    lens: bool = False,
    rate: float = 0.8,
    skips: float = 0.05,
    scale: tuple[int, int] = (1, 5),
    mood: float = 0.65,
) -> Company:
    """Make a company in which most answer, some skip a question, and teams differ."""
    organization = random_organization(rng, people)
    values, weights = ["women", "men", "another"], [0.45, 0.5, 0.05]
    ballots, who = [], []
    low, high = scale
    for team, members in [("", organization.alone), *((t.id, t.members) for t in organization.teams)]:
        leaning = rng.normal(mood, 0.2)
        for person in members:
            if rng.random() > rate:
                continue
            raw = np.clip(np.rint(low + (high - low) * rng.normal(leaning, 0.22, questions)), low, high)
            said = tuple(None if rng.random() < skips else int(one) for one in raw)
            value = str(rng.choice(values, p=weights)) if lens else ""
            ballots.append(Ballot(team=team, answers=said, lens=value))
            who.append(person)
    policy = Policy(
        survey="s1",
        family="f",
        closed_on=DAY,
        questions=tuple(Question(id=f"q{n}", lowest=low, highest=high) for n in range(questions)),
        lens="gender" if lens else "",
    )
    return Company(organization, ballots, policy, who)


# What a release shows, and of whom


def blocks_again(
    company: Company, k: int = K, rows: set[int] | None = None
) -> list[tuple[str, bool, list[int]]]:
    """Form blocks a second time, by plain recursion: place, whether it is one whole team, ballots."""
    below: dict[str, list[str]] = defaultdict(list)
    for team in company.organization.teams:
        below[team.above].append(team.id)
    by_team: dict[str, list[int]] = defaultdict(list)
    for row, ballot in enumerate(company.ballots):
        if rows is None or row in rows:
            by_team[ballot.team].append(row)
    blocks: list[tuple[str, bool, list[int]]] = []

    def rise(place: str) -> list[int]:
        rest = [row for child in below[place] for row in rise(child)]
        own = by_team[place]
        if len(own) >= k and place:
            blocks.append((place, True, own))
        else:
            rest += own
        if len(rest) >= k:
            blocks.append((place, False, rest))
            return []
        return rest

    rise("")
    return blocks


def supports(company: Company, cells, question: int) -> list[np.ndarray]:
    """Give the people behind each figure of a question, by the rules as they are written.

    Forming blocks again per question is left to the release's own functions; that they are right is
    tested against ``blocks_again`` elsewhere. The attack needs the truth about who is behind what.
    """
    from fairlead.core.making import Making

    making = Making(company.ballots, company.organization, company.policy, ())
    said = making.said[:, question]
    layout = making.layout(said > -(2**31))
    ids = tree_of(company.organization).ids
    rows = {(reach, ids[place]): layout.rows[item] for reach, place, item in layout.plan.labels}
    found = []
    from fairlead.core import lens_cut

    there = np.flatnonzero(layout.of >= 0)
    stated = {int(row): company.ballots[int(row)].lens or lens_cut.NOT_STATED for row in there}
    counts = Counter(stated.values())
    values = sorted(counts)
    names = dict(
        zip(values, lens_cut.merged([counts[v] for v in values], values, company.policy.k), strict=True)
    )
    for cell in cells:
        if cell.reach == "lens":
            found.append(np.array([row for row in stated if names[stated[row]] == cell.value]))
        else:
            found.append(rows[cell.reach, cell.group])
    return found


@dataclass
class Attack:
    """What all sums together give away."""

    alone: int
    """People whose exact answer is a combination of the sums."""
    smallest: int
    """Fewest people on whom a combination depends, as far as rows of the reduced form show."""


def attack(sums: list[np.ndarray], people: int) -> Attack:
    """Reduce all sums modulo a prime and look for rows on which few people have weight.

    People who are in exactly the same sums can never be told apart; they stand as one column. A row of
    the reduced form, or the difference of two, with little weight is a small group found.
    """
    if not sums:
        return Attack(0, people)
    member = np.zeros((len(sums), people), dtype=np.int64)
    for number, rows in enumerate(sums):
        member[number, rows] = 1
    columns, sizes = np.unique(member.T, axis=0, return_counts=True)
    there = columns.any(axis=1)
    columns, sizes = columns[there], sizes[there]
    reduced = _reduced(columns.T.copy())
    weights = ((reduced != 0) * sizes).sum(axis=1)
    smallest = int(weights.min())
    single = reduced[(weights == 1)]
    # Two rows that are parallel but for few people: their difference stands for these few.
    for first in range(min(len(reduced), 60)):
        apart = (reduced[first] != reduced) * sizes
        apart = apart.sum(axis=1)
        apart[first] = people
        smallest = min(smallest, int(apart.min()))
    return Attack(len(single), smallest)


def _reduced(rows: np.ndarray) -> np.ndarray:
    """Gauss and Jordan modulo a prime."""
    done = 0
    for column in range(rows.shape[1]):
        pivots = np.flatnonzero(rows[done:, column])
        if not len(pivots):
            continue
        pivot = done + int(pivots[0])
        rows[[done, pivot]] = rows[[pivot, done]]
        rows[done] = rows[done] * pow(int(rows[done, column]), -1, P) % P
        for other in np.flatnonzero(rows[:, column]):
            if other != done:
                rows[other] = (rows[other] - rows[other, column] * rows[done]) % P
        done += 1
        if done == len(rows):
            break
    return rows[:done]


# Ten mistakes: each gives the sums that a careless program would have published


def threshold_only(company: Company, rng, k: int = K, rows: set[int] | None = None) -> list[np.ndarray]:
    """Every team and every organization with k answers or more, each by itself."""
    sums = []
    for head in ["", *company.above()]:
        inside = company.inside(head)
        for teams in ({head}, inside):
            found = [
                row
                for row, team in enumerate(company.teams)
                if team in teams and (rows is None or row in rows)
            ]
            if len(found) >= k:
                sums.append(np.array(found))
    return sums


def right(company: Company, k: int = K, rows: set[int] | None = None) -> list[np.ndarray]:
    """The sums of the blocks, made again by plain recursion."""
    blocks = blocks_again(company, k, rows)
    sums = [np.array(found) for _, own, found in blocks if own]
    for head in ["", *company.above()]:
        inside = company.inside(head)
        parts = [found for place, _, found in blocks if place in inside or (head == "" and place == "")]
        if parts:
            sums.append(np.concatenate([np.array(part) for part in parts]))
    return sums


def off_by_one(company, rng):
    """Blocks of k - 1."""
    return right(company, K - 1)


def full_totals(company, rng):
    """Blocks, and everybody's sum beside them, whether or not in a block."""
    totals = []
    for head in ["", *company.above()]:
        inside = company.inside(head)
        rows = [row for row, team in enumerate(company.teams) if team in inside]
        if len(rows) >= K:
            totals.append(np.array(rows))
    return right(company) + totals


def late_answer(company, rng):
    """Published, then one more answer comes and everything is published again."""
    late = int(rng.integers(len(company.ballots)))
    return right(company, rows=set(range(len(company.ballots))) - {late}) + right(company)


def re_organized(company, rng):
    """Published, then two people change their teams and everything is published again."""
    before = right(company)
    names = [team.id for team in company.organization.teams]
    ballots = list(company.ballots)
    for row in rng.choice(len(ballots), size=2, replace=False):
        old = ballots[int(row)]
        ballots[int(row)] = Ballot(
            team=str(rng.choice([n for n in names if n != old.team])), answers=old.answers, lens=old.lens
        )
    return before + right(Company(company.organization, ballots, company.policy))


def skips_ignored(company, rng):
    """The blocks of the ballots are used for a question that some of them skip."""
    gone = rng.random(len(company.ballots)) < 0.25
    sums = [rows[~gone[rows]] for rows in right(company)]
    return [rows for rows in sums if len(rows)]


def live(company, rng):
    """Figures while the survey runs: after every few ballots."""
    order = rng.permutation(len(company.ballots))
    sums = []
    for count in range(10, len(order) + 1, 3):
        sums += right(company, rows=set(order[:count].tolist()))
    return sums


def without_cut(company, rng):
    """Blocks, and two lenses by team that nobody checked."""
    sums = right(company)
    values = np.array([ballot.lens for ballot in company.ballots])
    for team in ["", *company.above()]:
        inside = company.inside(team)
        here = np.array([one in inside for one in company.teams])
        for value in sorted(set(values.tolist())):
            rows = np.flatnonzero(here & (values == value))
            if len(rows) >= K:
                sums.append(rows)
    return sums


SUMS: dict[str, Callable] = {
    "threshold only": threshold_only,
    "k off by one": off_by_one,
    "full totals": full_totals,
    "late answer": late_answer,
    "re-organized": re_organized,
    "skips ignored": skips_ignored,
    "live results": live,
    "lens without a cut": without_cut,
}
"""Eight mistakes about sums; the other two, about the order and the labels of comments, are texts."""


def order_found(shown: list[str], cast: list[str]) -> float:
    """Say how far the order of shown comments is the order in which they were cast: share of pairs."""
    place = {text: number for number, text in enumerate(cast)}
    places = np.array([place[text] for text in shown])
    later = places[None, :] > places[:, None]
    upper = np.triu_indices(len(places), 1)
    return float(later[upper].mean())


def authors(views: list[tuple[set[str], set[int]]]) -> int:
    """Find the fewest possible authors of any comment, from all views of it together.

    A view is a set of texts and the people who can have written them. Whoever wrote a text is in every
    view that has it, and in none that has not.
    """
    fewest = None
    for text in set().union(*(texts for texts, _ in views)):
        holding = [people for texts, people in views if text in texts]
        lacking = [people for texts, people in views if text not in texts]
        left = len(set.intersection(*holding).difference(*lacking))
        fewest = left if fewest is None else min(fewest, left)
    return fewest or 0


# What the shown figures themselves say


def known_sum(shown, n: int, low: int, high: int) -> tuple[int, int]:
    """Read a figure back: the smallest and largest sum of n answers that it can stand for."""
    step = Fraction(round(shown.step * 20), 20)
    at = Fraction(shown.at).limit_denominator(1000) - low
    notch = at / step
    sums = range(n * low, n * high + 1)
    if shown.end == "or more":
        first = -(-notch.numerator // notch.denominator)
        return min(s for s in sums if _notch(s, n, low, step) >= first), n * high
    if shown.end == "or less":
        last = notch.numerator // notch.denominator
        return n * low, max(s for s in sums if _notch(s, n, low, step) <= last)
    same = [s for s in sums if _notch(s, n, low, step) == notch]
    return same[0], same[-1]


def _notch(total: int, n: int, low: int, step: Fraction) -> int:
    return ((Fraction(total, n) - low) / step + Fraction(1, 2)).__floor__()


def still_possible(company: Company, cells, question: int) -> list[int]:
    """Count for every answer the options that it can still have, from nested figures as they are shown.

    Bounds go up and down the tree of figures until nothing changes. A word about agreement leaves only
    those answers that some set of answers within the bounds can have of which the word is true.
    """
    asked = company.policy.questions[question]
    low, high = asked.lowest, asked.highest
    plain = [cell for cell in cells if cell.reach != "lens"]
    rows = supports(company, plain, question)
    order = sorted(range(len(plain)), key=lambda number: len(rows[number]))
    bounds: dict[frozenset, list[int]] = {}
    for number in order:
        key = frozenset(rows[number].tolist())
        least, most = known_sum(plain[number].shown, len(key), low, high)
        old = bounds.get(key, [least, most])
        bounds[key] = [max(old[0], least), min(old[1], most)]
    keys = list(bounds)
    children: dict[frozenset, list[frozenset]] = {key: [] for key in keys}
    placed: set[frozenset] = set()
    for at, key in enumerate(keys):
        inside = [other for other in keys[:at] if other < key and other not in placed]
        children[key] = inside
        placed |= set(inside)
        rest = key.difference(*inside) if inside else frozenset()
        if rest:
            bounds[rest] = [len(rest) * low, len(rest) * high]
            children[key] = [*inside, rest]
    _tighten(bounds, children)
    words = {
        frozenset(rows[number].tolist()): cell.agreement
        for number, cell in enumerate(plain)
        if cell.agreement
    }
    counts = []
    for key in [key for key in bounds if not children.get(key)]:
        n, (least, most) = len(key), bounds[key]
        if key in words:
            counts += [agreeing(n, least - n * low, most - n * low, high - low + 1, words[key])] * n
            continue
        options = sum(least - (n - 1) * high <= x <= most - (n - 1) * low for x in range(low, high + 1))
        counts += [options] * n
    return counts


def _tighten(bounds: dict[frozenset, list[int]], children: dict[frozenset, list[frozenset]]) -> None:
    """Let every sum narrow its parts and every part its sum, until nothing changes."""
    changed = True
    while changed:
        changed = False
        for whole, parts in children.items():
            for target in [whole, *parts] if parts else []:
                least, most = bounds[target]
                if target is whole:
                    new = [sum(bounds[part][end] for part in parts) for end in (0, 1)]
                else:
                    rest = [bounds[part] for part in parts if part != target]
                    new = [
                        bounds[whole][0] - sum(ends[1] for ends in rest),
                        bounds[whole][1] - sum(ends[0] for ends in rest),
                    ]
                better = [max(least, new[0]), min(most, new[1])]
                if better != [least, most]:
                    bounds[target] = better
                    changed = True
