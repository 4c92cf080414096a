"""Releases that are safe alone and tell together; every answer of the check beside all assignments listed."""

from __future__ import annotations

import itertools

import numpy as np

from fairlead.core.decisions import NOT_STATED, Attribute, Decisions, attribute
from fairlead.core.impact_linked import Row, Sighted, gives_away
from fairlead.core.impact_release import release_impact


def rows(name, people, passed):
    return [
        Row(person=one, stratum="", round=name, passed=int(came), open=False)
        for one, came in zip(people, passed, strict=True)
    ]


def release(found, stated, rounds, earlier=()):
    place = {name: at for at, name in enumerate(rounds)}
    return release_impact(
        Decisions(
            steps=("promoted",),
            passed=np.array([one.passed for one in found]),
            open=np.zeros(len(found), dtype=bool),
            attributes=(attribute("sex", [stated.get(one.person, "") for one in found]),),
            rounds=Attribute(name="round", values=rounds, of=np.array([place[one.round] for one in found])),
        ),
        earlier=earlier,
    )


def sighted(released, found):
    silent = any(one.group == NOT_STATED for one in released.tables[0].groups)
    return Sighted(shown=released.shown, rows=tuple(found), rounds=released.rounds, silent=(silent,))


def possible(releases, told):
    """Every assignment of two sexes to those who state it that fits all tables, one a row."""
    people = sorted(told)
    all_of_them = np.array(list(itertools.product((0, 1), repeat=len(people))))
    fits = np.ones(len(all_of_them), dtype=bool)
    for released, found in releases:
        for table in released.tables:
            here = [one for one in found if table.scope != "round" or one.round == table.name]
            for group in table.groups:
                if group.group == NOT_STATED or group.together:
                    continue
                value = int(group.group == "woman")
                for count, which in ((group.n, here), (group.selected, [one for one in here if one.passed])):
                    if count is None:
                        continue
                    weights = np.array([sum(row.person == one for row in which) for one in people])
                    fits &= ((all_of_them == value) * weights).sum(axis=1) == count
    return people, all_of_them[fits]


FIRST = [f"p{number:02d}" for number in range(12)]
SEX = {one: "woman" if number % 2 else "man" for number, one in enumerate(FIRST)}


def test_one_more_person_in_a_second_round_is_found_out_by_two_safe_tables_and_the_check_says_so():
    told = SEX | {"p99": "woman"}
    one = rows("1", FIRST, [1, 1, 1, 1] * 3)
    two = rows("2", [*FIRST, "p99"], [1] * 13)
    before, after = release(one, told, ("1",)), release(two, told, ("2",))
    people, left = possible([(before, one), (after, two)], told)
    assert set(left[:, people.index("p99")]) == {1}, "without the check it is told"
    assert gives_away([sighted(before, one)], sighted(after, two), [told], minimum=5)
    assert not gives_away([], sighted(after, two), [told], minimum=5)


def test_rounds_of_other_people_give_nobody_away():
    told = SEX | {f"q{number:02d}": "woman" if number % 3 else "man" for number in range(18)}
    one, two = rows("1", FIRST, [1, 0] * 6), rows("2", [f"q{number:02d}" for number in range(18)], [1, 0] * 9)
    before, after = release(one, told, ("1",)), release(two, told, ("2",))
    assert not gives_away([sighted(before, one)], sighted(after, two), [told], minimum=5)


def random_rounds(seed):
    """Two rounds of a few people; in every second case one person more or less."""
    rng = np.random.default_rng(seed)
    people = [f"p{number:02d}" for number in range(13)]
    told = {one: ("man", "woman")[rng.integers(2)] for one in people if rng.random() < 0.9}
    some = [one for one in people if rng.random() < 0.8]
    others = [one for one in people if rng.random() < 0.7] if seed % 2 else some[:-1]
    one = rows("1", some, rng.integers(2, size=len(some)))
    return told, one, rows("2", others, rng.integers(2, size=len(others)))


def test_where_the_check_lets_pass_nobody_is_told_among_all_assignments():
    let_pass, told_without_it = 0, 0
    for seed in range(12):
        told, one, two = random_rounds(seed)
        before, after = release(one, told, ("1",)), release(two, told, ("2",))
        names, left = possible([(before, one), (after, two)], told)
        assert len(left), "what is true fits"
        there = {row.person for row in (*one, *two)}
        given = {name for at, name in enumerate(names) if len(set(left[:, at])) == 1} & there
        told_without_it += bool(given)
        if not gives_away([sighted(before, one)], sighted(after, two), [told], minimum=5):
            let_pass += 1
            assert not given
    assert let_pass
    assert told_without_it, "without the check somebody would be told in one of them"


def test_what_nobody_stated_at_a_former_release_is_no_contradiction():
    one = rows("1", FIRST, [1, 0] * 6)
    before = release(one, {person: SEX[person] for person in FIRST[:10]}, ("1",))
    others = [f"q{number:02d}" for number in range(14)]
    told = SEX | {person: "woman" if number % 2 else "man" for number, person in enumerate(others)}
    two = rows("2", others, [1, 0] * 7)
    after = release(two, told, ("2",))
    assert not gives_away([sighted(before, one)], sighted(after, two), [told], minimum=5)
