"""What the pages of colleagues' input show, in the form that its author was told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from uuid import uuid4

from django.urls import reverse

from fairlead.web import vault
from fairlead.web.promotions import peers
from fairlead.web.promotions.apart_models import PeerWords
from fairlead.web.promotions.case_models import PeerInput
from fairlead.web.promotions.facts import of_case
from fairlead.web.promotions.states import OVER, CaseState, Who
from fairlead.web.today import Waiting
from fairlead.web.trail import Doing, record_many

if TYPE_CHECKING:
    from uuid import UUID

    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Nomination

COLLEAGUE = "A colleague"


@dataclass(frozen=True, slots=True, kw_only=True)
class Voice:
    """What one colleague said, as it is read."""

    number: UUID
    named: bool
    input: PeerInput
    who: str
    text: str
    against: bool
    leaning: str
    unanswered: bool
    can_answer: bool
    can_leave_open: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Somebody who was asked, for those who ask; what came of it only where the name is read anyway."""

    who: str
    form: str
    state: str = ""
    take_back: UUID | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What colleagues said about a case, for one reader."""

    case: Nomination
    voices: tuple[Voice, ...]
    asked: tuple[Asked, ...]
    to_summarize: tuple[PeerInput, ...]
    can_ask: bool
    over: bool
    unanswered: int


def page(person: Person, case: Nomination) -> Page:
    """Give what colleagues said: named with the name, summarized without; readers as announced."""
    facts = of_case(person, case)
    near = bool(facts.who & {Who.MANAGER, Who.MEMBER}) and person.pk != case.candidate_id
    running = case.round.state in peers.OPEN and case.state == CaseState.STANDING
    found = list(case.inputs.select_related("author", "asked_by", "summary_by", "answered_by"))
    words = _words([one for one in found if one.form == PeerInput.Form.NAMED])
    voices = [_voice(one, facts.who, words, running=running, barred=facts.actor in facts.barred)
              for one in found if peers.readable(one)]  # fmt: skip
    # Summaries stand after what is named, by numbers nobody can guess: no order tells who wrote which.
    voices.sort(key=lambda voice: (voice.who == COLLEAGUE, voice.who, voice.number))
    summarizes = Who.MEMBER in facts.who and running and facts.actor not in facts.barred
    return Page(
        case=case,
        voices=tuple(voices),
        asked=_asked(person, found, running=running) if near else (),
        to_summarize=_to_summarize(person, found) if summarizes else (),
        can_ask=near and running,
        over=case.round.state in OVER,
        unanswered=sum(voice.unanswered for voice in voices),
    )


def _words(found: list[PeerInput]) -> dict[object, str]:
    with vault.on_duty("promotions"):
        rows = PeerWords.objects.filter(input__in=[one.pk for one in found])
        return {row.input_id: row.text for row in rows}


def _voice(
    one: PeerInput, who: frozenset[Who], words: dict[object, str], *, running: bool, barred: bool
) -> Voice:
    named = one.form == PeerInput.Form.NAMED
    against = one.leaning == PeerInput.Leaning.AGAINST
    waits = running and one.answered_at is None
    return Voice(
        number=one.voice,
        named=named,
        input=one,
        who=str(one.author or COLLEAGUE) if named else COLLEAGUE,
        text=words.get(one.pk, "") if named else one.summary,
        against=against,
        leaning=one.get_leaning_display(),
        unanswered=against and one.answered_at is None,
        can_answer=waits and Who.MANAGER in who,
        can_leave_open=waits and against and Who.CHAIR in who and not barred,
    )


def _can_be_taken_back(person: Person, one: PeerInput) -> bool:
    """Of what is asked for a summary this is never said: it would tell who has not written yet."""
    named = one.form == PeerInput.Form.NAMED
    return named and one.state == PeerInput.State.ASKED and one.asked_by_id == person.pk


def _asked(person: Person, found: list[PeerInput], *, running: bool) -> tuple[Asked, ...]:
    """Name whom somebody asked themselves, and everybody whose name is read anyway.

    Who was asked for a summary stands without what came of it: it would tell who wrote the summaries.
    """
    rows = []
    for one in found:
        named = one.form == PeerInput.Form.NAMED
        shown = named or one.asked_by_id == person.pk
        rows.append(
            Asked(
                who=str(one.author or COLLEAGUE) if shown else COLLEAGUE,
                form=one.get_form_display(),
                state=one.get_state_display() if named else "",
                take_back=one.voice if running and _can_be_taken_back(person, one) else None,
            )
        )
    return tuple(sorted(rows, key=lambda row: (row.who, row.form, row.state)))


def _to_summarize(person: Person, found: list[PeerInput]) -> tuple[PeerInput, ...]:
    """Give what waits for a summary that the person could write, in no order that tells anything."""
    waiting = [
        one
        for one in found
        if one.form == PeerInput.Form.SUMMARIZED
        and one.state == PeerInput.State.WRITTEN
        and not one.summary
        and one.summary_by_id in {None, person.pk}
    ]
    return tuple(sorted(waiting, key=lambda one: one.voice))


def under(number: UUID) -> UUID:
    """Give the input that readers find under a number; where there is none, a number of nothing."""
    return PeerInput.objects.filter(voice=number).values_list("pk", flat=True).first() or uuid4()


def note_seen(person: Person, found: Page) -> None:
    """Note in the record whose words and whose case were looked at.

    Of a summary no line names its author: whoever looked can read their own lines.
    """
    doings = [
        Doing("saw", voice.input, voice.input.author)
        for voice in found.voices
        if voice.input.form == PeerInput.Form.NAMED
        and voice.input.author is not None
        and voice.input.author_id != person.pk
    ]
    if found.case.candidate_id != person.pk:
        doings.append(Doing("saw", found.case, found.case.candidate))
    record_many(person, doings)


def own_words(person: Person, found: PeerInput) -> str:
    """Give what somebody wrote themselves."""
    row = PeerWords.objects.filter(owner=person, input=found).first()
    return row.text if row else ""


def words_to_summarize(person: Person, found: PeerInput) -> str:
    """Give the words to the one member of the committee who writes the summary."""
    if found.summary_by_id != person.pk or found.state != PeerInput.State.WRITTEN:
        return ""
    return _words([found]).get(found.pk, "")


def read_by(found: PeerInput) -> str:
    """Say who reads it, in the words that its author was told."""
    return peers.READ_BY[PeerInput.Form(found.form)]


def is_open(found: PeerInput) -> bool:
    """Say whether its author can still write or take back."""
    case = found.nomination
    return case.round.state in peers.OPEN and case.state == CaseState.STANDING


def forms() -> list[tuple[str, str]]:
    """Give the forms with what each means for its author."""
    return [(str(form), said) for form, said in peers.READ_BY.items()]


def may_summarize(person: Person, found: PeerInput) -> bool:
    """Say whether somebody of the committee can take the summary on, or has."""
    facts = of_case(person, found.nomination)
    return (
        Who.MEMBER in facts.who
        and facts.actor not in facts.barred
        and found.form == PeerInput.Form.SUMMARIZED
        and found.state == PeerInput.State.WRITTEN
        and found.summary_by_id in {None, person.pk}
        and is_open(found)
    )


def voice_of(person: Person, found: PeerInput) -> Voice | None:
    """Give one voice to somebody who can answer it or say why it stays open."""
    for voice in page(person, found.nomination).voices:
        if voice.number == found.voice and (voice.can_answer or voice.can_leave_open):
            return voice
    return None


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What somebody was asked about a colleague's case, for them alone."""

    input: PeerInput
    says: str


