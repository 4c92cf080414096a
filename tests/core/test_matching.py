"""Seekers and places: against all proposals there are, by brute force, and in the order of no list."""

import itertools
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.matching import Pair, Veto, draw, in_order, match, why_not


def every_proposal(seekers, places, pairs, vetoes=()):
    """Enumerate all proposals as ``{seeker: place or None}``."""
    forbidden = {(veto.seeker, veto.place) for veto in vetoes}
    fits = {(p.seeker, p.place): p.fit for p in pairs if (p.seeker, p.place) not in forbidden}
    choices = [[None, *(place for place in places if (one, place) in fits)] for one in seekers]
    for chosen in itertools.product(*choices):
        if all(chosen.count(place) <= room for place, room in places.items()):
            yield {
                one: (place, None if place is None else fits[one, place])
                for one, place in zip(seekers, chosen, strict=True)
            }


def profile(proposal):
    """Sort the fits from the worst off, no place below every fit."""
    return tuple(sorted(-1 if fit is None else fit for _place, fit in proposal.values()))


def best_profile(*problem):
    return max(profile(one) for one in every_proposal(*problem))


@st.composite
def problems(draw_from):
    seekers = [f"s{i}" for i in range(draw_from(st.integers(1, 4)))]
    places = {f"p{i}": draw_from(st.integers(0, 2)) for i in range(draw_from(st.integers(0, 3)))}
    pairs, vetoes = [], []
    for one, place in itertools.product(seekers, places):
        fit = draw_from(st.sampled_from([None, 0, 1, 2, 7]))
        if fit is not None:
            pairs.append(Pair(seeker=one, place=place, fit=fit))
        if draw_from(st.integers(0, 5)) == 0:
            vetoes.append(Veto(seeker=one, place=place, reason="never"))
    return seekers, places, pairs, vetoes


# The first example pays for the import of scipy.optimize.
@settings(deadline=None)
@given(problems(), st.text(max_size=3))
def test_no_proposal_is_fairer_to_the_worst_off(problem, seed):
    seekers, places, pairs, vetoes = problem
    found = match(seekers, places, pairs, vetoes=vetoes, seed=seed)
    as_dict = {one.seeker: (one.place, one.fit) for one in found.given}
    assert as_dict in list(every_proposal(*problem))
    assert profile(as_dict) == best_profile(*problem)


@settings(deadline=None)
@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_rows_decides_nothing(problem, shuffled: random.Random):
    seekers, places, pairs, vetoes = problem
    before = match(seekers, places, pairs, vetoes=vetoes, seed="x")
    for part in (seekers, pairs, vetoes):
        shuffled.shuffle(part)
    names = list(places)
    shuffled.shuffle(names)
    after = match(seekers, {name: places[name] for name in names}, pairs, vetoes=vetoes, seed="x")
    assert {one.seeker: one.place for one in before.given} == {one.seeker: one.place for one in after.given}


@settings(deadline=None)
@given(problems())
def test_why_not_says_what_the_best_proposal_with_the_pair_would_be(problem):
    seekers, places, pairs, vetoes = problem
    found = match(seekers, places, pairs, vetoes=vetoes)
    now = tuple(-1 if fit is None else fit for fit in found.profile)
    for one, place in itertools.product(seekers, places):
        told = why_not(found, one, place, places=places, pairs=pairs, vetoes=vetoes)
        with_it = [p for p in every_proposal(*problem) if p[one][0] == place]
        then = max(map(profile, with_it), default=None)
        if told.because == "is_given":
            assert then == now
        elif told.because in {"veto", "not_possible", "no_room"}:
            assert then is None
        elif told.because == "draw":
            assert then == now
        elif told.because == "fewer_placed":
            assert then.count(-1) - now.count(-1) == told.instead > 0
        else:
            at = told.instead
            assert then.count(at) > now.count(at)
            assert all(then.count(lower) == now.count(lower) for lower in range(-1, at))


def test_as_many_as_possible_have_a_place_before_anybody_has_a_better_one():
    pairs = [
        Pair(seeker="Ana", place="Kim", fit=9),
        Pair(seeker="Ana", place="Lee", fit=0),
        Pair(seeker="Bo", place="Kim", fit=1),
    ]
    found = match(["Ana", "Bo"], {"Kim": 1, "Lee": 1}, pairs)
    assert [(one.place, one.fit) for one in found.given] == [("Lee", 0), ("Kim", 1)]


def test_the_sum_does_not_hide_the_worst_off():
    """10 + 10 + 1 is more than 6 + 6 + 6, and worse for the one with 1."""
    fits = {("a", "x"): 10, ("b", "y"): 10, ("c", "z"): 1, ("a", "y"): 6, ("b", "z"): 6, ("c", "x"): 6}
    pairs = [Pair(seeker=s, place=p, fit=fit) for (s, p), fit in fits.items()]
    assert match(list("abc"), dict.fromkeys("xyz", 1), pairs).profile == (6, 6, 6)


