"""Whatever is done to lines behind the product's back is found; what was not touched is whole."""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import transaction
from tests.web.trail.chain import Tamperer, chain, sql, write

from fairlead.web.trail import checking, guard

WITHOUT_HEADS = ("edit", "delete", "swap", "insert")
WITH_HEADS = ("cut", "rechain")


def tampered(how: str, seed: int, heads: str) -> tuple[str, checking.Found]:
    """Do one thing to the chain, walk along it, and undo it."""
    with transaction.atomic():
        done = getattr(Tamperer(seed), how)()
        outside = checking.read_heads(heads) if how in WITH_HEADS else []
        found = checking.verify(outside)
        transaction.set_rollback(True)
    return done, found


def walk(count: int) -> Counter[str]:
    heads = chain(30)
    found: Counter[str] = Counter()
    hows = (*WITHOUT_HEADS, *WITH_HEADS)
    for seed in range(count):
        done, verdict = tampered(hows[seed % len(hows)], seed, heads)
        assert not verdict.whole, f"{done} was not found"
        assert verdict.wrong is not None
        assert verdict.says.endswith(".")
        found[verdict.how] += 1
    assert checking.verify(checking.read_heads(heads)).whole, "each was undone"
    return found


def test_a_hundred_random_tamperings_are_all_found(db):
    found = walk(102)
    assert sum(found.values()) == 102


@pytest.mark.slow
def test_a_thousand_random_tamperings_are_all_found(db):
    found = walk(1_002)
    assert set(found) == {"changed", "missing", "swapped", "inserted", "cut", "rewritten"}
    assert sum(found.values()) == 1_002


def test_the_first_wrong_line_is_named_and_how_it_is_wrong(db):
    chain(30)
    guard.disarm()
    with transaction.atomic():
        write(7, {"verb": "keep"})
        assert checking.verify().says == "Line 7 was changed, or was not written by Fairlead."
        transaction.set_rollback(True)
    with transaction.atomic():
        sql("DELETE FROM web_entry WHERE id IN (4, 5)")
        assert checking.verify().says == "Lines 4 to 5 are missing."
        transaction.set_rollback(True)
    with transaction.atomic():
        sql("DELETE FROM web_entry WHERE id > 25")
        found = checking.verify()
        assert (found.how, found.wrong, found.lines) == ("cut", 26, 25)
        assert (
            found.says == "Cut off: the record ends with line 25, and on 4 March 2026 it had reached line 30."
        )
        transaction.set_rollback(True)


def test_a_line_that_can_no_longer_be_read_is_a_changed_line(db):
    from django.db import connection

    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL takes no value that is not of the column's type")
    chain(30)
    guard.disarm()
    write(12, {"at": "never"})
    found = checking.verify()
    assert (found.how, found.wrong, found.says) == (
        "changed",
        12,
        "Line 12 was changed: it can no longer be read.",
    )


def test_cutting_the_end_with_the_heads_inside_shows_only_beside_a_head_outside(db):
    heads = checking.read_heads(chain(30))
    guard.disarm()
    sql("DELETE FROM web_entry WHERE id > 25")
    sql("DELETE FROM web_head WHERE entry > 25")
    assert checking.verify().whole
    assert checking.verify(heads).how == "cut"


def test_a_chain_written_anew_with_the_key_shows_only_beside_a_head_outside(db):
    heads = checking.read_heads(chain(30))
    with transaction.atomic():
        Tamperer(3).rechain()
        assert checking.verify().whole
        found = checking.verify(heads)
    assert found.how == "rewritten"
    assert "Somebody with the key" in found.says


def test_a_forged_end_of_a_prune_is_found(db):
    chain(30)
    guard.disarm()
    sql("UPDATE web_head SET pruned = %s WHERE entry = 20", True)
    sql("DELETE FROM web_entry WHERE id <= 20")
    found = checking.verify()
    assert found.how == "missing"
    assert found.says == "The lines up to 20 are missing, and no line says that they were old."
