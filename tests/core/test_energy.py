"""Energizers and drains, hours spent and wanted, kinds of work, and the calendar beside them."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.audit_cases import time_audit
from tests.core.direction_cases import DAY, task

from fairlead.core.direction_reading import CalendarWeek
from fairlead.core.energy import calendar_week, read_energy, task_kind
from fairlead.core.roles import Activity
from fairlead.core.work import Kind

ACTIVITIES = (
    Activity(id="4.A.1", name="Coaching others", kind=Kind.LEADING, sentences=Kind.LEADING, why="x"),
    Activity(id="4.A.2", name="Repairing things", kind=Kind.DOING, sentences=Kind.DOING, why="x"),
)
WEEK = (
    task("4.A.1", -2, 10, 4),
    task("4.A.2", 2, 5, 15),
    task("reliability", 0, 20, 12),
    task("own:", 1, 5, 5, label="Letters", kind="doing"),
    task("own:", -1, label="Forms"),
)
tasks = st.lists(
    st.builds(
        task,
        st.sampled_from(["leading", "managing", "doing", "firefighting", "4.A.1", "4.A.2", "innovation"]),
        st.integers(-2, 2),
        st.none() | st.floats(0, 40),
        st.none() | st.floats(0, 40),
    ),
    max_size=10,
)


def test_shares_are_hours_on_tasks_with_that_effect_over_all_hours_named():
    found = read_energy(WEEK, DAY, activities=ACTIVITIES)
    assert found.on_energizers.value == pytest.approx(10 / 40)
    assert found.on_drains.value == pytest.approx(10 / 40)
    assert found.wanted_on_energizers.value == pytest.approx(20 / 36)
    assert (found.on_energizers.low, found.on_energizers.high) == pytest.approx((0.15, 0.35))
    assert found.on_energizers.n == 4
    assert found.hours_spent.value == 40


def test_energizers_and_drains_stand_with_the_strongest_first_under_their_names():
    found = read_energy(WEEK, DAY, activities=ACTIVITIES)
    assert [one.label for one in found.energizers] == ["Repairing things", "Letters"]
    assert [one.label for one in found.drains] == ["Coaching others", "Forms"]


def test_moves_stand_with_the_largest_change_first_and_leave_out_what_stays():
    found = read_energy(WEEK, DAY, activities=ACTIVITIES)
    assert [(one.label, one.shift) for one in found.moves] == [
        ("Repairing things", 10),
        ("Reliability", -8),
        ("Coaching others", -6),
    ]


def test_each_kind_of_work_has_its_tasks_and_hours_and_the_calendar_beside_them():
    calendar = CalendarWeek(
        hours=(("leading", 12.5), ("doing", 3.0)), first_day="2026-10-01", last_day="2026-10-28", n_weeks=4
    )
    kinds = {
        one.kind: one for one in read_energy(WEEK, DAY, activities=ACTIVITIES, calendar=calendar).by_kind
    }
    assert set(kinds) == {"leading", "managing", "doing"}
    assert kinds["doing"].n_tasks == 2
    assert kinds["doing"].shift == 10
    assert kinds["leading"].calendar.value == 12.5
    assert kinds["leading"].calendar.as_of == "2026-10-28"
    assert kinds["managing"].calendar is None


def test_two_tasks_of_a_kind_say_nothing_of_the_kind_and_three_do():
    two = [task("4.A.2", 2), task("doing", 2)]
    kind = read_energy(two, DAY, activities=ACTIVITIES).by_kind[0]
    assert (kind.effect.value, kind.effect.low, kind.says) == (None, None, "")
    assert kind.effect.too_little == "2 tasks of this kind rated; it takes 3."
    three = read_energy([*two, task("own:", 2, label="Letters", kind="doing")], DAY, activities=ACTIVITIES)
    assert three.by_kind[0].effect.value == 2
    assert three.by_kind[0].says == "Doing energizes you."


def test_hours_to_shift_are_told_of_a_kind_whose_effect_is_not_known():
    kind = read_energy([task("doing", 2, 5, 15)], DAY).by_kind[0]
    assert kind.says == "You want 10.0 more hours of doing a week."


def test_hours_spent_and_wanted_are_compared_over_the_same_tasks_only():
    said = [
        task("doing", 2, 10),
        task("leading", -1, 10, 5),
        task("managing", 0, 10, 5),
        task("innovation", 1, 10, 10),
    ]
    assert read_energy(said, DAY).says == (
        "2 tasks energize you, 1 drains you. 50 % of the hours you named go into what energizes you. "
        "Of the 3 tasks with both hours, it is 33 % now, and with your hours as wanted 50 %."
    )
    assert read_energy(said[:3], DAY).says.endswith("33 % of the hours you named go into what energizes you.")
    assert read_energy(said[1:], DAY).says == (
        "1 task energizes you, 1 drains you. 33 % of the hours you named go into what energizes you; with "
        "your hours as wanted, 50 %."
    )


@pytest.mark.parametrize(("hours", "noted"), [(56, False), (57, True)])
def test_hours_that_no_week_holds_are_noted(hours, noted):
    for spent, wanted, name in ((hours, 1, "spent"), (1, hours, "wanted")):
        said = [task(one, 1, spent, wanted) for one in ("doing", "leading", "managing")]
        note = f"The hours {name} add up to {3 * hours} a week, and a week has 168"
        assert (note in read_energy(said, DAY).says) == noted


def test_two_tasks_with_hours_are_too_few_for_a_share():
    found = read_energy(WEEK[:2], DAY)
    assert found.on_energizers.value is None
    assert found.on_energizers.too_little == "2 tasks with hours spent; it takes 3."


def test_hours_that_are_all_nought_have_no_share():
    found = read_energy([task(name, 1, 0, 0) for name in ("doing", "leading", "managing")], DAY)
    assert found.on_energizers.value is None
    assert found.on_energizers.too_little == "All hours spent are zero."


def test_of_a_task_named_twice_the_last_answer_counts_and_own_tasks_stay_apart():
    found = read_energy([task("doing", -2, 5, 5), task("doing", 2, 5, 5), *WEEK[3:]], DAY)
    assert [(one.label, one.effect) for one in found.tasks] == [("Doing", 2), ("Letters", 1), ("Forms", -1)]


@given(tasks, st.randoms(use_true_random=False))
def test_the_order_of_the_tasks_changes_no_figure(said, chance):
    said = list({one.task: one for one in said}.values())
    mixed = list(said)
    chance.shuffle(mixed)
    one, other = (read_energy(each, DAY, activities=ACTIVITIES) for each in (said, mixed))
    assert one.on_energizers.value == pytest.approx(other.on_energizers.value)
    assert one.moves == other.moves
    assert [kind.effect.value for kind in one.by_kind] == pytest.approx(
        [kind.effect.value for kind in other.by_kind]
    )


@given(tasks)
def test_turning_every_effect_turns_energizers_into_drains(said):
    turned = [task(one.task, -one.effect, one.hours_spent, one.hours_wanted) for one in said]
    one, other = (read_energy(each, DAY) for each in (said, turned))
    assert one.on_energizers.value == other.on_drains.value
    assert [each.task for each in one.energizers] == [each.task for each in other.drains]


@given(tasks)
def test_a_share_with_its_interval_lies_between_nought_and_one(said):
    found = read_energy(said, DAY)
    for one in (found.on_energizers, found.on_drains, found.wanted_on_energizers):
        if one.value is None:
            assert one.too_little
        else:
            assert 0 <= one.low <= one.value <= one.high <= 1


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        (task("doing", 3), "lies between -2 and 2"),
        (task("doing", 1, -1), "a week has 0 to 168"),
        (task("doing", 1, 1, 169), "a week has 0 to 168"),
    ],
)
def test_what_no_week_can_hold_is_refused(wrong, says):
    with pytest.raises(ValueError, match=says):
        read_energy([wrong], DAY)


def test_kinds_of_unknown_codes_are_not_guessed():
    assert task_kind("4.A.1", {one.id: one for one in ACTIVITIES}) == "leading"
    assert not task_kind("4.Z.9", {})


def test_an_average_week_has_the_hours_of_the_calendar_divided_by_its_weeks():
    found = calendar_week(time_audit([(10, 20, 5, 1), (14, 10, 9, 3)]))
    assert dict(found.hours) == {"leading": 12, "managing": 15, "doing": 7, "firefighting": 2}
    assert found.n_weeks == 2


def test_without_a_calendar_or_a_week_there_is_none():
    assert calendar_week(None) is None
    assert calendar_week(time_audit([])) is None