def said_by(person: Person) -> list[Said]:
    """Give what somebody was asked about colleagues, the newest first, with how far it is."""
    found = PeerInput.objects.filter(author=person).select_related(
        "nomination__round", "nomination__candidate"
    )
    return [Said(input=one, says=_how_far(one)) for one in found.order_by("-made_at", "pk")]


def _how_far(one: PeerInput) -> str:
    kinds = PeerInput.State
    if one.state == kinds.ASKED:
        return "you are asked" if is_open(one) else "you were asked; the time to write is over"
    if one.state == kinds.DECLINED:
        return "you did not want to"
    if one.state == kinds.WITHDRAWN:
        return "you took your words back"
    said = "sent; the summary can be read" if one.summary else "sent"
    return f"{said}; there is an answer" if one.answer else said


def waits(person: Person) -> list[Waiting]:
    """Give what waits: a question about a colleague's case, and a voice to answer."""
    open_case = {"nomination__round__state__in": peers.OPEN, "nomination__state": CaseState.STANDING}
    asked = PeerInput.objects.filter(author=person, state=PeerInput.State.ASKED, **open_case)
    found = [
        Waiting(
            title="Somebody asks what you saw of a colleague’s work",
            href=reverse("promotions:peer_write", args=[one.pk]),
            says="You read first in which form, and who reads it.",
        )
        for one in asked[:5]
    ]
    against = PeerInput.objects.filter(
        nomination__manager=person, leaning=PeerInput.Leaning.AGAINST, answered_at=None,
        state=PeerInput.State.WRITTEN, **open_case,
    )  # fmt: skip
    cases = {one.nomination_id for one in against if peers.readable(one)}
    return found + [
        Waiting(
            title="A colleague’s voice waits for an answer",
            href=reverse("promotions:peers", args=[pk]),
            says="It speaks against a case that you carry.",
        )
        for pk in sorted(cases)
    ]
