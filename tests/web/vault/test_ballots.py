"""What a ballot box tells to whoever has its tables: not who, not how many, not in which order."""

from __future__ import annotations

import datetime as dt
import os
import re
import uuid

import pytest
from django.db import connection, models
from django.test import override_settings

from fairlead.web import vault
from fairlead.web.runs.actions import Refused
from fairlead.web.vault import box as boxes
from fairlead.web.vault import keys, policies, reading, sealing, writing
from fairlead.web.vault.models import COUNTS, Ballot, BoxKey
from fairlead.web.vault.tables import BALLOTS, KEY_TABLES, VAULT, schema_of
from fairlead.web.vault.viewer import NobodyLooks

ON_POSTGRESQL = pytest.mark.skipif(
    "FAIRLEAD_TEST_DATABASE" not in os.environ, reason="row-level security is PostgreSQL's"
)
SIZE = 300

pytestmark = pytest.mark.django_db


def paper(number: int, *, text: str = "") -> dict[str, object]:
    comments = [{"question": "", "text": text, "choice": "verbatim"}] if text else []
    return {"team": "t", "lens": "", "answers": [number, None, 3], "comments": comments}


@pytest.fixture
def number():
    made = uuid.uuid4()
    writing.make_box(made, size=SIZE, slots=12)
    return made


def rows(box: uuid.UUID) -> dict[uuid.UUID, tuple[bytes, bytes]]:
    with vault.on_duty("ballots"):
        found = Ballot.objects.filter(box=box)
        return {row.pk: (bytes(row.head), bytes(row.paper)) for row in found}


def said(box: uuid.UUID) -> list[int]:
    return sorted(one["answers"][0] for one in reading.papers(box))


def test_what_was_put_in_comes_out_and_nothing_else(number):
    assert reading.papers(number) == []
    put_in = [paper(value, text="Grüße, \N{SNOWMAN}" * value) for value in range(1, 9)]
    for one in put_in:
        writing.drop(number, uuid.uuid4(), one)
    came = reading.papers(number)
    assert sorted(came, key=lambda one: one["answers"][0]) == put_in


def test_boxes_do_not_mix(number):
    other = uuid.uuid4()
    writing.make_box(other, size=SIZE, slots=5)
    writing.drop(number, uuid.uuid4(), paper(1))
    writing.drop(other, uuid.uuid4(), paper(2))
    assert (said(number), said(other)) == ([1], [2])
    writing.burn(other)
    assert said(number) == [1]


def test_papers_come_in_another_order_each_time(number):
    for value in range(12):
        writing.drop(number, uuid.uuid4(), paper(value))
    orders = {tuple(one["answers"][0] for one in reading.papers(number)) for _ in range(4)}
    assert len(orders) == 4


def test_nothing_tells_whether_nobody_answered_or_everybody(number):
    before = rows(number)
    for value in range(12):
        writing.drop(number, uuid.uuid4(), paper(value, text="x" * (15 * value)))
    after = rows(number)
    assert after.keys() == before.keys()
    lengths = {(len(head), len(held)) for head, held in (*before.values(), *after.values())}
    assert len(lengths) == 1


def test_one_paper_changes_places_in_company(number):
    before = rows(number)
    code = writing.drop(number, uuid.uuid4(), paper(1))
    after = rows(number)
    changed = [place for place in before if before[place] != after[place]]
    assert len(changed) == 1 + boxes.COMPANY
    assert all(before[place][part] != after[place][part] for place in changed for part in (0, 1))
    with vault.on_duty("ballots"):
        opened = boxes.opened(number)
    assert sum(bool(opened.receipt(place, after[place][0])) for place in changed) == 1
    assert code.encode() not in b"".join(b"".join(row) for row in after.values())


def test_a_paper_lies_in_any_place_with_the_same_chance():
    counted = [0] * 6
    for _ in range(120):
        box = uuid.uuid4()
        writing.make_box(box, size=200, slots=6)
        writing.drop(box, uuid.uuid4(), paper(1))
        with vault.on_duty("ballots"):
            opened, there = boxes.opened(box), sorted(rows(box).items())
        (found,) = [at for at, (place, row) in enumerate(there) if opened.receipt(place, row[0])]
        counted[found] += 1
        writing.burn(box)
    # Chi squared with 5 degrees of freedom: above 25.7 once in ten thousand runs.
    assert sum((count - 20) ** 2 / 20 for count in counted) < 25.7


