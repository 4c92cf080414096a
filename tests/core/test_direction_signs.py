"""Warnings of a direction: each only with evidence, each with the answers it came from."""

import pytest
from tests.core.direction_cases import DAY, VALUES, a_track, answers_to, everything, task

from fairlead.core.direction_answers import (
    Bearing,
    Encourager,
    Motive,
    Motives,
    Need,
    NextLevel,
    OwnReason,
    Push,
    Values,
    WhyIWork,
)
from fairlead.core.direction_signs import SIGNS, Heard, find_signs
from fairlead.core.energy import read_energy
from fairlead.core.motives import read_motives
from fairlead.core.scales import Scale, ScaleItem, score
from fairlead.core.tables import Answers
from fairlead.core.track_fit import read_tracks
from fairlead.core.values import read_values
from fairlead.core.why import read_next_level


def ids(**heard):
    return [one.id for one in find_signs(Heard(**heard))]


def evidence(name, **heard):
    return next((one.evidence for one in find_signs(Heard(**heard)) if one.id == name), ())


def motives(*own, **by_choice):
    scales = [
        Scale(
            id=str(motive), label=str(motive), about=str(motive),
            items=tuple(ScaleItem(id=f"{motive}{i}") for i in range(4)),
            low_option=1, high_option=5, min_answered=3,
        )
        for motive in Motive
    ]  # fmt: skip
    values = {f"{motive}{i}": float(value) for motive, value in by_choice.items() for i in range(4)}
    scored = score(
        Answers(instrument="m", version="1", answered_on=DAY, values=values, texts={}), scales
    ).scores
    return read_motives(Motives(own=tuple(OwnReason(text="x", motive=one) for one in own)), scored, DAY)


def level(would_want=None, refused=0, carried=0):
    burdens = [(f"a{i}", Bearing.NOT_FOR_ME) for i in range(refused)]
    burdens += [(f"b{i}", Bearing.FINE) for i in range(carried)]
    return read_next_level(NextLevel(burdens=tuple(burdens), would_want=would_want), DAY)


def test_nothing_said_is_no_warning():
    assert ids() == []
    assert ids(why=WhyIWork(), motives=motives(), next_level=level()) == []


def test_an_own_wish_with_a_reason_is_no_warning_however_strong_the_encouragement():
    why = WhyIWork(
        push=Push.OWN, encouragement=5, encouraged_by=(Encourager.MANAGER,), levels_reached=3,
        next_level_reason="To teach more people",
    )  # fmt: skip
    assert ids(why=why) == []


def test_who_is_pushed_and_does_not_wish_it_reads_who_pushes():
    why = WhyIWork(
        push=Push.NO_WISH, encouragement=5, need=Need.ORGANIZATION,
        encouraged_by=(Encourager.MANAGER, Encourager.SENIOR_LEADERS),
    )  # fmt: skip
    assert evidence("pushed", why=why) == (
        "Strong encouragement (5 of 5) by your manager, senior leaders, and you do not wish it.",
        "A next step would serve the organization's need, you said.",
    )


def test_strong_encouragement_by_nobody_is_no_evidence():
    nobody = WhyIWork(push=Push.SUPPOSED, encouragement=5, encouraged_by=(Encourager.NOBODY,))
    assert "pushed" not in ids(why=nobody)
    both = WhyIWork(encouragement=5, encouraged_by=(Encourager.NOBODY, Encourager.FAMILY))
    assert evidence("pushed", why=both) == ("Strong encouragement (5 of 5) by family.",)
    assert evidence("pushed", why=WhyIWork(encouragement=5)) == ("Strong encouragement (5 of 5) by others.",)


def test_what_is_expected_is_called_a_reason_of_nobody_who_gave_none():
    (sign,) = find_signs(Heard(why=WhyIWork(push=Push.SUPPOSED)))
    assert "you gave as reasons" not in sign.says


def test_an_organizations_need_alone_is_no_push():
    assert ids(why=WhyIWork(push=Push.OWN, need=Need.ORGANIZATION)) == []
    assert ids(why=WhyIWork(need=Need.ORGANIZATION, encouragement=3)) == []


def test_the_expected_next_step_comes_from_the_push_the_scale_or_own_reasons():
    assert ids(why=WhyIWork(push=Push.SUPPOSED)) == ["expected_next_step"]
    assert ids(motives=motives(expectation=5)) == ["expected_next_step"]
    assert ids(motives=motives(expectation=3)) == []
    assert ids(motives=motives(Motive.EXPECTATION, Motive.EXPECTATION, Motive.INFLUENCE)) == [
        "expected_next_step"
    ]
    assert ids(motives=motives(Motive.EXPECTATION, Motive.EXPECTATION)) == []
    said = evidence("expected_next_step", why=WhyIWork(push=Push.SUPPOSED), motives=motives(expectation=5))
    assert len(said) == 2
    assert said[1].startswith("Expectation of others: 5.0 on a scale from 1 to 5")


