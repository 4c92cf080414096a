"""A framework from its draft to the day on which it is in force: begun, changed, put forward, signed."""

from __future__ import annotations

from dataclasses import asdict, replace
from typing import TYPE_CHECKING, Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairlead.core.framework import digest
from fairlead.core.framework_faults import faults, impressions
from fairlead.library.framework import impression_words
from fairlead.web import trail
from fairlead.web.promotions import letters, signing, terms
from fairlead.web.promotions.models import FrameworkSignature, FrameworkVersion
from fairlead.web.roster.models import Position
from fairlead.web.runs.actions import Refused

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from fairlead.core.framework import Framework
    from fairlead.core.framework_faults import Fault
    from fairlead.web.people.models import Person

State = FrameworkVersion.State
Answer = FrameworkSignature.Answer

MOST_DRAFTS: Final = 20
LEAST_WORDS: Final = 10
NO_DRAFT: Final = "This is no draft any more."
NOT_ASKED: Final = "This draft does not wait for signatures any more."


class Overtaken(Refused):
    """Somebody else changed the same part since it was read; nothing was written."""


# --- drafts ---------------------------------------------------------------------------------------


def in_force() -> FrameworkVersion | None:
    """Give the version that rounds use: the one that was signed last."""
    return FrameworkVersion.objects.filter(state=State.SIGNED).order_by("-signed_at", "-made_at").first()


@transaction.atomic
def begin(actor: Person, framework: Framework, *, notes: Sequence[str] = ()) -> FrameworkVersion:
    """Make a draft of a framework, under a version that is not taken yet."""
    if FrameworkVersion.objects.filter(state=State.DRAFT).count() >= MOST_DRAFTS:
        raise Refused(f"There are {MOST_DRAFTS} drafts already. Delete one that nobody needs.")
    made = FrameworkVersion(made_by=actor, follows=in_force(), notes=list(notes))
    _set(made, replace(framework, version=_free_version(framework)))
    made.save(force_insert=True)
    trail.record(actor, "add", made, sha256=made.sha256)
    return made


def _free_version(framework: Framework) -> str:
    """Give the version of a framework, or the next whole number that nobody used."""
    taken = set(FrameworkVersion.objects.filter(framework=framework.id).values_list("version", flat=True))
    if framework.version not in taken:
        return framework.version
    heads = [one.split(".")[0] for one in taken]
    return str(max(int(one) for one in heads if one.isdigit()) + 1)


@transaction.atomic
def rewrite(
    actor: Person, draft: FrameworkVersion, make: Callable[[Framework], Framework]
) -> FrameworkVersion:
    """Change a draft; ``make`` sees it as it stands now and may raise :class:`Overtaken`.

    A draft that waits for signatures is taken back: what was said of it stays beside the wording that it
    was said of, and everybody is asked anew once it is put forward again.
    """
    held = _draft(draft)
    now = terms.framework_of(held)
    new = make(now)
    if new == now:
        return held
    used = FrameworkVersion.objects.filter(framework=new.id, version=new.version).exclude(pk=held.pk)
    if used.exists():
        raise Refused(f"Version {new.version} of “{new.id}” is there already. Give it another number.")
    held.before, held.asked_at = held.content, None
    _set(held, new)
    held.save()
    trail.record(actor, "change", held, sha256=held.sha256)
    return held


@transaction.atomic
def undo(actor: Person, draft: FrameworkVersion, *, seen: str) -> FrameworkVersion:
    """Put a draft back to what it was before its last change; once more brings the change back."""
    held = _draft(draft)
    if held.before is None:
        raise Refused("There is nothing to undo.")
    if fingerprint(held) != seen:
        raise Overtaken("The draft was changed since you looked. Look once more at what would be undone.")
    held.content, held.before = held.before, held.content
    held.asked_at = None
    _set(held, terms.framework_of(held))
    held.save()
    trail.record(actor, "undo", held, sha256=held.sha256)
    return held


@transaction.atomic
def delete(actor: Person, draft: FrameworkVersion) -> None:
    """Delete a draft."""
    held = _draft(draft)
    trail.record(actor, "delete", held)
    held.delete()


def fingerprint(version: FrameworkVersion) -> str:
    """Give what is different after every change, also where only an order changed."""
    return terms.fingerprint(version.content)


def _set(one: FrameworkVersion, framework: Framework) -> None:
    one.framework, one.version, one.title = framework.id, framework.version, framework.title
    one.content, one.sha256 = asdict(framework), digest(framework)


def _locked(one: FrameworkVersion) -> FrameworkVersion:
    found = FrameworkVersion.objects.select_for_update().filter(pk=one.pk).first()
    if found is None:
        raise Refused(NO_DRAFT)
    return found


