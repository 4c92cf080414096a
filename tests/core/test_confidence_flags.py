"""The safeguard of a packet: what ratings rest on, when they were given, and flags that change nothing."""

from dataclasses import fields
from datetime import datetime, timedelta

import pytest

from fairlead.core.confidence_flags import (
    NO_NUMBER,
    Flag,
    PacketFlags,
    PraiseLexicon,
    PraiseTerm,
    RatingBasis,
    SelfRating,
    packet_flags,
    praise_marks,
)

NOON = datetime(2026, 5, 4, 12)  # noqa: DTZ001 - only the order of two times counts here
WORDS = PraiseLexicon(
    praise=(
        PraiseTerm(term="presence", why="What was seen?", rows=(119,), research="r"),
        PraiseTerm(term="executive presence", why="What was seen?", rows=(119,), research="r"),
    ),
    acts=("led", "organi*"),
)


def rating(basis="seen", criterion="delegates", *, read=-1, text="", rater="ben"):
    opened = None if read is None else NOON + timedelta(hours=read)
    return RatingBasis(
        rater=rater, criterion=criterion, basis=basis, given=NOON, first_read=opened, text=text
    )


def flags(*ratings, own=(), texts=()):
    found = packet_flags(ratings, self_ratings=own, texts=texts, lexicon=WORDS, lowest=1, highest=5)
    return found, {flag.kind: flag for flag in found.flags}


def test_the_share_of_impressions_is_counted_and_where_nothing_else_stands_is_named():
    found, by_kind = flags(
        rating("impression", "vision"), rating("impression", "delegates"), rating("seen", "delegates"),
        rating("heard", "vision2"), rating("artefact", "risk"),
    )  # fmt: skip
    assert found.impression_share == pytest.approx(0.4)
    assert found.by_basis == (("seen", 1), ("artefact", 1), ("heard", 1), ("impression", 2))
    flag = by_kind["impressions"]
    assert (flag.count, flag.of, flag.criteria) == (2, 5, ("vision", "delegates"))
    assert flag.says == "2 of 5 ratings rest on an impression. Nothing else stands behind: vision."


def test_ratings_given_before_the_evidence_was_opened_or_without_opening_it_are_counted():
    _, by_kind = flags(rating(read=-2), rating(read=0), rating(read=1), rating(read=None))
    flag = by_kind["before_reading"]
    assert (flag.count, flag.of) == (2, 4)
    assert flag.says == "2 of 4 ratings were given before the evidence was opened."


def test_a_high_self_rating_stands_beside_the_count_of_its_evidence():
    own = [
        SelfRating(criterion="vision", rating=5, evidence=0),
        SelfRating(criterion="risk", rating=4, evidence=1),
        SelfRating(criterion="delegates", rating=5, evidence=2),
        SelfRating(criterion="trust", rating=3, evidence=0),
    ]
    _, by_kind = flags(rating(), own=own)
    flag = by_kind["self_above_evidence"]
    assert flag.criteria == ("vision", "risk")
    assert flag.says == (
        "High self-rating beside little evidence, 2 of 4: vision: 5 by oneself, no evidence; "
        "risk: 4 by oneself, 1 piece of evidence."
    )


def test_praise_without_an_act_is_marked_in_ratings_and_other_texts():
    found, by_kind = flags(
        rating(text="Executive presence."), rating(text="Led the move with presence."), rating(text=" "),
        texts=[("sponsor", "Presence! And more presence.")],
    )  # fmt: skip
    assert [(one.where, one.word) for one in found.marks] == [
        ("rating: ben, delegates", "Executive presence"),
        ("sponsor", "Presence"),
        ("sponsor", "presence"),
    ]
    assert (by_kind["praise_without_act"].count, by_kind["praise_without_act"].of) == (2, 3)


def test_a_packet_on_evidence_alone_has_no_flag_and_an_empty_one_no_share():
    found, _ = flags(rating(), rating("artefact"))
    assert (found.flags, found.marks, found.impression_share) == ((), (), 0.0)
    assert packet_flags([], lexicon=WORDS, lowest=1, highest=5).impression_share is None


def test_every_flag_explains_itself_and_says_that_it_changes_no_number():
    own = [SelfRating(criterion="vision", rating=5, evidence=0)]
    found, _ = flags(rating("impression", read=None, text="Presence."), own=own)
    assert len(found.flags) == 4
    for flag in found.flags:
        assert flag.explains.endswith(NO_NUMBER)
        assert flag.says.endswith(".")
    # Counts and words: nothing that could be added to a score.
    assert {str(field.type) for field in fields(Flag)} <= {"FlagKind", "int", "tuple[str, ...]", "str"}
    assert "score" not in {field.name for field in fields(PacketFlags)}


def test_an_ending_is_open_where_a_star_stands():
    assert praise_marks("Presence, organising little.", WORDS) == ()
    assert [one.word for one in praise_marks("Presence, organ music.", WORDS)] == ["Presence"]