@pytest.mark.parametrize(
    ("levels", "reason", "push", "warned"),
    [
        (2, "", None, True),
        (2, "   ", Push.OWN, True),
        (1, "", None, False),
        (3, "To teach", Push.OWN, False),
        (3, "", Push.NO_WISH, False),
        (None, "", None, False),
    ],
)
def test_the_treadmill_is_two_levels_and_no_reason_for_the_next(levels, reason, push, warned):
    why = WhyIWork(levels_reached=levels, next_level_reason=reason, push=push)
    assert ("treadmill" in ids(why=why)) == warned


def test_a_journey_that_is_hardly_worth_it_stands_beside_the_treadmill():
    said = evidence("treadmill", why=WhyIWork(levels_reached=4, journey=1))
    assert said[1] == "The journey itself is hardly worth it to you (1 of 5)."


def test_advancement_without_people_is_named_and_people_without_advancement_is_not():
    assert ids(motives=motives(advancement=5, developing_people=2)) == ["advancement_without_people"]
    assert ids(motives=motives(advancement=2, developing_people=5)) == []
    assert ids(motives=motives(*[Motive.ADVANCEMENT] * 3)) == ["advancement_without_people"]
    assert ids(motives=motives(*[Motive.DEVELOPING_PEOPLE] * 3)) == []


@pytest.mark.parametrize("score", [1, 2, 5])
def test_who_gave_people_as_the_reason_is_not_told_that_people_are_missing(score):
    """Advancement alone has a score; all own reasons are about people."""
    assert ids(motives=motives(*[Motive.DEVELOPING_PEOPLE] * 3, advancement=score)) == []


def test_a_life_one_would_not_want_is_told_by_the_answer_or_by_half_of_the_burdens():
    assert ids(next_level=level(would_want=2)) == ["would_not_want_life"]
    assert ids(next_level=level(would_want=3)) == []
    assert ids(next_level=level(refused=2, carried=2)) == ["would_not_want_life"]
    assert ids(next_level=level(refused=2)) == []
    assert ids(next_level=level(refused=1, carried=2)) == []


def test_who_does_not_wish_to_move_up_is_warned_of_no_wish():
    heard = {
        "why": WhyIWork(push=Push.NO_WISH, levels_reached=5),
        "motives": motives(*[Motive.ADVANCEMENT] * 3, expectation=5),
        "next_level": level(would_want=1),
    }
    assert ids(**heard) == []


def test_a_mismatch_needs_drains_clearly_above_half_of_the_hours():
    def energy(hours):
        return read_energy(
            [task("doing", 1, 40 - hours), task("leading", -2, hours / 2), task("managing", -1, hours / 2)],
            DAY,
        )

    assert ids(energy=energy(28)) == ["mismatch"]
    assert ids(energy=energy(23)) == []
    assert evidence("mismatch", energy=energy(28)) == (
        "70 % of the hours you named go into what drains you.",
    )


def test_a_mismatch_with_a_track_is_named_for_the_present_track_only():
    tracks = read_tracks([a_track("owner")], [answers_to(a_track("owner"), (1, 1, 2, 1, 1, 1, 2, 1))], DAY)
    assert ids(tracks=tracks, current_track="owner") == ["mismatch"]
    assert ids(tracks=tracks, current_track="expert") == []
    assert ids(tracks=tracks) == []


def test_a_mismatch_with_the_present_track_says_which_one_how_far_and_what_of_it_is_wanted_least():
    owner = a_track("owner")
    tracks = read_tracks([owner], [answers_to(owner, (2, 2, 1, 2, 2, 2, 1, 2))], DAY)
    says = " ".join(evidence("mismatch", tracks=tracks, current_track="owner"))
    assert f"“{owner.label}”" in says
    assert f"{tracks[0].want.value:.1f} of 5, {tracks[0].want.low:.1f} to {tracks[0].want.high:.1f}" in says
    least = [one.text.rstrip(".") for one in owner.demands]
    assert least[2] in says
    assert least[6] in says
    assert least[0] not in says


def test_one_value_apart_is_no_mismatch_yet_and_two_are():
    apart = read_values(Values(mine=everything(VALUES), practice=everything(VALUES[::-1])), DAY)
    assert len(apart.mismatches) >= 2
    assert evidence("mismatch", values=apart) == tuple(one.says for one in apart.mismatches)
    one = type(apart)(
        **{name: getattr(apart, name) for name in apart.__slots__} | {"mismatches": apart.mismatches[:1]}
    )
    assert ids(values=one) == []


def test_every_warning_has_calm_words_and_its_rows():
    for words in SIGNS.values():
        assert "!" not in words.title + words.says
        assert words.rows
        assert words.says.endswith(".")


def test_no_warning_shows_a_reader_an_address_or_foretells_an_illness():
    for name, words in SIGNS.items():
        assert "doi" not in words.says, name
        assert "burn out" not in words.says, name
