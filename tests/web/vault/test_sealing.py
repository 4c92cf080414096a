"""What is sealed opens with its key, in its place, and not otherwise."""

from __future__ import annotations

import secrets
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fairlead.web.vault import sealing
from fairlead.web.vault.sealing import DoesNotOpen

KEY, NUMBER = secrets.token_bytes(32), uuid.uuid4()
READERS = (uuid.uuid4(), uuid.uuid4())


def seal(plain: bytes, **more) -> bytes:
    return sealing.seal(plain, key=KEY, number=NUMBER, where="web_run.result", **more)


@given(plain=st.binary(max_size=400), readers=st.integers(0, 2))
def test_what_was_sealed_opens_again(plain, readers):
    blob = seal(plain, readers=READERS[:readers])
    assert sealing.unseal(blob, key=KEY, where="web_run.result") == plain
    assert sealing.header(blob).key == NUMBER
    assert sealing.header(blob).readers == READERS[:readers]
    assert not plain or len(plain) < 4 or plain not in blob


def test_no_two_seals_of_the_same_value_are_alike():
    assert len({seal(b"the same") for _ in range(200)}) == 200


@given(place=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_value_with_one_bit_changed_does_not_open(place, bit):
    blob = bytearray(seal(b"four words of mine", readers=READERS))
    blob[place % len(blob)] ^= 1 << bit
    with pytest.raises(DoesNotOpen):
        sealing.unseal(bytes(blob), key=KEY, where="web_run.result")


def test_a_value_cut_off_anywhere_does_not_open():
    blob = seal(b"four words of mine", readers=READERS)
    for length in range(len(blob)):
        with pytest.raises(DoesNotOpen):
            sealing.unseal(blob[:length], key=KEY, where="web_run.result")


def test_a_value_does_not_open_in_another_column_or_with_another_key():
    blob = seal(b"mine")
    with pytest.raises(DoesNotOpen):
        sealing.unseal(blob, key=KEY, where="web_run.error")
    with pytest.raises(DoesNotOpen):
        sealing.unseal(blob, key=secrets.token_bytes(32), where="web_run.result")


def test_nobody_is_added_to_the_readers_of_a_value():
    blob, eve = seal(b"mine", readers=READERS[:1]), uuid.uuid4()
    forged = blob[:18] + eve.bytes + blob[34:]
    assert sealing.header(forged).readers == (eve,)
    with pytest.raises(DoesNotOpen):
        sealing.unseal(forged, key=KEY, where="web_run.result")


def test_a_key_opens_with_the_new_secret_and_the_one_before_and_for_its_person_alone():
    old, new, person = sealing.master("o" * 40), sealing.master("n" * 40), uuid.uuid4()
    wrapped = sealing.wrap(KEY, person=person, masters=[old])
    assert sealing.unwrap(wrapped, person=person, masters=[new, old]) == KEY
    assert KEY not in wrapped
    for masters, whose in (([new], person), ([old], uuid.uuid4())):
        with pytest.raises(DoesNotOpen):
            sealing.unwrap(wrapped, person=whose, masters=masters)
