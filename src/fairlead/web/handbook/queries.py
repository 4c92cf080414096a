"""Every read of this room: what waits, what stands, and the room's part of what all rooms do."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final, Protocol

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from fairlead.web import access, finding, trail
from fairlead.web.handbook import holdings, ideas, pages, search, stated, tips
from fairlead.web.handbook.models import Idea, IdeaAnswer, Notice, Tip, UnitFollow
from fairlead.web.handbook.notices import about
from fairlead.web.handbook.search import Part, Text
from fairlead.web.rooms import offers
from fairlead.web.roster.models import Unit
from fairlead.web.today import IN_YOUR_ROLE, Today, Waiting

if TYPE_CHECKING:
    from datetime import date
    from uuid import UUID

    from django.db.models import QuerySet

    from fairlead.library.handbook_page import HandbookPage
    from fairlead.web.access.relations import Actor
    from fairlead.web.handbook.search import Found
    from fairlead.web.handbook.stated import Stated
    from fairlead.web.people.models import Person

FIELDS: Final = holdings.FIELDS
export = holdings.export

NEW_FOR: Final = timedelta(days=7)
"""How long an answer of people operations, and a new idea, stand under Today."""

MOST_TIPS: Final = 50
MOST_IDEAS: Final = 100
MOST_SEARCHED: Final = 300
"""Tips, and ideas, that a search reads: the newest; each is read anew, so that this is its cost."""

TIP: Final = "tip:"
IDEA: Final = "idea:"


# --- what other rooms ask for ---------------------------------------------------------------------


def page_for(word: str) -> str:
    """Give the address of the page that explains a word; empty where there is none."""
    page = pages.of_word(word)
    return "" if page is None else pages.address(page)


def stated_values() -> Stated | None:
    """Give what the organization says it values, as it stands today; nothing where it published nothing."""
    found = stated.newest()
    return None if found is None else stated.read(found)


def draft_values() -> Stated | None:
    """Give the draft of people operations."""
    found = stated.draft()
    return None if found is None else stated.read(found)


class Published(Protocol):
    """A way of leading that somebody published, as the room that holds it gives it."""

    number: UUID
    person: Person
    place: str
    text: str
    since: date
    is_mine: bool


def philosophies(viewer: Person) -> tuple[Published, ...]:
    """Give the ways of leading that colleagues published, from the room that holds them."""
    return tuple(one for _room, give in offers("queries", "published_philosophies") for one in give(viewer))


# --- tips -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class TipLine:
    """A tip with the page it stands under, and the name where its author shows it."""

    tip: Tip
    page: HandbookPage | None
    by: str = ""


def tips_of(user: Actor, page: str) -> list[TipLine]:
    """Give the published tips under a page, the newest first."""
    found = access.visible(user, "tip.read").filter(page=page).select_related("author", "author__user")
    return [_tip_line(one) for one in found.order_by("-moderated_on", "pk")[:MOST_TIPS]]


def own_tips(person: Person) -> list[TipLine]:
    """Give what somebody wrote themselves, whatever became of it."""
    return [_tip_line(one) for one in Tip.objects.filter(author=person).select_related("author__user")]


def waiting_tips(user: Actor) -> list[TipLine]:
    """Give the tips that wait for people operations: which page, no text and no name."""
    return [
        TipLine(tip=one, page=pages.pages().get(one.page))
        for one in access.visible(user, "tip.moderate").defer("text")
    ]


def tip_line(tip: Tip) -> TipLine:
    """Give one tip."""
    return _tip_line(tip)


def _tip_line(tip: Tip) -> TipLine:
    by = str(tip.author) if tip.name_shown and tip.author else ""
    return TipLine(tip=tip, page=pages.pages().get(tip.page), by=by)


def saw_tip(person: Person, tip: Tip) -> None:
    """Note that somebody read a tip that its author put their name under."""
    whose = tips.subject_of(tip)
    if whose is not None:
        trail.saw(person, tip, subject=whose)


# --- ideas ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class IdeaLine:
    """An idea in a list: whose, from where, for whom, and what came of it."""

    idea: Idea
    by: str
    for_units: tuple[str, ...]
    answers: int = 0
    tried: int = 0
    mine: bool = False


def units() -> list[Unit]:
    """Give the units that exist, by name."""
    return list(Unit.objects.filter(closed_on=None))


def too_many_searches(person: Person) -> bool:
    """Count a search of what colleagues wrote; say whether it is one too many in this hour."""
    return finding.too_many_searches(person, "handbook")


def ideas_for(user: Actor, person: Person, *, unit: Unit | None, asked: str) -> list[IdeaLine]:
    """Give the ideas somebody reads: of one unit or of all, holding what was asked for, the newest first."""
    found = access.visible(user, "idea.read").exclude(state=Idea.State.HIDDEN)
    if unit is not None:
        found = found.filter(from_unit=unit)
    if asked.strip():
        there = {text.key: text for text in map(_idea_text, found[:MOST_SEARCHED])}
        best = [one.key.removeprefix(IDEA) for one in search.find(asked, there.values())]
        by_key = {str(one.pk): one for one in _counted(found.filter(pk__in=best))}
        return _lines([by_key[key] for key in best if key in by_key], person)
    return _lines(list(_counted(found)[:MOST_IDEAS]), person)


def _counted(found: QuerySet[Idea]) -> QuerySet[Idea]:
    shown = Q(answers__state=IdeaAnswer.State.SHOWN)
    return found.select_related("author", "author__user", "from_unit").annotate(
        answered=Count("answers", filter=shown), tried=Count("answers", filter=shown & ~Q(answers__tried=""))
    )


def _lines(found: list[Any], person: Person) -> list[IdeaLine]:
    names = _names_of({pk for one in found for pk in one.for_units})
    return [
        IdeaLine(
            idea=one,
            by=str(one.author) if one.author else "",
            for_units=tuple(names[pk] for pk in one.for_units if pk in names),
            answers=one.answered,
            tried=one.tried,
            mine=one.author_id == person.pk,
        )
        for one in found
    ]


def _names_of(numbers: set[str]) -> dict[str, str]:
    found = Unit.objects.filter(pk__in=numbers).values_list("pk", "name") if numbers else ()
    return {str(pk): name for pk, name in found}


def idea_line(idea: Idea, person: Person) -> IdeaLine:
    """Give one idea."""
    return _lines(list(_counted(Idea.objects.filter(pk=idea.pk))), person)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerLine:
    """An answer to an idea."""

    answer: IdeaAnswer
    by: str
    mine: bool


def answers_to(user: Actor, person: Person, idea: Idea) -> list[AnswerLine]:
    """Give the answers to an idea, the oldest first; one that was taken away is read by its author alone."""
    found = access.visible(user, "idea_answer.read").filter(idea=idea)
    found = found.filter(Q(state=IdeaAnswer.State.SHOWN) | Q(author=person))
    return [
        AnswerLine(answer=one, by=str(one.author) if one.author else "", mine=one.author_id == person.pk)
        for one in found.select_related("author", "author__user", "from_unit")
    ]


def followed(person: Person) -> list[Unit]:
    """Give the units whose ideas somebody wants to hear of."""
    rows = UnitFollow.objects.filter(owner=person).select_related("unit").order_by("unit__name")
    return [row.unit for row in rows]


# --- notices --------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeLine:
    """A notice with what it is about; never with who sent it."""

    notice: Notice
    what: str
    title: str
    texts: tuple[str, ...]
    by: str
    href: str


def notices(user: Actor) -> list[NoticeLine]:
    """Give the notices that wait for people operations."""
    found = access.visible(user, "notice.settle").select_related(
        "tip__author__user", "idea__author__user", "answer__author__user", "answer__idea"
    )
    return [notice_line(one) for one in found]


def notice_line(notice: Notice) -> NoticeLine:
    """Say what a notice is about."""
    thing = about(notice)
    if isinstance(thing, Tip):
        line = _tip_line(thing)
        title = line.page.title if line.page else thing.page
        href = reverse("handbook:page", args=[thing.page])
        return NoticeLine(
            notice=notice, what="A tip", title=title, texts=(thing.text,), by=line.by, href=href
        )
    by = str(thing.author) if thing.author else ""
    if isinstance(thing, Idea):
        href = reverse("handbook:idea", args=[thing.pk])
        texts = (thing.text, thing.effect)
        return NoticeLine(notice=notice, what="An idea", title=thing.title, texts=texts, by=by, href=href)
    href = reverse("handbook:idea", args=[thing.idea_id])
    return NoticeLine(
        notice=notice, what="An answer", title=thing.idea.title, texts=(thing.text,), by=by, href=href
    )


def place_of(thing: Tip | Idea | IdeaAnswer) -> str:
    """Give the page on which something stands."""
    if isinstance(thing, Tip):
        return reverse("handbook:page", args=[thing.page])
    return reverse("handbook:idea", args=[thing.idea_id if isinstance(thing, IdeaAnswer) else thing.pk])


# --- search ---------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """Something found, with where it stands."""

    kind: str
    href: str
    found: Found


def search_library(asked: str) -> list[Hit]:
    """Find pages of the library: what visitors may read."""
    return [_page_hit(one) for one in search.find(asked, search.library())]


def search_colleagues(user: Actor, asked: str) -> list[Hit]:
    """Find published tips and ideas that somebody may read."""
    if not search.words(asked) or not access.may(user, "tip.read"):
        return []
    tips_ = access.visible(user, "tip.read").order_by("-moderated_on", "pk")[:MOST_SEARCHED]
    ideas_ = access.visible(user, "idea.read").exclude(state=Idea.State.HIDDEN)[:MOST_SEARCHED]
    texts = {text.key: text for text in (*map(_tip_text, tips_), *map(_idea_text, ideas_))}
    where = {f"{TIP}{one.pk}": reverse("handbook:page", args=[one.page]) + "#tips" for one in tips_}
    where |= {f"{IDEA}{one.pk}": reverse("handbook:idea", args=[one.pk]) for one in ideas_}
    return [
        Hit(kind="Tip" if one.key.startswith(TIP) else "Idea", href=where[one.key], found=one)
        for one in search.find(asked, texts.values())
    ]


def _page_hit(found: Found) -> Hit:
    page = pages.pages()[found.key]
    return Hit(kind=pages.KINDS[page.kind], href=pages.address(page), found=found)


def _tip_text(tip: Tip) -> Text:
    page = pages.pages().get(tip.page)
    title = f"A tip on {page.title}" if page else "A tip"
    return Text(key=f"{TIP}{tip.pk}", title=title, short=tip.text, parts=(Part.of(tip.text, search.SHORT),))


def _idea_text(idea: Idea) -> Text:
    parts = (
        Part.of(idea.title, search.TITLE),
        Part.of(idea.text, search.SHORT),
        Part.of(idea.effect, search.HEADING),
    )
    return Text(key=f"{IDEA}{idea.pk}", title=idea.title, short=idea.text, parts=parts)


# --- Today ----------------------------------------------------------------------------------------


def today(person: Person) -> Today | None:
    """Say what waits: for authors what was answered, new ideas, for people operations what is to be read."""
    waiting = (*_for_author(person), *_answers(person), *_new_ideas(person))
    try:
        waiting += _for_operations(person)
    except access.SecondFactorNeeded:
        # What comes with a role waits; what was written to the person themselves does not.
        waiting += (IN_YOUR_ROLE,)
    return Today(waiting=waiting) if waiting else None


def _for_operations(person: Person) -> tuple[Waiting, ...]:
    if person.user is None or not access.may(person.user, "tip.moderate"):
        return ()
    count = access.visible(person.user, "tip.moderate").count()
    asked = access.visible(person.user, "notice.settle").count()
    found = []
    href = reverse("handbook:moderation")
    if count:
        title = "1 tip waits to be read" if count == 1 else f"{count} tips wait to be read"
        found.append(Waiting(title=title, href=href, says="Nobody sees it before you answered."))
    if asked:
        title = "1 notice about the handbook" if asked == 1 else f"{asked} notices about the handbook"
        found.append(Waiting(title=title, href=href, says="Somebody asks you to look at something."))
    return tuple(found)


_BECAME: Final = {
    Tip.State.SUGGESTED: (
        "Another wording of your tip waits for your yes",
        "Without it nothing is published.",
    ),
    Tip.State.PUBLISHED: ("Your tip was published", "Everybody in the organization chart can read it."),
    Tip.State.DECLINED: ("Your tip was not published", "People operations say why."),
}


def _for_author(person: Person) -> tuple[Waiting, ...]:
    since = timezone.localdate() - NEW_FOR
    of_me = Tip.objects.filter(author=person).exclude(state=Tip.State.WAITING)
    new = of_me.filter(Q(state=Tip.State.SUGGESTED) | Q(moderated_on__gt=since)).defer("text")
    found = []
    for one in new:
        title, says = _BECAME[Tip.State(one.state)]
        found.append(Waiting(title=title, href=reverse("handbook:tip", args=[one.pk]), says=says))
    return tuple(found)


def _answers(person: Person) -> tuple[Waiting, ...]:
    since = timezone.now() - NEW_FOR
    new = IdeaAnswer.objects.filter(idea__author=person, made_at__gt=since, state=IdeaAnswer.State.SHOWN)
    counts = new.exclude(author=person).values("idea", "idea__title").annotate(n=Count("pk")).order_by("idea")
    return tuple(
        Waiting(
            title=f"{one['n']} new answer{'' if one['n'] == 1 else 's'} to “{one['idea__title']}”",
            href=reverse("handbook:idea", args=[one["idea"]]),
        )
        for one in counts
    )


def _new_ideas(person: Person) -> tuple[Waiting, ...]:
    """Give ideas of the last days that are meant for somebody's unit, or come from one that they follow."""
    new = Idea.objects.filter(state=Idea.State.OPEN, made_at__gt=timezone.now() - NEW_FOR)
    if person.user is None or not new.exists():
        return ()
    readable = access.visible(person.user, "idea.read").filter(pk__in=new).exclude(author=person)
    found = list(readable.select_related("from_unit")[:MOST_IDEAS])
    if not found:
        return ()
    unit = ideas.unit_of(person)
    mine = str(unit.pk) if unit else ""
    follows = set(UnitFollow.objects.filter(owner=person).values_list("unit", flat=True))
    return tuple(
        Waiting(
            title=f"An idea: {one.title}",
            href=reverse("handbook:idea", args=[one.pk]),
            says=f"from {one.from_unit}" if one.from_unit else "",
        )
        for one in found
        if (mine and mine in one.for_units) or one.from_unit_id in follows
    )
