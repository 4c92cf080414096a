"""Adding lines to the record, handing its heads out, checking it, letting old lines go."""

from __future__ import annotations

import logging
from datetime import datetime, timedelta
from smtplib import SMTPException
from typing import TYPE_CHECKING, Any, Final, NamedTuple
from uuid import UUID

from django.conf import settings
from django.core.mail import send_mail
from django.db import connection, transaction
from django.db.models import Exists, Max, OuterRef
from django.db.models.functions import TruncDate
from django.urls import reverse
from django.utils import timezone

from fairlead.web.people.models import Person, User
from fairlead.web.trail import checking, sealing
from fairlead.web.trail.models import Entry, Head, Verdict

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

log = logging.getLogger(__name__)

MAX_FACT = 64
"""Facts are ids, counts and words of our own vocabulary; nothing a person wrote is that short by rule."""

LOCK: Final = 0x7261_696C
"""The advisory lock of the one who writes the next line (PostgreSQL; SQLite has one writer anyway)."""

CHECKED_EVERY: Final = timedelta(days=7)
"""How often ``tick`` walks along the whole chain."""


class Doing(NamedTuple):
    """One line to be: which verb, which object, whose data it is, and facts without content."""

    verb: str
    obj: Model
    subject: Person | None = None
    facts: dict[str, Any] = {}


def record(
    actor: Person | None,
    verb: str,
    obj: Model,
    *,
    subject: Person | None = None,
    **facts: str | float | bool | UUID | None,
) -> None:
    """Add one line: who, which verb, which object; facts are ids, counts and states, never content.

    ``subject`` is the person whose data it is, where that is somebody else than the actor: they can
    read the line. Record last in a transaction: until it ends, nobody else can add a line.
    """
    record_many(actor, [Doing(verb, obj, subject, facts)])


def record_many(actor: Person | None, doings: Iterable[Doing]) -> None:
    """Add many lines at once, such as one for each person of an import; two queries for all of them."""
    at = timezone.now()
    drafts = [_draft(actor, at, doing) for doing in doings]
    if drafts:
        _append(drafts)


def saw(actor: Person, obj: Model, *, subject: Person) -> None:
    """Add that somebody looked at an object of somebody else; looking at one's own leaves no line."""
    if actor.pk != subject.pk:
        record(actor, "saw", obj, subject=subject)


def _draft(actor: Person | None, at: datetime, doing: Doing) -> sealing.Line:
    plain = {name: str(fact) if isinstance(fact, UUID) else fact for name, fact in doing.facts.items()}
    for name, fact in plain.items():
        if isinstance(fact, str) and len(fact) > MAX_FACT:
            raise ValueError(f"The fact {name!r} is {len(fact)} characters long: the trail keeps no content.")
    number = doing.obj.pk
    return sealing.Line(
        id=0,
        at=at,
        actor=None if actor is None else actor.pk,
        verb=doing.verb,
        object_kind=doing.obj._meta.model_name or "",  # noqa: SLF001 - Django's public name for it
        object_id=number if isinstance(number, UUID) else UUID(int=int(number)),
        subject=None if doing.subject is None else doing.subject.pk,
        facts=plain,
    )


# No savepoint: inside an action's transaction the lines stand or fall with it, and cost nothing more.
@transaction.atomic(savepoint=False)
def _append(drafts: list[sealing.Line]) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    last = Entry.objects.order_by("-id").values_list("id", "seal").first() or _pruned_end()
    number, before = last
    key, entries = sealing.keys()[0], []
    for draft in drafts:
        number += 1
        line = draft._replace(id=number)
        before = sealing.seal(key, before, line)
        entries.append(Entry(**line._asdict(), seal=before))
    Entry.objects.bulk_create(entries, batch_size=None)


def _pruned_end() -> tuple[int, str]:
    """Give what the next line follows when there is none: where a prune ended, or the beginning."""
    anchor = Head.objects.filter(pruned=True).values_list("entry", "seal").last()
    return anchor or (0, sealing.BEGINNING)


# --- what is due -----------------------------------------------------------------------------


def tick() -> None:
    """Write and mail the heads of past days; once a week walk along the chain."""
    write_heads()
    mail_heads()
    newest = Verdict.objects.first()
    if newest is None or newest.at <= timezone.now() - CHECKED_EVERY:
        check()