def test_a_receipt_takes_back_its_own_paper_for_its_own_person_once(number):
    ada, ben = uuid.uuid4(), uuid.uuid4()
    code, other = writing.drop(number, ada, paper(1)), writing.drop(number, ben, paper(2))
    assert code != other
    second = uuid.uuid4()
    writing.make_box(second, size=SIZE, slots=3)
    writing.drop(second, ada, paper(3))
    assert not writing.take_back(number, ben, code), "it is Ada's"
    assert not writing.take_back(second, ada, code), "it is of another box"
    assert not writing.take_back(number, ada, other)
    assert not writing.take_back(number, ada, "")
    assert not writing.take_back(number, ada, boxes.new_code())
    assert said(number) == [1, 2]
    assert writing.take_back(number, ada, code)
    assert said(number) == [2]
    assert not writing.take_back(number, ada, code)


def test_a_code_is_read_as_a_person_may_have_written_it_down(number):
    ada = uuid.uuid4()
    code = writing.drop(number, ada, paper(1))
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{5}(-[0-9A-HJKMNP-TV-Z]{5}){4}", code)
    sloppy = code.lower().replace("-", " ").replace("0", "o").replace("1", "l")
    assert writing.take_back(number, ada, f"  {sloppy}\n")


def test_a_place_that_was_taken_back_is_free_again(number):
    people = [uuid.uuid4() for _ in range(12)]
    codes = [writing.drop(number, one, paper(value)) for value, one in enumerate(people)]
    with pytest.raises(RuntimeError):
        writing.drop(number, uuid.uuid4(), paper(99))
    assert writing.take_back(number, people[4], codes[4])
    writing.drop(number, people[4], paper(44))
    assert said(number) == [0, 1, 2, 3, 5, 6, 7, 8, 9, 10, 11, 44]


def test_taking_back_changes_places_in_company_and_a_wrong_code_none(number):
    ada = uuid.uuid4()
    code = writing.drop(number, ada, paper(1))
    before = rows(number)
    writing.take_back(number, ada, boxes.new_code())
    assert rows(number) == before
    writing.take_back(number, ada, code)
    after = rows(number)
    assert sum(before[place] != after[place] for place in before) == 1 + boxes.COMPANY


@pytest.mark.parametrize("slots", [1, 2, 7, 12])
def test_mixing_moves_every_place_once_a_day_and_loses_nothing(slots):
    number, people = uuid.uuid4(), [uuid.uuid4() for _ in range(slots)]
    writing.make_box(number, size=SIZE, slots=slots)
    codes = [writing.drop(number, one, paper(value)) for value, one in enumerate(people[:-1])]
    tomorrow = dt.date(2999, 1, 1)
    before = rows(number)
    assert writing.mix(number, tomorrow)
    after = rows(number)
    assert all(before[place][part] != after[place][part] for place in before for part in (0, 1))
    assert not writing.mix(number, tomorrow), "once a day"
    assert rows(number) == after
    assert said(number) == list(range(slots - 1))
    for one, code in zip(people, codes, strict=False):
        assert writing.take_back(number, one, code)
    assert said(number) == []


def test_mixing_moves_papers_to_other_places(number):
    writing.drop(number, uuid.uuid4(), paper(1))
    places = set()
    for day in range(1, 20):
        writing.mix(number, dt.date(2999, 1, day))
        with vault.on_duty("ballots"):
            opened = boxes.opened(number)
        places.update(place for place, row in rows(number).items() if opened.receipt(place, row[0]))
    assert len(places) > 3


def test_a_paper_that_is_too_long_is_refused_with_a_sentence_and_leaves_nothing(number):
    before = rows(number)
    with pytest.raises(Refused, match="too long"):
        writing.drop(number, uuid.uuid4(), paper(1, text="ü" * SIZE))
    assert rows(number) == before


