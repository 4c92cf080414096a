"""What changed between two versions of a framework."""

from dataclasses import fields, is_dataclass, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.framework import (
    Criterion,
    Framework,
    Level,
    Publication,
    Question,
    Seen,
    TrackLevels,
    digest,
)
from fairlead.core.framework_difference import difference, word_changes

LEVELS = (
    Level(id="a", title="A", rung=1),
    Level(id="b", title="B", rung=2, words="Answers for more"),
    Level(id="c", title="C", rung=3),
)
KEEPS = Criterion(
    id="keeps",
    title="Keeps promises",
    kind="managing",
    rows=(138,),
    research=("simons2002",),
    seen=(
        Seen(level="a", text="Meets dates"),
        Seen(level="b", text="Renegotiates early", examples=("In May",)),
    ),
)
TRIES = Criterion(id="tries", title="Tries", kind="leading", seen=(Seen(level="c", text="Tests a method"),))
ONE = Framework(
    id="f",
    version="1",
    title="F",
    levels=LEVELS,
    criteria=(KEEPS, TRIES),
    tracks=(TrackLevels(id="expert", label="Expert", levels=("a", "b", "c")),),
    questions=(Question(id="benefit", text="Who gains?"),),
    past_only=("top performer",),
    research=(Publication(key="simons2002", cite="Simons 2002"),),
)


def told(after, before=ONE):
    return [
        (
            one.what,
            one.about,
            one.field,
            one.criterion or one.level or one.track or one.name,
            one.before,
            one.after,
        )
        for one in difference(before, after).changes
    ]


def with_keeps(**changes):
    return replace(ONE, criteria=(replace(KEEPS, **changes), TRIES))


@pytest.mark.parametrize(
    ("after", "changes"),
    [
        (ONE, []),
        (replace(ONE, version="2"), []),
        (replace(ONE, title="G"), [("reworded", "framework", "title", "", "F", "G")]),
        (
            replace(ONE, criteria=(KEEPS,)),
            [
                ("removed", "criterion", "", "tries", "Tries", ""),
                ("removed", "seen", "", "tries", "Tests a method", ""),
            ],
        ),
        (with_keeps(kind="leading"), [("moved", "criterion", "kind", "keeps", "managing", "leading")]),
        (with_keeps(rows=(136, 138)), [("reworded", "criterion", "rows", "keeps", "138", "136; 138")]),
        (with_keeps(seen=KEEPS.seen[:1]), [("removed", "seen", "", "keeps", "Renegotiates early", "")]),
        (
            with_keeps(seen=(*KEEPS.seen, Seen(level="c", text="Never breaks one"))),
            [("added", "seen", "", "keeps", "", "Never breaks one")],
        ),
        (
            with_keeps(seen=(replace(KEEPS.seen[0], text="Meets most dates"), KEEPS.seen[1])),
            [("reworded", "seen", "text", "keeps", "Meets dates", "Meets most dates")],
        ),
        (
            with_keeps(seen=(KEEPS.seen[0], replace(KEEPS.seen[1], examples=()))),
            [("reworded", "seen", "examples", "keeps", "In May", "")],
        ),
        (
            replace(ONE, levels=(*LEVELS[:2], replace(LEVELS[2], rung=5))),
            [("moved", "level", "rung", "c", "3", "5")],
        ),
        (
            replace(ONE, levels=(replace(LEVELS[0], title="Alpha"), *LEVELS[1:])),
            [("reworded", "level", "title", "a", "A", "Alpha")],
        ),
        (
            replace(ONE, tracks=(replace(ONE.tracks[0], levels=("b", "a", "c")),)),
            [("moved", "level", "track", "a", "1", "2"), ("moved", "level", "track", "b", "2", "1")],
        ),
        (
            replace(ONE, tracks=(replace(ONE.tracks[0], levels=("a", "c")),)),
            [("moved", "level", "track", "b", "2", "")],
        ),
        (
            replace(ONE, tracks=(*ONE.tracks, TrackLevels(id="owner", label="Owner", levels=("c",)))),
            [
                ("added", "track", "", "owner", "", "Owner"),
                ("moved", "level", "track", "c", "", "1"),
            ],
        ),
        (replace(ONE, questions=()), [("removed", "question", "", "benefit", "Who gains?", "")]),
        (
            replace(ONE, past_only=("best engineer",)),
            [
                ("added", "past_only", "", "best engineer", "", "best engineer"),
                ("removed", "past_only", "", "top performer", "top performer", ""),
            ],
        ),
        (
            replace(ONE, research=(replace(ONE.research[0], doi="10.1/x"),)),
            [("reworded", "publication", "doi", "simons2002", "", "10.1/x")],
        ),
    ],
)
def test_each_kind_of_change_is_told_as_what_it_is(after, changes):
    assert told(after) == changes


