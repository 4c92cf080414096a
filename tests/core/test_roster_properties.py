"""Rosters of every kind against files of every kind: what stands afterwards always fits together."""

from __future__ import annotations

import random
import time
from dataclasses import replace
from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from fairlead.core.roster import COLUMNS, RosterPlan, RosterRow, Standing, apply, plan_roster

TODAY = date(2026, 7, 1)
ALL = frozenset(COLUMNS)


def plan(rows, standing=(), columns=ALL, *, complete=False, today=TODAY):
    return plan_roster(rows, standing, file="people.csv", columns=columns, complete=complete, today=today)


IDS = [str(number) for number in range(1, 8)]
ADDRESSES = ["", "a@x.org", "b@x.org", "c@x.org", "d@x.org", "e@x.org"]
DAYS = [None, date(2020, 1, 1), date(2026, 6, 30), TODAY, date(2027, 1, 1), date(1900, 1, 1)]
people_rows = st.lists(
    st.builds(
        lambda person, name, email, boss, unit, track, hired, left, reason: {
            "id": person, "name": name, "email": email, "manager_id": boss, "unit": unit,
            "track": track, "hired": hired, "left": left, "left_reason": reason,
        },
        st.sampled_from([*IDS, *IDS, ""]), st.sampled_from(["Ann", "Ben", "Cy", "Di"]),
        st.sampled_from(ADDRESSES), st.sampled_from(["", *IDS, "99"]), st.sampled_from(["", "U", "V"]),
        st.sampled_from(["", "expert", "lead", "guru"]), st.sampled_from(DAYS), st.sampled_from(DAYS),
        st.sampled_from(["", "moved"]),
    ),
    max_size=9,
)  # fmt: skip
column_sets = st.sets(st.sampled_from(COLUMNS)).map(frozenset)


def rows_of(cells, columns=ALL):
    kept = columns | {"id", "name"}
    return [
        RosterRow(line=line, **{name: value for name, value in one.items() if name in kept})
        for line, one in enumerate(cells, start=2)
    ]


def goes_round(people):
    """Brute force: from everybody, as many steps up as there are people, and one comes back."""
    above = {person.id: person.manager_id for person in people}
    found = set()
    for start in above:
        at = start
        for _ in above:
            at = above.get(at, "")
            if at == start:
                found.add(start)
    return found


@settings(max_examples=250, deadline=None)
@given(people_rows, people_rows, column_sets, st.booleans())
def test_what_stands_afterwards_always_fits_together(first, second, columns, complete):
    before = apply(plan(rows_of(first)), ())
    rows = rows_of(second, columns)
    found = plan(rows, before, columns, complete=complete)
    after = apply(found, before)
    known = {person.id: person for person in after}
    assert len(known) == len(after)
    assert not goes_round(after)
    assert all(not person.manager_id or person.manager_id in known for person in after)
    addresses = [person.email for person in after if person.email]
    assert len(addresses) == len(set(addresses))
    assert {one.line for one in found.refused} <= {one.line for one in rows}
    lines = {one.line for one in found.refused}
    bad = {one.id for one in rows if one.line in lines}  # a copy of a refused row falls with it
    kept = {one.id for one in rows} - bad
    left = {one.id for one in found.left}
    for person in before:
        if person.id not in kept | left:
            assert known[person.id] == person
    for one in rows:
        if one.id in kept:
            assert known[one.id].name == one.name
            for column in columns & {"email", "unit", "hired", "left"}:
                assert getattr(known[one.id], column) == getattr(one, column)
            untouched = set(COLUMNS) - columns - {"id", "name", "left", "left_reason"}
            for column in untouched:
                stood = next((p for p in before if p.id == one.id), Standing(id="", name=""))
                assert getattr(known[one.id], column) == getattr(stood, column)


@settings(max_examples=250, deadline=None)
@given(people_rows, people_rows, column_sets, st.booleans(), st.randoms(use_true_random=False))
def test_planning_again_what_was_carried_out_changes_nothing(first, second, columns, complete, chance):
    before = apply(plan(rows_of(first)), ())
    rows = rows_of(second, columns)
    found = plan(rows, before, columns, complete=complete)
    after = apply(found, before)
    again = plan(rows, after, columns, complete=complete)
    assert again.empty
    # What is refused stays refused; its sentence may say that whoever held an address has left meanwhile.
    told = [[(one.line, one.right) for one in each.refused] for each in (found, again)]
    assert told[0] == told[1]
    chance.shuffle(rows)
    assert plan(rows, after, columns, complete=complete, today=TODAY + timedelta(days=3)).empty
    assert isinstance(again, RosterPlan)


@settings(max_examples=300, deadline=None)
@given(st.lists(st.integers(0, 12), min_size=1, max_size=12))
def test_exactly_the_rows_of_circles_are_refused(bosses):
    count = len(bosses)
    people = [
        Standing(id=str(i), name=f"P{i}", manager_id=str(boss) if boss < count else "")
        for i, boss in enumerate(bosses)
    ]
    rows = [
        RosterRow(line=line, id=one.id, name=one.name, manager_id=one.manager_id)
        for line, one in enumerate(people, start=2)
    ]
    found = plan(rows, columns={"id", "name", "manager_id"})
    assert {str(one.line - 2) for one in found.refused} == goes_round(people)


# Ten thousand people


def cpu(work):
    began = time.process_time()
    found = work()
    return time.process_time() - began, found


def ten_thousand(count=10_000):
    return [
        RosterRow(
            line=i + 1, id=str(i), name=f"Person {i}", email=f"p{i}@x.org", unit=f"U{i // 40}",
            manager_id=str(i // 7) if i > 6 else "",
        )
        for i in range(1, count + 1)
    ]  # fmt: skip


def test_ten_thousand_rows_are_planned_within_a_second():
    rows = ten_thousand()
    seconds, found = cpu(lambda: plan(rows))
    assert len(found.added) == 10_000
    assert seconds < 1
    once = apply(found, ())
    random.Random(4).shuffle(rows)
    seconds, found = cpu(lambda: plan(rows, once, complete=True))
    assert found.empty
    assert seconds < 1


def test_ten_thousand_bad_rows_take_no_longer_than_good_ones():
    rows = ten_thousand()
    stood = apply(plan(rows), ())
    shifted = [replace(one, email=f"p{(i + 1)}@x.org") for i, one in enumerate(rows, start=1)]
    shifted[-1] = replace(shifted[-1], name="")  # the one bad row brings all the others down, one by one
    spoiled = {
        "one id": [replace(one, id="1") for one in rows],
        "one address": [replace(one, email="a@x.org") for one in rows],
        "one circle": [replace(one, manager_id=str(i % 10_000 + 1)) for i, one in enumerate(rows, start=1)],
        "unknown managers": [replace(one, manager_id=f"x{one.id}") for one in rows],
        "unknown long managers": [
            replace(one, id=one.id.rjust(64, "1"), manager_id=one.id.rjust(64, "2")) for one in rows
        ],
        "no ids": [replace(one, id="") for one in rows],
        "shifted addresses": shifted,
    }
    for name, bad in spoiled.items():
        seconds, found = cpu(lambda bad=bad, name=name: plan(bad, stood if "shift" in name else ()))
        assert len({one.line for one in found.refused}) == 10_000, name
        assert seconds < 2, name
