"""What evidence says beside a level: a table of cases."""

import pytest

from fairlead.core.evidence_cover import CoverRule, EvidenceItem, cover
from fairlead.core.framework import Criterion, Framework, Level, Seen, TrackLevels

RULES = Framework(
    id="f",
    version="3",
    title="F",
    levels=(Level(id="a", title="A", rung=1), Level(id="b", title="B", rung=2)),
    tracks=(TrackLevels(id="expert", label="Expert", levels=("a", "b")),),
    criteria=(
        Criterion(
            id="keeps",
            title="Keeps promises",
            kind="managing",
            seen=(Seen(level="a", text="Meets dates"), Seen(level="b", text="Renegotiates early")),
        ),
        Criterion(
            id="tries",
            title="Tries what is new",
            kind="leading",
            seen=(Seen(level="b", text="Tests a method"),),
        ),
    ),
)
TODAY = "2026-11-23"


def item(name, day="2026-10-01", criteria=("keeps",), seen_by=("kim",), counterfactual=True):
    return EvidenceItem(
        id=name, day=day, criteria=tuple(criteria), seen_by=tuple(seen_by), counterfactual=counterfactual
    )


def first(items, **more):
    return cover(RULES, "a", items, as_of=TODAY, **more).criteria[0]


@pytest.mark.parametrize(
    ("items", "state", "reasons"),
    [
        ([], "missing", ["Nothing is written down for this yet."]),
        ([item("x", criteria=["tries"])], "missing", ["Nothing is written down for this yet."]),
        ([item("x"), item("y")], "covered", []),
        ([item("x")], "thin", ["One item; two are asked for."]),
        (
            [item("x"), item("y", day="2025-01-01")],
            "thin",
            ["One item, the others are older; two are asked for."],
        ),
        (
            [item("x", seen_by=[]), item("y", seen_by=[])],
            "thin",
            ["Nobody has confirmed yet that they saw it."],
        ),
        (
            [item("x", counterfactual=False), item("y", counterfactual=False)],
            "thin",
            ["No item says what would not have happened otherwise."],
        ),
        (
            [item("x", seen_by=[], counterfactual=False)],
            "thin",
            [
                "One item; two are asked for.",
                "Nobody has confirmed yet that they saw it.",
                "No item says what would not have happened otherwise.",
            ],
        ),
        (
            [item("x", day="2025-01-01"), item("y", day="2025-03-01")],
            "stale",
            ["The newest is of 2025-03-01, more than 365 days ago."],
        ),
        ([item("x", day="2025-11-23"), item("y", day="2025-11-23")], "covered", []),
        (
            [item("x", day="2025-11-22"), item("y", day="2025-11-22")],
            "stale",
            ["The newest is of 2025-11-22, more than 365 days ago."],
        ),
        # A witness of an old item alone has not seen anything fresh.
        (
            [item("x", seen_by=[]), item("y", seen_by=[]), item("z", day="2024-01-01")],
            "thin",
            ["Nobody has confirmed yet that they saw it."],
        ),
    ],
)
def test_each_state_has_its_reasons(items, state, reasons):
    found = first(items)
    assert (found.state, list(found.reasons)) == (state, reasons)


def test_counts_and_days_are_of_the_items_that_speak_to_the_criterion():
    found = first(
        [
            item("x", day="2026-10-01", seen_by=["kim", "lee"]),
            item("y", day="2025-01-01", seen_by=["lee", "max"], counterfactual=False),
            item("z", day="2026-09-01", criteria=["tries", "keeps"], seen_by=["kim"]),
            item("w", criteria=["tries"]),
        ]
    )
    assert (found.items, found.fresh) == (3, 2)
    assert (found.witnesses, found.fresh_witnesses) == (3, 2)
    assert found.with_counterfactual == 2
    assert (found.newest, found.oldest) == ("2026-10-01", "2025-01-01")
    assert found.evidence == ("x", "z", "y")
    assert (found.asked, found.title, found.kind) == ("Meets dates", "Keeps promises", "managing")


def test_nobody_is_a_witness_of_their_own_work():
    assert first([item("x", seen_by=["me"]), item("y", seen_by=["me", ""])], owner="me").witnesses == 0
    assert first([item("x", seen_by=["me"]), item("y", seen_by=["kim"])], owner="me").witnesses == 1


def test_every_criterion_of_the_level_stands_in_order_and_other_items_are_named():
    found = cover(RULES, "b", [item("x"), item("y", criteria=[]), item("z", criteria=["gone"])], as_of=TODAY)
    assert [(one.criterion, one.state) for one in found.criteria] == [("keeps", "thin"), ("tries", "missing")]
    assert found.unused == ("y", "z")
    assert found.notes == ("Two items speak to no criterion of this level.",)
    assert [one.criterion for one in found.of("missing")] == ["tries"]
    assert (found.framework, found.version, found.level) == ("f", "3", "b")


def test_what_is_dated_ahead_does_not_count_and_is_said():
    found = cover(RULES, "a", [item("x", day="2026-11-24"), item("y", day=TODAY)], as_of=TODAY)
    assert found.ahead == ("x",)
    assert found.criteria[0].items == 1
    assert found.notes == ("One item is dated after this day and does not count yet.",)


def test_an_agreement_of_ones_own_changes_what_is_enough_and_is_kept():
    rule = CoverRule(fresh_days=30, items=1, witnesses=2, counterfactuals=0)
    found = cover(RULES, "a", [item("x", day="2026-11-01", counterfactual=False)], as_of=TODAY, rule=rule)
    assert found.rule == rule
    assert found.criteria[0].reasons == ("One person has confirmed that they saw it; two are asked for.",)
    more = CoverRule(items=3, counterfactuals=2)
    assert first([item("x"), item("y", counterfactual=False)], rule=more).reasons == (
        "Two items; three are asked for.",
        "One item says what would not have happened otherwise; two should.",
    )


def test_a_day_counts_however_iso_writes_it():
    assert first([item("x", day="20261001"), item("y", day="2026-W40-4")]).newest == "2026-10-01"


@pytest.mark.parametrize(
    ("items", "more", "said"),
    [
        ([item("x", day="1.10.2026")], {}, "item “x” is “1.10.2026”"),
        ([item("x"), item("x")], {}, "same id"),
        ([], {"as_of": "today"}, "as_of"),
        ([], {"rule": CoverRule(fresh_days=0)}, "one day"),
        ([], {"rule": CoverRule(witnesses=-1)}, "no negative"),
    ],
)
def test_what_cannot_be_read_is_refused_with_its_place(items, more, said):
    with pytest.raises(ValueError, match=said):
        cover(RULES, "a", items, **({"as_of": TODAY} | more))


def test_an_unknown_level_raises():
    with pytest.raises(KeyError):
        cover(RULES, "c", [], as_of=TODAY)


def test_nothing_in_it_adds_up_over_criteria():
    found = cover(RULES, "b", [item("x")], as_of=TODAY)
    numbers = [name for name in found.__dataclass_fields__ if isinstance(getattr(found, name), (int, float))]
    assert numbers == []