def test_a_paper_may_be_as_long_as_the_box_allows(number):
    empty = len(
        boxes.Box(number, b"", 10_000).bytes_of(paper(1, text="x")),
    )
    full = paper(1, text="x" * (SIZE - empty + 1))
    writing.drop(number, uuid.uuid4(), full)
    assert reading.papers(number) == [full]
    with pytest.raises(writing.TooLong):
        writing.drop(number, uuid.uuid4(), paper(1, text="x" * (SIZE - empty + 2)))


def test_a_box_that_was_destroyed_takes_and_gives_nothing(number):
    ada = uuid.uuid4()
    code = writing.drop(number, ada, paper(1))
    held = rows(number)
    writing.burn(number)
    writing.burn(number)
    assert rows(number) == {}
    assert number not in writing.standing()
    for gone in (
        lambda: writing.drop(number, ada, paper(1)),
        lambda: writing.take_back(number, ada, code),
        lambda: reading.papers(number),
    ):
        with pytest.raises(Refused, match="takes no answers"):
            gone()
    # What an old backup holds: no key that is left opens it.
    candidates = [*keys.masters(), *(boxes.keys.of_box(row) for row in BoxKey.objects.all())]
    for place, (head, _held) in held.items():
        for key in candidates:
            with pytest.raises(sealing.DoesNotOpen):
                boxes.Box(number, key, SIZE).receipt(place, head)


def test_a_place_opens_in_no_other_place_and_no_other_box(number):
    writing.drop(number, uuid.uuid4(), paper(1))
    (one, moved), (other, _) = list(rows(number).items())[:2]
    with vault.on_duty("ballots"):
        opened = boxes.opened(number)
    opened.content(one, *moved)
    with pytest.raises(sealing.DoesNotOpen):
        opened.content(other, *moved)
    with pytest.raises(sealing.DoesNotOpen):
        opened.content(one, moved[1], moved[0])


@pytest.mark.parametrize("duty", sorted(vault.DUTIES - COUNTS))
def test_no_other_duty_reaches_a_box(number, duty):
    with vault.on_duty(duty), pytest.raises(NobodyLooks):
        Ballot.objects.count()


def test_nobody_who_looks_reaches_a_box(number):
    with vault.seen_by(uuid.uuid4()), pytest.raises(NobodyLooks):
        Ballot.objects.exists()
    with vault.seen_by(uuid.uuid4()), pytest.raises(NobodyLooks):
        Ballot._base_manager.exists()


def test_boxes_stand_in_the_vault_and_their_keys_with_the_keys():
    assert schema_of(Ballot._meta.db_table) == VAULT
    assert BoxKey._meta.db_table in KEY_TABLES
    assert Ballot._meta.db_table == BALLOTS


def test_boxes_hold_no_time_no_person_and_no_number_that_counts_up():
    kinds = {field.name: field.get_internal_type() for field in Ballot._meta.get_fields()}
    assert kinds == {"id": "UUIDField", "box": "UUIDField", "head": "BinaryField", "paper": "BinaryField"}


def test_keys_of_boxes_are_wrapped_anew(number):
    writing.drop(number, uuid.uuid4(), paper(4))
    before = BoxKey.objects.get(pk=number).wrapped
    with override_settings(VAULT_KEYS=["a new secret " * 4, "only-for-tests-" + "v" * 50]):
        assert keys.rewrap_boxes() == (1, 1)
        assert keys.rewrap_boxes() == (0, 1)
    assert BoxKey.objects.get(pk=number).wrapped != before
    with override_settings(VAULT_KEYS=["a new secret " * 4]):
        assert said(number) == [4]


@ON_POSTGRESQL
def test_postgresql_itself_gives_ballots_to_the_house_that_counts_alone(number):
    everything = models.QuerySet(Ballot)
    for duty in vault.DUTIES:
        with vault.on_duty(duty):
            assert everything.count() == (12 if duty in COUNTS else 0), duty
    with vault.seen_by(uuid.uuid4()):
        assert everything.count() == 0
        assert everything.update(head=b"") == 0
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = %s", [BALLOTS]
        )
        assert cursor.fetchone() == (True, True)


def test_the_policy_of_the_ballots_names_the_duties_and_no_person():
    says = policies.conditions()[BALLOTS]
    assert "fairlead.person" not in says
    assert set(re.findall(r"'([a-z]+)'", says)) == set(COUNTS)
