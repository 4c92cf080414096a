"""Reasons to move up as five motives, by choice and in own words."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.core.direction_answers import Motive, Motives, OwnReason
from fairlead.core.motives import above_middle, of, read_motives
from fairlead.core.scales import Scale, ScaleItem, score
from fairlead.core.tables import Answers

DAY = "2026-11-20"
SCALES = [
    Scale(
        id=str(motive), label=str(motive), about=f"motive.{motive}",
        items=tuple(ScaleItem(id=f"{motive}{i}") for i in range(4)),
        low_option=1, high_option=5, min_answered=3,
    )
    for motive in Motive
]  # fmt: skip
own = st.lists(
    st.builds(OwnReason, text=st.text(max_size=5), motive=st.none() | st.sampled_from(list(Motive))),
    max_size=8,
).map(tuple)


def scores_of(**by_motive):
    values = {f"{motive}{i}": float(value) for motive, value in by_motive.items() for i in range(4)}
    return score(
        Answers(instrument="motives", version="1", answered_on=DAY, values=values, texts={}), SCALES
    ).scores


def reasons(*motives):
    return Motives(own=tuple(OwnReason(text=f"Reason {i}", motive=one) for i, one in enumerate(motives)))


def test_five_motives_stand_apart_each_with_its_scale_and_its_own_reasons():
    found = read_motives(
        reasons(Motive.INFLUENCE, None, Motive.INFLUENCE), scores_of(influence=5, organization=2), DAY
    )
    assert [one.motive for one in found.motives] == [str(motive) for motive in Motive]
    influence = of(found, Motive.INFLUENCE)
    assert influence.score.score == 5
    assert (influence.own.value, influence.own.n) == (2, 3)
    assert influence.own_texts == ("Reason 0", "Reason 2")
    assert found.not_read.value == 1
    assert of(found, Motive.EXPECTATION).score.score is None
    assert found.says.startswith("Clearly part of your reasons: influence.")


@given(own)
def test_every_own_reason_is_counted_once(said):
    found = read_motives(Motives(own=said), (), DAY)
    if not said:
        assert found.not_read.value is None
        return
    assert sum(one.own.value for one in found.motives) + found.not_read.value == len(said)


@given(own, st.randoms(use_true_random=False))
def test_the_order_of_the_reasons_changes_no_count(said, chance):
    mixed = list(said)
    chance.shuffle(mixed)
    one, other = (read_motives(Motives(own=tuple(each)), (), DAY) for each in (said, mixed))
    assert (one.beside, one.apart) == (other.beside, other.apart)


@pytest.mark.parametrize(
    ("motives", "apart"),
    [
        ([Motive.ADVANCEMENT] * 3, True),
        ([Motive.ADVANCEMENT] * 2, False),
        ([Motive.ADVANCEMENT, Motive.ADVANCEMENT, Motive.INFLUENCE], True),
        ([Motive.ADVANCEMENT, Motive.INFLUENCE, Motive.INFLUENCE], False),
        ([Motive.ADVANCEMENT] * 4 + [Motive.DEVELOPING_PEOPLE], False),
        ([Motive.DEVELOPING_PEOPLE] * 3, True),
    ],
)
def test_own_reasons_part_only_with_three_read_ones_and_none_of_the_other(motives, apart):
    assert read_motives(reasons(*motives), (), DAY).apart is apart


def test_scales_decide_before_own_reasons_and_only_where_intervals_part():
    close = read_motives(
        reasons(*[Motive.ADVANCEMENT] * 3), scores_of(advancement=4, developing_people=4), DAY
    )
    assert not close.apart
    assert "neither advancement nor developing people lies clearly above" in close.beside
    far = read_motives(Motives(), scores_of(advancement=5, developing_people=2), DAY)
    assert far.apart
    assert far.beside == "Advancement lies clearly above developing people, by your choices."


def test_the_motive_that_lies_above_is_named_and_by_scales_only_where_both_have_a_score():
    people = [Motive.DEVELOPING_PEOPLE] * 3
    assert read_motives(reasons(*people), scores_of(advancement=2), DAY).higher == "developing_people"
    assert read_motives(reasons(*people), scores_of(advancement=5), DAY).higher == "developing_people"
    far = scores_of(advancement=5, developing_people=2)
    assert read_motives(reasons(*people), far, DAY).higher == "advancement"
    assert not read_motives(reasons(*people), scores_of(advancement=4, developing_people=4), DAY).higher


def test_a_scale_counts_as_clear_only_with_its_whole_interval_above_the_middle():
    scores = {one.about: one for one in scores_of(advancement=5, influence=3)}
    assert above_middle(scores["motive.advancement"])
    assert not above_middle(scores["motive.influence"])
    assert not above_middle(scores["motive.organization"])
    assert not above_middle(None)


def test_nothing_answered_says_so():
    found = read_motives(Motives(), (), DAY)
    assert found.says == "Nothing was answered."
    assert found.beside == "Neither advancement nor developing people was answered."
    assert not found.apart