@transaction.atomic
def write_heads() -> int:
    """Write the head of each past day on which lines were added and that has none yet; say how many."""
    today = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    done = Head.objects.aggregate(entry=Max("entry"), day=Max("day"))
    fresh = Entry.objects.filter(id__gt=done["entry"] or 0, at__lt=today)
    days = fresh.annotate(day=TruncDate("at")).values("day").annotate(last=Max("id")).order_by("day")
    heads, newest = [], done["entry"] or 0
    for found in days:
        # A clock that was set back writes lines into a day that is closed: a later head covers them.
        if found["last"] > newest and (done["day"] is None or found["day"] > done["day"]):
            newest = found["last"]
            heads.append(Head(day=found["day"], entry=newest))
    seals = dict(Entry.objects.filter(id__in=[head.entry for head in heads]).values_list("id", "seal"))
    for head in heads:
        head.seal = seals[head.entry]
    Head.objects.bulk_create(heads, ignore_conflicts=True)
    return len(heads)


def checkers() -> list[str]:
    """Give the addresses of those who check the record: auditors and the works council."""
    from fairlead.web.access.relations import here, standing  # noqa: PLC0415 - access knows the record
    from fairlead.web.grants.models import Grant, Over, Role  # noqa: PLC0415 - grants know people, who know the record

    of_role = Grant.objects.filter(
        standing(), role__in=[Role.AUDITOR, Role.WORKS_COUNCIL], over=Over.ORGANIZATION
    )
    people = User.objects.filter(
        Exists(Person.objects.filter(here(), user=OuterRef("pk"), grants__in=of_role))
    )
    return list(people.filter(is_active=True).order_by("email").values_list("email", flat=True))


def mail_heads() -> int:
    """Mail heads that nobody was sent yet to auditors and the works council; say to how many people."""
    to = checkers()
    if not to:
        return 0
    now = timezone.now()
    with transaction.atomic():  # claimed before it is sent: two rounds at once send one mail
        waiting = list(Head.objects.select_for_update().filter(mailed_at=None, pruned=False))
        Head.objects.filter(pk__in=[head.pk for head in waiting]).update(mailed_at=now)
    if not waiting:
        return 0
    try:
        for address in to:
            send_mail("Fairlead: head of the record", checking.written(waiting), None, [address])
    except (OSError, SMTPException):
        log.exception("The heads of the record could not be mailed; the next round tries again")
        Head.objects.filter(pk__in=[head.pk for head in waiting]).update(mailed_at=None)
        return 0
    return len(to)


def check() -> Verdict:
    """Walk along the chain and keep what was found; those who check it are sent a link if it is bad."""
    found = checking.verify()
    verdict = Verdict.objects.create(
        whole=found.whole, lines=found.lines, wrong=found.wrong, says=found.says[:400]
    )
    if not found.whole:
        log.error("The record: %s", found.says)
        link = f"{settings.URL}{reverse('trail:metadata')}"
        try:
            for address in checkers():
                send_mail("Fairlead: the record is not whole", f"See {link}\n", None, [address])
        except (OSError, SMTPException):
            log.exception("Nobody could be told by mail that the record is not whole")
    return verdict


@transaction.atomic
def prune(now: datetime, days: int) -> int:
    """Let the lines of days that are over for long enough go, up to a head; say how many went.

    The head that they end with stays as the anchor of the chain, marked first: the triggers let go
    of what it announces and of nothing else. The line about it is sealed: who marks a head by hand
    cannot write that line.
    """
    limit = (timezone.localtime(now) - timedelta(days=days)).date()
    anchor = Head.objects.filter(day__lt=limit, pruned=False).order_by("entry").last()
    if anchor is None:
        return 0
    Head.objects.filter(entry__lt=anchor.entry).delete()
    Head.objects.filter(pk=anchor.pk).update(pruned=True)
    old = Entry.objects.filter(id__lte=anchor.entry)
    gone = old._raw_delete(old.db)  # noqa: SLF001 - the queryset's own delete refuses
    record(None, "prune", anchor, through=anchor.entry, days=days)
    return int(gone)
