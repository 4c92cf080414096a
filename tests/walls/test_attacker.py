"""The attacker against every release, and against ten planted mistakes, each of which it must find."""

import dataclasses
import os

import numpy as np
import pytest
from tests.walls.attacker import (
    SUMS,
    Company,
    attack,
    authors,
    blocks_again,
    known_sum,
    order_found,
    random_company,
    still_possible,
    supports,
)

from fairlead.core import alike
from fairlead.core.blocks import Block, tree_of
from fairlead.core.disclosure import release
from fairlead.core.lens_cut import minimum_cut
from fairlead.core.notches import spare
from fairlead.core.release_gate import Draft, Gate, smallest_support
from fairlead.core.released_comments import Comment, release_comments

K = 5
MOODS = (0.65, 0.95, 0.1)
MANY = 10_000 if "FAIRLEAD_ATTACKED" in os.environ else 2_000
"""Organizations that are attacked in the slow run; all of them with ``make attack``."""


def cells_of(released, question):
    return [cell for cell in released.cells if cell.question == f"q{question}"]


def attacked(seed, count, smallest, largest, lens_every=2):
    """Attack releases of random organizations: people reconstructed, fewest people singled out."""
    rng = np.random.default_rng(seed)
    alone, fewest, figures = 0, largest, 0
    for number in range(count):
        company = random_company(
            rng,
            int(rng.integers(smallest, largest + 1)),
            lens=number % lens_every == 0,
            rate=float(rng.choice([0.4, 0.7, 0.9])),
            skips=float(rng.choice([0.0, 0.05, 0.3])),
            mood=MOODS[number % 3],
        )
        released = release(company.ballots, company.organization, company.policy)
        for question in range(2):
            cells = cells_of(released, question)
            if cells:
                found = attack(supports(company, cells, question), len(company.ballots))
                alone, fewest = alone + found.alone, min(fewest, found.smallest)
                figures += len(cells)
    return alone, fewest, figures


def test_nobody_can_be_reconstructed_in_random_organizations():
    alone, fewest, figures = attacked(1, 150, 20, 150)
    assert (alone, fewest >= K) == (0, True)
    assert figures > 1_000


@pytest.mark.slow
def test_nobody_can_be_reconstructed_in_thousands_of_organizations():
    alone, fewest, figures = attacked(2, MANY, 20, 150)
    assert (alone, fewest >= K) == (0, True)
    assert figures > 10 * MANY


