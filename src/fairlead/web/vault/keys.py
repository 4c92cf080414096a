"""Each person's key: made when something of theirs is first sealed, opened for one look, destroyed."""

from __future__ import annotations

import secrets
from functools import cache
from typing import TYPE_CHECKING, Final

from django.conf import settings
from django.db import connection, transaction

from fairlead.web.vault import sealing
from fairlead.web.vault.models import BoxKey, DataKey
from fairlead.web.vault.viewer import Looking, current, must_look

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from uuid import UUID


_AT_ONCE: Final = 500

TABLE: Final = DataKey._meta.db_table  # noqa: SLF001 - Django's public name for it


class KeyGone(LookupError):  # noqa: N818 - named for what happened
    """The key was destroyed: what it sealed cannot be read any more, by anybody."""


def of(person: UUID) -> tuple[UUID, bytes]:
    """Give the number and the key of a person, made now if there is none."""
    looking = current()
    if looking is not None and person in looking.key_of:
        number = looking.key_of[person]
        return number, looking.keys[number][1]
    row, made = DataKey.objects.get_or_create(person=person, defaults={"wrapped": _new(person)})
    if looking is not None:
        if made and connection.in_atomic_block:
            _wait_for_commit(looking, person)
        return row.pk, _keep(looking, row)
    return row.pk, _unwrapped(row)


def of_many(people: Iterable[UUID]) -> None:
    """Open the keys of many people for this look, made now where there are none: some queries, not many.

    For a look that ends with its transaction: a key that is rolled back must not be known afterwards.
    """
    looking, wanted = must_look(), list(people)
    for start in range(0, len(wanted), _AT_ONCE):
        some = [person for person in wanted[start : start + _AT_ONCE] if person not in looking.key_of]
        there = set(DataKey.objects.filter(person__in=some).values_list("person", flat=True))
        new = [DataKey(person=person, wrapped=_new(person)) for person in some if person not in there]
        DataKey.objects.bulk_create(new, ignore_conflicts=True)  # somebody else may make the same one
        for row in DataKey.objects.filter(person__in=some):
            looking.keys[row.pk] = (row.person, _unwrapped(row))
            looking.key_of[row.person] = row.pk


def by_number(number: UUID) -> tuple[UUID, bytes]:
    """Give whose key this is, and the key; ``KeyGone`` when it was destroyed."""
    looking = current()
    if looking is not None and number in looking.keys:
        return looking.keys[number]
    row = DataKey.objects.filter(pk=number).first()
    if row is None:
        raise KeyGone("The key of this value was destroyed.")
    return row.person, _unwrapped(row) if looking is None else _keep(looking, row)


def destroy(person: UUID) -> None:
    """Destroy a person's key; the file forgets it with the transaction."""
    from fairlead.web import erasing  # noqa: PLC0415 - the ground stands above the vault

    looking = current()
    if looking is not None:
        looking.keys.pop(looking.key_of.pop(person, person), None)
    DataKey.objects.filter(person=person).delete()
    erasing.for_good()


def destroy_orphans() -> int:
    """Destroy the keys of people who are not here any more, and say how many."""
    from fairlead.web.people.models import Person  # noqa: PLC0415 - the ground stands above the vault

    return DataKey.objects.exclude(person__in=Person.objects.values("pk")).delete()[0]


@transaction.atomic
def rewrap() -> tuple[int, int]:
    """Seal every person's key with the newest key of the installation; say how many, and of how many."""
    newest, changed, seen = masters()[0], 0, 0
    for row in DataKey.objects.select_for_update().order_by("pk").iterator():
        seen += 1
        if not sealing.is_wrapped_by(bytes(row.wrapped), newest):
            row.wrapped = sealing.wrap(_unwrapped(row), person=row.person, masters=masters())
            row.save(update_fields=["wrapped"])
            changed += 1
    return changed, seen


@transaction.atomic
def rewrap_boxes() -> tuple[int, int]:
    """Seal the key of every ballot box with the newest key of the installation; counts as ``rewrap``."""
    newest, changed, seen = masters()[0], 0, 0
    for row in BoxKey.objects.select_for_update().order_by("pk"):
        seen += 1
        if not sealing.is_wrapped_by(bytes(row.wrapped), newest):
            row.wrapped = sealing.wrap(of_box(row), person=row.box, masters=masters())
            row.save(update_fields=["wrapped"])
            changed += 1
    return changed, seen


def new_for_box(box: UUID) -> tuple[BoxKey, bytes]:
    """Give a new key for a ballot box with its row, which is not saved."""
    key = secrets.token_bytes(32)
    return BoxKey(box=box, wrapped=sealing.wrap(key, person=box, masters=masters())), key


def of_box(row: BoxKey) -> bytes:
    """Open the key of a ballot box."""
    return sealing.unwrap(bytes(row.wrapped), person=row.box, masters=masters())


def fit() -> bool:
    """Say whether the installation's key opens the keys that stand in the database."""
    row = DataKey.objects.order_by("-made_at").first()
    if row is None:
        return True
    try:
        _unwrapped(row)
    except sealing.DoesNotOpen:
        return False
    return True


def masters() -> Sequence[bytes]:
    """Give the installation's keys, the newest first."""
    return _masters(tuple(settings.VAULT_KEYS))


@cache
def _masters(secrets_: tuple[str, ...]) -> tuple[bytes, ...]:
    return tuple(sealing.master(one) for one in secrets_)


def _new(person: UUID) -> bytes:
    return sealing.wrap(secrets.token_bytes(32), person=person, masters=masters())


def _unwrapped(row: DataKey) -> bytes:
    return sealing.unwrap(bytes(row.wrapped), person=row.person, masters=masters())


def _keep(looking: Looking, row: DataKey) -> bytes:
    key = _unwrapped(row)
    if row.person not in looking.unsure:
        looking.keys[row.pk] = (row.person, key)
        looking.key_of[row.person] = row.pk
    return key


def _wait_for_commit(looking: Looking, person: UUID) -> None:
    # A key that is rolled back must not seal what the same look writes afterwards.
    looking.unsure.add(person)
    transaction.on_commit(lambda: looking.unsure.discard(person))