def _draft(one: FrameworkVersion) -> FrameworkVersion:
    held = _locked(one)
    if held.state != State.DRAFT:
        raise Refused(NO_DRAFT)
    return held


# --- signing off ----------------------------------------------------------------------------------


def found_faults(framework: Framework) -> tuple[Fault, ...]:
    """Give everything that keeps a framework from being signed, impressions among it (rows 119, 161)."""
    return (*faults(framework), *impressions(framework, impression_words()))


def hindrances(draft: FrameworkVersion) -> list[str]:
    """Say what stands against putting a draft to the leadership team, in the order in which it is mended."""
    number = len(found_faults(terms.framework_of(draft)))
    found = []
    if number:
        found.append(
            "One thing is not right yet. It stands where it is to be mended."
            if number == 1
            else f"{number} things are not right yet. They stand where they are to be mended."
        )
    stands = in_force()
    if stands is not None and stands.sha256 == draft.sha256:
        found.append("It is the same as the version in force.")
    if signing.current() is None:
        found.append("Nobody is named yet who signs. Name the leadership team first; that takes two people.")
    return found


@transaction.atomic
def put(actor: Person, draft: FrameworkVersion, *, seen: str) -> FrameworkVersion:
    """Put a draft to everybody who signs: exactly what the page showed."""
    held = _draft(draft)
    if fingerprint(held) != seen:
        raise Overtaken("The draft was changed since you looked. Read it once more, then put it forward.")
    if found := hindrances(held):
        raise Refused(found[0])
    if held.asked_at is None:
        held.asked_at = timezone.now()
        held.save(update_fields=["asked_at"])
        trail.record(actor, "put_framework", held, sha256=held.sha256)
        for one in signing.people():
            if one != actor:
                letters.tell(one, reverse("criteria:sign", args=[held.pk]))
    _settle(actor, held)
    return held


@transaction.atomic
def take_back(actor: Person, draft: FrameworkVersion) -> FrameworkVersion:
    """Take a draft back from those who sign; what they said stays beside the wording it was said of."""
    held = _draft(draft)
    if held.asked_at is not None:
        held.asked_at = None
        held.save(update_fields=["asked_at"])
        trail.record(actor, "take_back_framework", held)
    return held


@transaction.atomic
def answer(
    actor: Person, draft: FrameworkVersion, *, yes: bool, seen: str, words: str = ""
) -> FrameworkVersion:
    """Sign a draft, or say why not; ``seen`` is the hash of what was read, and nothing else is signed."""
    held = _locked(draft)
    if held.state != State.DRAFT or held.asked_at is None:
        raise Refused(NOT_ASKED)
    if not signing.is_on_it(actor):
        raise Refused("Only somebody who is on the list of the leadership team signs.")
    if seen != held.sha256:
        raise Overtaken("The draft was changed since you read it. Read what is different, then answer.")
    if not yes and len(words.strip()) < LEAST_WORDS:
        raise Refused("Say in a few words what would have to be different.")
    said = {
        "sha256": held.sha256,
        "answer": Answer.SIGNED if yes else Answer.REFUSED,
        "words": "" if yes else words.strip(),
        "title": _title(actor),
        "made_at": timezone.now(),
    }
    FrameworkSignature.objects.update_or_create(version=held, person=actor, defaults=said)
    trail.record(actor, "sign_framework" if yes else "refuse_framework", held, sha256=held.sha256)
    _settle(actor, held)
    return held


def _title(person: Person) -> str:
    """Give what the chart calls somebody today; everybody reads that there."""
    found = Position.objects.on(timezone.localdate()).filter(person=person).values_list("title", flat=True)
    return (found.first() or "")[:160]


def _settle(actor: Person, held: FrameworkVersion) -> None:
    """Let a version be in force once everybody who is named has signed exactly this content."""
    asked = signing.people()
    signed = set(
        held.signatures.filter(answer=Answer.SIGNED, sha256=held.sha256).values_list("person", flat=True)
    )
    if not asked or not {one.pk for one in asked} <= signed:
        return
    now = timezone.now()
    # What was said of earlier wordings, and by whoever is no longer asked, is over with the last signature.
    held.signatures.exclude(answer=Answer.SIGNED, sha256=held.sha256).delete()
    doings = []
    for one in FrameworkVersion.objects.select_for_update().filter(state=State.SIGNED):
        one.state, one.retired_at = State.RETIRED, now
        one.save(update_fields=["state", "retired_at"])
        doings.append(trail.Doing("retire_framework", one))
    held.state, held.signed_at, held.before = State.SIGNED, now, None
    held.save(update_fields=["state", "signed_at", "before"])
    doings.append(trail.Doing("framework_in_force", held, None, {"sha256": held.sha256}))
    trail.record_many(actor, doings)