@pytest.mark.slow
def test_nobody_can_be_reconstructed_in_large_organizations():
    alone, fewest, _ = attacked(3, 3 * MANY // 100, 300, 2_000)
    assert (alone, fewest >= K) == (0, True)


def test_what_the_attacker_takes_for_the_truth_is_the_truth():
    """A team's figure is of all its answers; an organization's of nobody outside it."""
    rng = np.random.default_rng(4)
    for _ in range(30):
        company = random_company(rng, 90)
        released = release(company.ballots, company.organization, company.policy)
        cells = cells_of(released, 0)
        teams = {cell.group for cell in cells if cell.reach == "team"}
        for cell, rows in zip(cells, supports(company, cells, 0), strict=True):
            inside = {cell.group} if cell.reach == "team" else company.inside(cell.group)
            said = {
                row
                for row, ballot in enumerate(company.ballots)
                if ballot.team in inside and ballot.answers[0] is not None
            }
            assert set(rows.tolist()) <= said
            if cell.reach == "team":
                assert set(rows.tolist()) == said
        enough = {team for team in company.above() if company.teams.count(team) >= K}
        assert teams <= enough


# The attacker is alive


def caught(seed, count):
    rng = np.random.default_rng(seed)
    found, exact = dict.fromkeys(SUMS, 0), 0
    gate_missed = []
    for _ in range(count):
        company = random_company(rng, int(rng.integers(40, 151)), lens=True)
        for name, make in SUMS.items():
            sums = make(company, rng)
            result = attack(sums, len(company.ballots))
            found[name] += result.smallest < K
            exact += name == "threshold only" and result.alone > 0
            smallest, _, _ = smallest_support([(False, rows) for rows in sums], len(company.ballots))
            if result.smallest < K <= smallest:
                gate_missed.append(name)
    return {name: hits / count for name, hits in found.items()}, exact / count, gate_missed


def test_planted_mistakes_are_found_and_the_gate_sees_every_one_of_them():
    rates, exact, gate_missed = caught(5, 60)
    assert {name: rate for name, rate in rates.items() if rate < 0.8} == {}
    assert exact >= 0.2
    assert gate_missed == []


@pytest.mark.slow
def test_planted_mistakes_are_found_in_a_thousand_organizations():
    rates, exact, gate_missed = caught(6, 1_000)
    assert {name: rate for name, rate in rates.items() if rate < 0.8} == {}
    assert exact >= 0.2
    assert gate_missed == []


def talkative(company: Company, cells, question: int) -> list:
    """Plant one more mistake: a word about agreement beside every team's figure, at the ends too."""
    asked, found = company.policy.questions[question], []
    for cell, rows in zip(cells, supports(company, cells, question), strict=True):
        given = [company.ballots[int(row)].answers[question] - asked.lowest for row in rows]
        word = alike.said(
            len(given), sum(given), sum(one**2 for one in given), asked.highest - asked.lowest + 1
        )
        found.append(dataclasses.replace(cell, agreement=word) if cell.reach == "team" else cell)
    return found


def chatty(seed, count):
    """Plant a word about agreement beside every figure, where most teams are near an end.

    Gives how often it is found, how often the gate does not see what is found, and our own fewest options.
    """
    rng = np.random.default_rng(seed)
    found, missed, ours = 0, 0, 5
    for number in range(count):
        company = random_company(rng, int(rng.integers(40, 151)), questions=1, mood=(0.9, 0.95)[number % 2])
        released = release(company.ballots, company.organization, company.policy)
        cells = cells_of(released, 0)
        ours = min([ours, *still_possible(company, cells, 0)])
        planted = talkative(company, cells, 0)
        fewest = min(still_possible(company, planted, 0))
        found += fewest < 3
        missed += fewest < 3 and not refused(company, planted)
    return found / count, missed, ours


def refused(company, cells):
    """Let the gate see figures as they would be published."""
    gate = Gate(K)
    said = np.array([one.answers[0] if one.answers[0] is not None else -1 for one in company.ballots])
    drafts = {}
    for cell, rows in zip(cells, supports(company, cells, 0), strict=True):
        ends = known_sum(cell.shown, len(rows), 1, 5)
        draft = Draft(cell.group, False, rows, *ends, cell.shown, agreement=cell.agreement)
        drafts.setdefault(rows.tobytes(), draft)
    gate.check("q0", list(drafts.values()), said, 1, 5)
    return any("agreement" in reason for reason in gate.reasons)


def test_a_word_about_agreement_beside_every_figure_is_found_and_refused():
    rate, missed, ours = chatty(22, 30)
    assert rate >= 0.8
    assert missed == 0
    assert ours >= 3


@pytest.mark.slow
def test_a_word_about_agreement_beside_every_figure_is_found_in_a_thousand_organizations():
    rate, missed, ours = chatty(23, 1_000)
    assert (rate >= 0.8, missed, ours >= 3) == (True, 0, True)


def with_comments(rng):
    company = random_company(rng, 120, questions=1, skips=0)
    blocks = blocks_again(company)
    texts = [f"c{row}" for row in range(len(company.ballots))]
    return company, blocks, texts


def test_comments_in_the_order_of_the_ballots_are_found_and_ours_are_in_none():
    rng = np.random.default_rng(7)
    planted, ours = [], []
    for _ in range(40):
        company, _, texts = with_comments(rng)
        planted.append(order_found(texts, texts))
        tree = tree_of(company.organization)
        shown, _ = release_comments(
            tree, [Block(0, False, [0], len(texts))], [(0, Comment(text)) for text in texts], K
        )
        ours.append(order_found([one.text for one in shown], texts))
    assert np.mean(np.array(planted) > 0.9) >= 0.8
    assert np.mean(ours) == pytest.approx(0.5, abs=0.05)
    assert max(ours) < 0.75


def test_comments_seen_at_two_levels_are_found_and_ours_have_ten_possible_authors():
    rng = np.random.default_rng(8)
    found = 0
    for _ in range(100):
        company, blocks, texts = with_comments(rng)
        views = []
        for head in ["", *company.above()]:
            people = {row for row, team in enumerate(company.teams) if team in company.inside(head)}
            if len(people) >= 10:
                views.append(({texts[row] for row in people}, people))
        found += authors(views) < 10
        tree = tree_of(company.organization)
        place = {name: number for number, name in enumerate(tree.ids)}
        made = [Block(place[name], own, [n], len(rows)) for n, (name, own, rows) in enumerate(blocks)]
        written = [(n, Comment(texts[row])) for n, (_, _, rows) in enumerate(blocks) for row in rows]
        shown, _ = release_comments(tree, made, written, K)
        who = {texts[row]: row for row in range(len(texts))}
        labels = {}
        for one in shown:
            labels.setdefault((one.reach, one.group), set()).add(one.text)
        # Every person of a block is a possible author, so here everybody writes.
        assert authors([(said, {who[text] for text in said}) for said in labels.values()]) >= 10
    assert found / 100 >= 0.8


# The cut


def by_trying(weights):
    """Give every way to part the vertices of the graph a try; leave out what cuts nothing."""
    blocks, values = weights.shape
    least = int(weights.sum())
    for mask in range(1, 2 ** (blocks + values)):
        rows = np.array([mask >> place & 1 for place in range(blocks)])
        columns = np.array([mask >> (blocks + place) & 1 for place in range(values)])
        cost = int((weights * (rows[:, None] != columns[None, :])).sum())
        if cost:
            least = min(least, cost)
    return least


def test_the_minimum_cut_is_that_of_trying_every_one():
    rng = np.random.default_rng(9)
    for _ in range(120):
        weights = rng.integers(0, 7, (rng.integers(1, 6), rng.integers(1, 4))) * rng.integers(0, 2, (1, 1))
        weights = weights + (rng.random(weights.shape) < 0.5) * rng.integers(0, 5, weights.shape)
        assert minimum_cut(weights) == by_trying(weights)


@pytest.mark.slow
def test_the_minimum_cut_is_that_of_trying_every_one_in_a_thousand_organizations():
    rng = np.random.default_rng(10)
    for _ in range(1_000):
        weights = rng.integers(0, 9, (rng.integers(1, 6), rng.integers(2, 5)))
        assert minimum_cut(weights * (rng.random(weights.shape) < 0.7)) >= 0
        assert minimum_cut(weights) == by_trying(weights)


# What can still be


def test_every_answer_can_still_be_three_of_five():
    rng = np.random.default_rng(11)
    fewest, answers = 5, 0
    for number in range(40):
        company = random_company(rng, 100, mood=MOODS[number % 3])
        released = release(company.ballots, company.organization, company.policy)
        for question in range(2):
            counts = still_possible(company, cells_of(released, question), question)
            fewest, answers = min([fewest, *counts]), answers + len(counts)
    assert answers > 2_000
    assert fewest >= 3


def test_the_gate_counts_what_can_still_be_as_an_independent_reading_does():
    rng = np.random.default_rng(12)
    for number in range(15):
        company = random_company(rng, 80, questions=1, mood=MOODS[number % 3])
        released = release(company.ballots, company.organization, company.policy)
        counts = still_possible(company, cells_of(released, 0), 0)
        assert released.verdict.fewest_possible <= min(counts)


@pytest.mark.parametrize("scale", [(0, 1), (1, 7), (0, 10)])
def test_on_other_scales_three_fifths_of_the_options_stay_possible(scale):
    rng = np.random.default_rng(13)
    for number in range(12):
        company = random_company(rng, 120, scale=scale, mood=MOODS[number % 3])
        released = release(company.ballots, company.organization, company.policy)
        assert released.verdict.fewest_possible > spare(*scale)
        assert min(still_possible(company, cells_of(released, 0), 0)) > spare(*scale)


@pytest.mark.slow
def test_hundreds_of_thousands_of_answers_can_each_still_be_three_of_five():
    rng = np.random.default_rng(14)
    answers, number = 0, 0
    while answers < 100 * MANY:
        number += 1
        company = random_company(rng, 10_000, questions=1, mood=MOODS[number % 3])
        released = release(company.ballots, company.organization, company.policy)
        answers += sum(ballot.answers[0] is not None for ballot in company.ballots)
        assert released.verdict.fewest_possible >= 3


def extremes(company, cells, question):
    """Solve for the least and the most of one answer in every block and value, lens and all."""
    from scipy.optimize import linprog
    from tests.walls.attacker import known_sum

    rows = supports(company, cells, question)
    asked = sorted({int(row) for one in rows for row in one})
    column = {row: place for place, row in enumerate(asked)}
    matrix = np.zeros((len(cells), len(asked)))
    ends = []
    for number, (cell, people) in enumerate(zip(cells, rows, strict=True)):
        matrix[number, [column[int(row)] for row in people]] = 1
        ends.append(known_sum(cell.shown, len(people), 1, 5))
    lows, highs = np.array(ends).T
    kinds, first = np.unique(matrix.T, axis=0, return_index=True)
    assert len(kinds) == len(first)
    least = 5
    for person in first:
        goal = np.zeros(len(asked))
        goal[person] = 1
        both = [
            linprog(sign * goal, A_ub=np.vstack([matrix, -matrix]), b_ub=np.concatenate([highs, -lows]),
                    bounds=(1, 5)).fun * sign for sign in (1, -1)
        ]  # fmt: skip
        least = min(least, int(np.floor(both[1] + 1e-6) - np.ceil(both[0] - 1e-6)) + 1)
    return least


@pytest.mark.parametrize("count", [12, pytest.param(50, marks=pytest.mark.slow)])
def test_with_a_lens_every_answer_can_still_be_three_of_five(count):
    rng = np.random.default_rng(15)
    seen = 0
    for number in range(count):
        company = random_company(rng, 70, lens=True, questions=1, mood=MOODS[number % 3])
        released = release(company.ballots, company.organization, company.policy)
        cells = cells_of(released, 0)
        if any(cell.reach == "lens" for cell in cells):
            seen += 1
            assert extremes(company, cells, 0) >= 3
    assert seen >= count / 3


def test_the_company_of_the_attacker_knows_its_teams():
    company = random_company(np.random.default_rng(19), 60)
    assert isinstance(company, Company)
    heads = [team.id for team in company.organization.teams if not team.above]
    assert set().union(*(company.inside(head) for head in heads)) | {""} == company.inside("")