def test_a_level_that_only_moves_down_because_another_came_before_it_has_not_moved():
    new = Level(id="new", title="New", rung=1)
    after = replace(
        ONE, levels=(new, *LEVELS), tracks=(replace(ONE.tracks[0], levels=("new", "a", "b", "c")),)
    )
    assert [(one.what, one.level) for one in difference(ONE, after).changes] == [
        ("moved", "new"),
        ("added", "new"),
    ]


def test_what_changes_for_one_level_can_be_asked_alone():
    after = with_keeps(seen=(KEEPS.seen[0], replace(KEEPS.seen[1], text="Renegotiates a week ahead")))
    found = difference(ONE, after)
    assert [one.after for one in found.at("b")] == ["Renegotiates a week ahead"]
    assert found.at("a") == ()
    assert (found.title("keeps"), found.title("b"), found.title("unknown")) == (
        "Keeps promises",
        "B",
        "unknown",
    )


def test_turning_it_around_turns_what_came_and_what_went():
    after = with_keeps(seen=KEEPS.seen[:1])
    there, back = difference(ONE, after).changes, difference(after, ONE).changes
    swap = {"added": "removed", "removed": "added"}
    assert [
        replace(one, what=swap.get(one.what, one.what), before=one.after, after=one.before) for one in there
    ] == [*back]


def every_change(value):
    """Give copies of a framework in which one leaf, or one entry of one list, is different."""
    if isinstance(value, int):
        yield value + 1
    elif isinstance(value, str):
        yield f"{value} x"
    elif isinstance(value, tuple):
        for i, entry in enumerate(value):
            yield (*value[:i], *value[i + 1 :])
            yield from ((*value[:i], one, *value[i + 1 :]) for one in every_change(entry))
    elif is_dataclass(value):
        for field in fields(value):
            yield from (
                replace(value, **{field.name: one}) for one in every_change(getattr(value, field.name))
            )


def test_there_are_changes_exactly_where_more_than_the_version_changed_and_the_hash_says_the_same():
    count = 0
    for after in every_change(ONE):
        count += 1
        found = difference(ONE, after)
        assert bool(found.changes) == (replace(after, version="1") != ONE), after
        assert found.digest_after != found.digest_before
    assert count > 60


@given(st.randoms(use_true_random=False))
def test_another_order_in_the_file_is_no_change(chance):
    levels, criteria = list(LEVELS), [KEEPS, TRIES]
    chance.shuffle(levels)
    chance.shuffle(criteria)
    after = replace(ONE, levels=tuple(levels), criteria=tuple(criteria))
    assert difference(ONE, after).changes == ()
    assert digest(after) == digest(ONE)


words = st.lists(st.sampled_from(["meets", "dates", "early", "and", "late"]), max_size=9).map(" ".join)


@given(words, words)
def test_words_side_by_side_make_up_both_texts(before, after):
    found = word_changes(before, after)
    assert " ".join(text for what, text in found if what != "added") == before
    assert " ".join(text for what, text in found if what != "removed") == after
    assert {what for what, _ in found} <= {"same", "added", "removed"}
    if before == after:
        assert all(what == "same" for what, _ in found)