def test_what_nobody_said_is_neither_the_best_nor_the_worst():
    found = match(["Ana"], {"Kim": 1}, [])
    assert found.without == ("Ana",)
    assert why_not(found, "Ana", "Kim", places={"Kim": 1}, pairs=[]).because == "not_possible"


def test_a_veto_stands_before_every_fit_and_is_repeated():
    pairs = [Pair(seeker="Ana", place="Kim", fit=1000)]
    vetoes = [Veto(seeker="Ana", place="Kim", reason="Kim is Ana's manager.")]
    found = match(["Ana"], {"Kim": 5}, pairs, vetoes=vetoes)
    assert found.without == ("Ana",)
    told = why_not(found, "Ana", "Kim", places={"Kim": 5}, pairs=pairs, vetoes=vetoes)
    assert (told.because, told.reason) == ("veto", "Kim is Ana's manager.")


def test_a_draw_between_two_equals_is_fair_and_can_be_repeated():
    pairs = [Pair(seeker=one, place="Kim", fit=1) for one in ("Ana", "Bo")]
    won = [match(["Ana", "Bo"], {"Kim": 1}, pairs, seed=str(n)).of("Ana").place for n in range(400)]
    assert 150 < won.count("Kim") < 250  # 200 are expected, the standard deviation is 10
    again = [match(["Bo", "Ana"], {"Kim": 1}, pairs, seed=str(n)).of("Ana").place for n in range(400)]
    assert won == again


def test_the_reasons_of_the_pair_come_along():
    pairs = [Pair(seeker="Ana", place="Kim", fit=1, reasons=("has room",))]
    assert match(["Ana"], {"Kim": 1}, pairs).of("Ana").reasons == ("has room",)
    with pytest.raises(KeyError):
        match(["Ana"], {"Kim": 1}, pairs).of("Bo")


def test_somebody_who_would_lose_is_named():
    pairs = [Pair(seeker="Ana", place="Kim", fit=2), Pair(seeker="Bo", place="Kim", fit=3)]
    found = match(["Ana", "Bo"], {"Kim": 1}, pairs)
    told = why_not(found, "Ana", "Kim", places={"Kim": 1}, pairs=pairs)
    assert (told.because, told.instead, told.poorer_for) == ("poorer_fit", 2, ("Bo",))


def test_suggestions_come_by_fit_and_no_name_is_always_first():
    pairs = [Pair(seeker="Ana", place=name, fit=fit) for name, fit in [("A", 1), ("B", 1), ("C", 2)]]
    orders = {tuple(p.place for p in in_order(pairs, seed=str(n))) for n in range(40)}
    assert orders == {("C", "A", "B"), ("C", "B", "A")}


def test_a_draw_is_as_often_low_as_high():
    drawn = [draw(str(n), "Ana", "Kim") for n in range(2000)]
    assert 0.45 < sum(one < 2**30 for one in drawn) / 2000 < 0.55
    assert max(drawn) < 2**31


@pytest.mark.parametrize(
    ("seekers", "places", "pairs", "says"),
    [
        (["Ana", "Ana"], {}, [], "named twice"),
        (["Ana"], {"Kim": -1}, [], "0 or more"),
        (["Ana"], {"Kim": 1}, [("Bo", "Kim", 1)], "neither a seeker nor a place"),
        (["Ana"], {"Kim": 1}, [("Ana", "Kim", 1), ("Ana", "Kim", 2)], "named twice"),
        (["Ana"], {"Kim": 1}, [("Ana", "Kim", -1)], "not from 0 to 1000"),
    ],
)
def test_what_makes_no_sense_is_refused(seekers, places, pairs, says):
    with pytest.raises(ValueError, match=says):
        match(seekers, places, [Pair(seeker=s, place=p, fit=fit) for s, p, fit in pairs])


def test_sixty_seekers_are_matched_exactly_against_a_flow():
    """The number of places given out and the worst fit, against an independent bipartite matching."""
    from scipy.sparse import csr_matrix
    from scipy.sparse.csgraph import maximum_bipartite_matching

    rng = random.Random(5)
    seekers = [f"s{i}" for i in range(60)]
    places = {f"p{i}": rng.randint(0, 3) for i in range(30)}
    pairs = [
        Pair(seeker=one, place=place, fit=rng.randint(0, 5))
        for one, place in itertools.product(seekers, places)
        if rng.random() < 0.1
    ]
    found = match(seekers, places, pairs)

    def placed_with_at_least(fit):
        seats = [place for place, room in places.items() for _ in range(room)]
        good = {(p.seeker, p.place) for p in pairs if p.fit >= fit}
        graph = csr_matrix([[int((one, place) in good) for place in seats] for one in seekers])
        return sum(column >= 0 for column in maximum_bipartite_matching(graph, perm_type="column"))

    placed = [fit for fit in found.profile if fit is not None]
    assert len(placed) == placed_with_at_least(0)
    worst = min(placed)
    assert placed_with_at_least(worst + 1) < len(placed)
