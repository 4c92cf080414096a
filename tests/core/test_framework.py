"""Frameworks as plain data: what belongs together, and the hash that freezes them."""

import json
from dataclasses import fields, replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.framework import (
    LIBRARIES,
    TRACKS,
    Criterion,
    Framework,
    Level,
    Publication,
    Question,
    Seen,
    TrackLevels,
    canonical,
    digest,
    library_label,
)

JUNIOR = Level(id="junior", title="Junior", rung=1)
SENIOR_IC = Level(id="senior-ic", title="Senior", rung=2, words="Alone")
SENIOR_PM = Level(id="senior-pm", title="Lead", rung=2)
HEAD = Level(id="head", title="Head", rung=3)
SMALL = Framework(
    id="small",
    version="1",
    title="Small",
    words="For two tracks.",
    levels=(JUNIOR, SENIOR_IC, SENIOR_PM, HEAD),
    tracks=(
        TrackLevels(id="people_manager", label="Manager", levels=("junior", "senior-pm", "head")),
        TrackLevels(id="expert", label="Expert", levels=("junior", "senior-ic")),
    ),
    criteria=(
        Criterion(
            id="reliability",
            title="Keeps promises",
            kind="managing",
            competency="reliability",
            rows=(136, 138),
            research=("simons2002",),
            seen=(
                Seen(level="junior", text="Finishes in time"),
                Seen(level="head", text="Keeps the area's word", examples=("Kept a date", "Moved one early")),
            ),
        ),
        Criterion(
            id="craft",
            title="Craft",
            kind="doing",
            seen=(
                Seen(level="senior-ic", text="Does the hard part"),
                Seen(level="senior-pm", text="Reviews the hard part"),
                Seen(level="junior", text="Does the usual part"),
            ),
        ),
    ),
    questions=(Question(id="benefit", text="Who will gain?", rows=(93,)),),
    past_only=("top performer", "best engineer"),
    research=(Publication(key="simons2002", cite="Simons 2002", doi="10.1287/orsc.13.1.18.543"),),
)


def test_a_level_asks_its_criteria_in_the_order_of_the_framework():
    assert [(one.id, seen.text) for one, seen in SMALL.asked("junior")] == [
        ("reliability", "Finishes in time"),
        ("craft", "Does the usual part"),
    ]
    assert [one.id for one, _ in SMALL.asked("head")] == ["reliability"]


def test_levels_on_one_rung_are_equal_and_a_shared_level_is_in_both_tracks():
    assert SMALL.equals("senior-ic") == (SENIOR_PM,)
    assert SMALL.equals("junior") == ()
    assert [track.id for track in SMALL.tracks_of("junior")] == ["people_manager", "expert"]
    assert SMALL.levels_of("expert") == (JUNIOR, SENIOR_IC)


def test_what_comes_next_is_said_for_each_track_and_nothing_at_the_end():
    assert SMALL.next_levels("junior") == (SENIOR_PM, SENIOR_IC)
    assert SMALL.next_levels("senior-pm") == (HEAD,)
    assert SMALL.next_levels("head") == ()


@pytest.mark.parametrize(
    "ask",
    [
        lambda: SMALL.level("x"),
        lambda: SMALL.track("owner"),
        lambda: SMALL.criterion("x"),
        lambda: SMALL.asked("x"),
        lambda: SMALL.next_levels("x"),
        lambda: SMALL.equals("x"),
    ],
)
def test_a_name_that_is_not_there_raises(ask):
    with pytest.raises(KeyError):
        ask() or pytest.fail("nothing was found and nothing raised")


def test_libraries_are_leading_managing_and_doing_and_there_are_four_tracks():
    assert LIBRARIES == ("leading", "managing", "doing")
    assert [library_label(kind) for kind in LIBRARIES] == ["Leading", "Managing", "Doing"]
    assert TRACKS == ("people_manager", "individual_contributor_leader", "owner", "expert")


def respaced(value, mark):
    if isinstance(value, str):
        return value.replace(" ", mark)
    if isinstance(value, tuple):
        return tuple(respaced(one, mark) for one in value)
    if hasattr(value, "__dataclass_fields__"):
        texts = ("title", "words", "text", "cite", "label", "help", "source", "examples", "past_only")
        return replace(
            value,
            **{
                field.name: respaced(getattr(value, field.name), mark)
                for field in fields(value)
                if field.name in texts or not isinstance(getattr(value, field.name), (str, int))
            },
        )
    return value


@given(st.randoms(use_true_random=False), st.sampled_from([" ", "  ", "\n", " \t ", "\n\n"]))
def test_the_hash_is_the_same_however_entries_are_ordered_and_lines_broken(chance, mark):
    def mixed(entries):
        entries = list(entries)
        chance.shuffle(entries)
        return tuple(entries)

    other = replace(
        SMALL,
        tracks=mixed(SMALL.tracks),
        levels=mixed(SMALL.levels),
        past_only=mixed(SMALL.past_only * 2),
        criteria=mixed(
            replace(one, seen=mixed(one.seen), rows=mixed(one.rows), research=mixed(one.research))
            for one in SMALL.criteria
        ),
    )
    assert digest(respaced(other, mark)) == digest(SMALL)


def leaves(value, path=()):
    if isinstance(value, dict):
        for name, below in value.items():
            yield from leaves(below, (*path, name))
    elif isinstance(value, list):
        for i, below in enumerate(value):
            yield from leaves(below, (*path, i))
    else:
        yield path, value


def changed(value, path):
    """Change one leaf of a framework, by its path in the canonical form of an already sorted one."""
    if not path:
        return value + 1 if isinstance(value, int) else f"{value}x"
    if isinstance(value, tuple):
        return (*value[: path[0]], changed(value[path[0]], path[1:]), *value[path[0] + 1 :])
    return replace(value, **{path[0]: changed(getattr(value, path[0]), path[1:])})


def sorted_framework():
    def by(entries, name):
        return tuple(sorted(entries, key=lambda one: getattr(one, name)))

    criteria = tuple(replace(one, seen=by(one.seen, "level")) for one in by(SMALL.criteria, "id"))
    return replace(
        SMALL,
        tracks=by(SMALL.tracks, "id"),
        levels=by(SMALL.levels, "id"),
        criteria=criteria,
        past_only=tuple(sorted(SMALL.past_only)),
    )


def test_every_single_word_and_number_counts_for_the_hash():
    framework = sorted_framework()
    paths = [path for path, _ in leaves(json.loads(json.dumps(canonical(framework))))]
    assert len(paths) > 60
    found = {digest(changed(framework, path)) for path in paths}
    assert len(found) == len(paths), "two changes have one hash"
    assert digest(framework) not in found


def test_order_means_something_for_the_levels_of_a_track_and_for_examples():
    turned = replace(SMALL.tracks[0], levels=SMALL.tracks[0].levels[::-1])
    assert digest(replace(SMALL, tracks=(turned, SMALL.tracks[1]))) != digest(SMALL)
    seen = replace(SMALL.criteria[0].seen[1], examples=("Moved one early", "Kept a date"))
    criterion = replace(SMALL.criteria[0], seen=(SMALL.criteria[0].seen[0], seen))
    assert digest(replace(SMALL, criteria=(criterion, SMALL.criteria[1]))) != digest(SMALL)


def test_composed_and_decomposed_letters_are_the_same_text():
    assert digest(replace(SMALL, title="F\u00fchren")) == digest(replace(SMALL, title="Fu\u0308hren"))
