"""Who is looking: one person, the house on duty, or nobody, and then nothing private is there.

The innermost ``with`` counts. A request is seen by the person who is signed in, a run by its owner;
the house's own work names its duty out of a closed list.
"""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final
from uuid import UUID

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from django.http import HttpRequest, HttpResponseBase

    from fairlead.web.people.models import Person

DUTIES: Final = frozenset(
    {
        "ballots",  # a paper put into a box or taken back; counting a closed box
        "backup",  # copying everything as it stands, and comparing the copy
        "counts",  # counting rows of everybody, rounded to tens; nothing sealed is read
        "demo",  # filling the company of invented people
        "equality",  # counting what people stated about themselves for impact tables; no row is shown
        "erasure",  # removing somebody with all that is theirs
        "migration",  # bringing tables to a new version
        "promotions",  # opening all ratings of a round at once, closing votes, giving input in its form
        "reminders",  # finding for whom a day has come that they set themselves; nothing sealed is read
        "retention",  # removing what has been kept long enough
        "surveys",  # giving out seats, reminding those whose ballot is unused, taking seats away
        "test",  # the tests' own planting and looking; nothing in the product names it
        "worker",  # finding the owner of a run; failing what a killed worker left
    }
)
"""What the house may open private tables for without a person who looks."""


class NobodyLooks(RuntimeError):  # noqa: N818 - named for what happened
    """Something private was asked for while nobody looks; a fault in the code that asked."""

    def __init__(self) -> None:
        super().__init__("Private rows were asked for outside vault.seen_by(person) and vault.on_duty(why).")


class NotForYou(RuntimeError):  # noqa: N818 - named for what happened
    """A sealed value was asked for by somebody it is not for; a fault in the code that asked."""


@dataclass(slots=True, eq=False)
class Looking:
    """One look: by whom or on which duty, and the keys opened for it, which end with it."""

    duty: str = ""
    ask: Callable[[], UUID | None] = lambda: None
    known: UUID | None = None
    keys: dict[UUID, tuple[UUID, bytes]] = field(default_factory=dict)
    key_of: dict[UUID, UUID] = field(default_factory=dict)
    unsure: set[UUID] = field(default_factory=set)
    """People whose key was made in a transaction that may yet be undone."""

    @property
    def person(self) -> UUID | None:
        """The one who looks; asked anew until somebody is signed in."""
        if self.known is None:
            self.known = self.ask()
        return self.known


_now: ContextVar[Looking | None] = ContextVar("looking", default=None)


def current() -> Looking | None:
    """Give who looks at the moment, or none."""
    return _now.get()


def must_look() -> Looking:
    """Give who looks; ``NobodyLooks`` where there is neither a person nor a duty."""
    looking = _now.get()
    if looking is None or not (looking.duty or looking.person):
        raise NobodyLooks
    return looking


@contextmanager
def _looking(looking: Looking) -> Iterator[None]:
    before = _now.set(looking)
    try:
        yield
    finally:
        _now.reset(before)


@contextmanager
def seen_by(person: Person | UUID) -> Iterator[None]:
    """Let private rows be those that this person may see, and sealed values open for them alone."""
    number = person if isinstance(person, UUID) else person.pk
    with _looking(Looking(known=number)):
        yield


@contextmanager
def on_duty(why: str) -> Iterator[None]:
    """Let the house do its own work on everybody's private rows; ``why`` is one of ``DUTIES``."""
    if why not in DUTIES:
        raise ValueError(f"{why!r} is no duty. Name one of {', '.join(sorted(DUTIES))}.")
    with _looking(Looking(duty=why)):
        yield


def looks(
    get_response: Callable[[HttpRequest], HttpResponseBase],
) -> Callable[[HttpRequest], HttpResponseBase]:
    """Let each request be seen by the person who is signed in, and by nobody when nobody is."""

    def answer(request: HttpRequest) -> HttpResponseBase:
        # Asked when something private is: a page without such a thing costs no query more.
        with _looking(Looking(ask=lambda: _person(request))):
            return get_response(request)

    return answer


def _person(request: HttpRequest) -> UUID | None:
    person = getattr(request.user, "person", None) if request.user.is_authenticated else None
    return None if person is None else person.pk
