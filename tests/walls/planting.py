"""A word of its own planted in every text and JSON field that holds something about Cleo.

The fields are found in the models; a field that is neither planted nor listed here with a reason
fails ``test_planted.py``. Who may meet a word is asked of the policy table: ``ABOUT`` says which of
its objects each table belongs to.
"""

from __future__ import annotations

import io
import shutil
import subprocess
import zipfile
from typing import TYPE_CHECKING, Any, Final

from allauth.account.models import EmailAddress
from allauth.socialaccount.models import SocialAccount
from django.apps import apps
from django.db import models, transaction
from django.utils import timezone
from tests.organization import ROLES
from tests.walls.matrix import MATRIX
from tests.walls.test_access_matrix import path_of
from tests.web.growth import made as growth
from tests.web.journey import made as journey
from tests.web.promotions import made as promotions

from fairlead.web import release
from fairlead.web.access.rows import TABLE
from fairlead.web.access.table import Verb, Who
from fairlead.web.audits.models import Remembered, Resolution, WeekTick
from fairlead.web.direction.models import Offer, OfferCheck, OfferPromise, PromotionGoal, Sitting
from fairlead.web.vault import house

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.organization import Organization

    Planter = Callable[[Any, str], Any]

TEXTS: Final = {"CharField", "TextField", "JSONField", "SlugField", "EmailField", "URLField", "FileField"}
NOBODYS: Final = {"SocialApp"}
"""Tables that hold nothing about anybody."""

ROOMS: Final = {"web", "account", "mfa", "usersessions", "socialaccount", "sessions"}

NOT_PLANTED: Final = {
    "User.password": "a one-way hash",
    "Person.zone": "one of a closed list",
    "Person.role_code": "one of a closed list",
    "Attempt.value": "a count",
    "Run.kind": "a word of ours",
    "Run.page": "an address of ours",
    "Run.inputs_digest": "a hash",
    "Run.method": "a name and version of ours",
    "CalendarImport.digest": "a hash",
    "CalendarImport.options": "hours and a time zone",
    "CalendarImport.weeks": "numbers",
    "OwnRule.match": "a keyed hash",
    "OwnRule.competency": "one of a closed list",
    "AnswerSheet.instrument": "the name of a questionnaire of ours",
    "AnswerSheet.version": "its version",
    "AnswerSheet.sha256": "its hash",
    "AnswerSheet.values": "numbers",
    "Sitting.instrument": "the name of a questionnaire of ours",
    "Sitting.version": "its version",
    "OfferCheck.satisfaction": "a number",
    "Experiment.baseline": "numbers",
    "Experiment.again": "numbers",
    "Experiment.satisfaction_before": "a number",
    "Experiment.satisfaction_after": "a number",
    "Practice.practice": "the name of a practice of ours",
    "Feed.token_sha256": "a hash",
    "Argument.entries": "numbers",
    "MentorOffer.about": "skills out of a closed list",
    "Tip.page": "the name of a page of ours",
    "Idea.for_units": "numbers",
    "RosterImport.digest": "a hash",
    "RosterImport.mapping": "names of columns",
    "RosterImport.plan": "counts and sentences of ours",
    "RosterImport.rows": "the same people as in `before`, kept only while it waits",
    "Invitation.token_sha256": "a hash",
    "OwnInstrument.name": "the name of a questionnaire, which everybody may read",
    "OwnInstrument.version": "its version",
    "OwnInstrument.asks": "one of a closed list",
    "OwnInstrument.text": "its words, which everybody may read",
    "OwnInstrument.digest": "a hash",
    "Survey.instrument": "the name of a questionnaire",
    "Survey.instrument_version": "its version",
    "Survey.instrument_digest": "a hash",
    "Survey.instrument_text": "its words, which everybody may read",
    "Survey.family": "names and numbers of ours",
    "Survey.lens": "one of a closed list",
    "Survey.terms": "a hash",
    "Survey.refusal": "a sentence of ours",
    "Seat.team": "a number",
    "Seat.used": "one of two words of ours",
    "Release.verdict": "counts and words of ours",
    "Release.content": "figures, and the same comments as in the reports",
    "Report.figures": "figures",
    "FrameworkVersion.framework": "the name of a framework, which everybody may read",
    "FrameworkVersion.version": "its version",
    "FrameworkVersion.title": "its title, which everybody may read",
    "FrameworkVersion.content": "its words, which everybody may read",
    "FrameworkVersion.sha256": "a hash",
    "FrameworkVersion.notes": "how its file was read, in words of ours",
    "FrameworkVersion.before": "its words, which everybody may read",
    "FrameworkSignature.sha256": "a hash",
    "Round.title": "the name of a round, which everybody may read",
    "Round.dates": "days",
    "Round.policy": "numbers, and what everybody may read",
    "Round.frozen": "numbers and words which everybody may read",
    "Round.terms": "a hash",
    "Round.cancelled_because": "a notice to everybody",
    "Round.early": "days and a notice to everybody",
    "Opening.title": "the name of an opening, which everybody may read",
    "Opening.level": "a level of the framework",
    "CaseEvidence.criterion": "a criterion of the framework",
    "SelfRating.criterion": "a criterion of the framework",
    "Rating.criterion": "a criterion of the framework",
    "SealedRating.criterion": "a criterion of the framework",
    "Recusal.rule": "a word of ours",
    "Calibration.method": "a name and version of ours",
    "Calibration.ratings_sha256": "a hash",
    "Calibration.content": "figures under numbers of people",
    "ImpactTable.attribute": "a word of ours",
    "ImpactTable.step": "a word of ours",
    "ImpactTable.content": "figures of groups",
    "ImpactTable.summary": "about groups, for everybody",
    "StatementQuestion.name": "a question to everybody, which everybody reads",
    "StatementQuestion.categories": "the answers to it, which everybody reads",
    "Entry.verb": "a word of ours",
    "Entry.object_kind": "a word of ours",
    "Entry.facts": "ids, counts and states; the trail refuses more, and its rows refuse every change",
    "Entry.seal": "a keyed hash",
    "Head.seal": "a keyed hash",
    "Verdict.says": "a sentence of ours about the record",
    "Session.session_data": "searched by itself, decoded",
    "EmailConfirmation.key": "a link that was sent",
    "UserSession.session_key": "the key itself",
    "UserSession.data": "nothing is kept there",
    "SocialAccount.provider": "one of a closed list",
    "SocialToken.token": "no token of the provider is kept",
    "SocialToken.token_secret": "no token of the provider is kept",
}
"""Fields without a planted word, each with its reason. Fields with fixed choices need none."""

ABOUT: Final = {
    "Person.name": "chart",
    "Position.title": "chart",
    "Unit.name": "chart",
    "Person": "roster",
    "Sitting": "journal",
    "PromotionGoal": "journal",
    "Offer": "journal",
    "OfferPromise": "journal",
    "OfferCheck": "journal",
    **dict.fromkeys(
        ("Skill", "Experiment", "Practice", "Training", "MentorWish", "Year", "Leader", "Philosophy"), "goals"
    ),
    **dict.fromkeys(("Plan", "CoachTalk"), "goals"),
    "ShareComment": "share_comment",
    **dict.fromkeys(("CoachNote", "ShownNote"), "coach_note"),
    "MentorOffer": "offered",
    "PublishedPhilosophy": "offered",
    **dict.fromkeys(("Accomplishment", "Attachment", "Summary", "Argument", "AimedRole"), "evidence"),
    "Witness": "witness",
    "Advocacy": "advocate",
    "Mentorship": "mentorship",
    "Person.role_title": "time",
    "Position": "roster",
    "RosterImport": "roster",
    "Invitation": "roster",
    "Grant": "roles",
    "ErasureRequest": "erasure",
    "Share": "share",
    "Tip": "tip",
    "Idea": "idea",
    "IdeaAnswer": "idea",
    "Notice": "notice",
    "StatedValues": "stated_values",
    "OwnInstrument": "survey",
    "Survey": "survey",
    "Seat": "upward_answer",
    "Report.others_comments": "upward_comments",
    "Theme.text": "upward_comments",
    **dict.fromkeys(("Nomination", "CaseEvidence"), "packet"),
    "CalibrationNote": "committee_note",
    **dict.fromkeys(("Rating", "RatingChange", "SealedRating"), "rating"),
    **dict.fromkeys(("PeerInput", "PeerWords"), "peer_input"),
    "CommitteeVote": "vote",
    **dict.fromkeys(("Decision", "UndoneDecision", "CounterStatement", "NextStep"), "decision"),
    "SelfStatement": "self_statement",
    **dict.fromkeys(("CommitteeSeat", "Recusal"), "committee"),
    "FrameworkSignature": "framework",
    "User": "account",
    "EmailAddress": "account",
    "UserSession": "account",
    "Authenticator": "account",
    "SocialAccount": "account",
}
"""Which object of the policy table a table or a field belongs to; what is not named is My role."""


READ_BY_ALL: Final = {
    "FrameworkSignature.title",
    "OwnInstrument.title",
    "Tip.text",
    "Idea.title",
    "Idea.text",
    "Idea.effect",
    "IdeaAnswer.text",
    "StatedValues.content",
    "StatedValues.source",
}
"""What everybody of the organization reads once it is published; before that: the rooms' own tests."""


CASES: Final = {"rating", "packet", "peer_input", "decision", "committee_note"}
ABOVE_CLEO: Final = {"ben": Who.MANAGER, "kim": Who.SKIP}
"""Who reads a case of Cleo's because of who they are to her."""


def _json_text(value: Any, word: str) -> Any:
    """Put the word in every text of a small JSON value, and beside them if there is none."""
    if isinstance(value, list):
        return [word]
    return {**value, "planted": word} if isinstance(value, dict) else {"planted": word}


def _sat(value: Any, word: str) -> Any:
    """Put the word where a section holds what somebody wrote."""
    if isinstance(value, list):
        return [{**one, "what": word} if isinstance(one, dict) else one for one in value]
    return {**value, "success": word} if value else value


def _decided_before(_value: Any, word: str) -> Any:
    """What a decision said before it was changed."""
    return [{"outcome": "not_now", "reasons": word, "until": "2026-01-05T12:00:00+00:00"}]


JSON: Final[dict[str, Planter]] = {
    "Run.params": _json_text,
    "Run.result": lambda value, word: value or {"planted": word},
    "Run.svgs": lambda value, word: {
        name: svg.replace("</svg>", f"<desc>{word}</desc></svg>") for name, svg in (value or {}).items()
    },
    "CalendarImport.names": _json_text,
    "CalendarImport.notes": _json_text,
    "AnswerSheet.texts": lambda _value, word: {"planted": word},
    "Reading.line": lambda value, word: {**value, "step": word},
    "Sitting.content": _sat,
    "OfferCheck.content": _json_text,
    "Experiment.questions": lambda value, word: [{**one, "text": word} for one in value],
    "Year.content": _json_text,
    "Plan.earlier": lambda _value, word: [{"start": word, "aim": word, "review_on": "", "years": {}}],
    "Nomination.earlier": lambda _value, word: [
        {"text": "argument", "words": word, "changed_by": word, "on": "2026-01-05"}
    ],
    "Decision.earlier": _decided_before,
    "UndoneDecision.earlier": _decided_before,
    "Calibration.content": lambda value, _word: value,
    "ImpactTable.content": lambda value, _word: value,
    "Leader.keep": _json_text,
    "Leader.never": _json_text,
    "Accomplishment.criteria": _json_text,
    "Accomplishment.signals": _json_text,
    "Accomplishment.links": lambda _value, word: [f"https://example.org/{word}"],
    "Witness.copy": lambda value, word: {**value, "what": word} if value else value,
    "Summary.versions": lambda value, word: [
        {**one, "content": {**one["content"], "opening": word}} for one in value
    ],
    "OwnProfile.profile": lambda value, word: {**value, "title": word} if value else value,
    "Remembered.values": _json_text,
    "RosterImport.before": lambda value, word: {
        **(value or {}),
        "people": {pk: {**kept, "name": word} for pk, kept in (value or {}).get("people", {}).items()},
    },
    "Survey.organization": lambda value, word: {**value, "planted": word} if value else value,
    "SealedRating.content": _json_text,
    "SelfStatement.content": _json_text,
    "StatedValues.content": lambda value, word: [{**one, "name": word, "says": word} for one in value],
    "Share.snapshot": lambda value, word: {**value, "made_on": word} if value else value,
    "SocialAccount.extra_data": _json_text,
    "Authenticator.data": lambda value, word: {**value, "name": word},
}


HOUSE: Final[dict[str, Callable[[str], str]]] = {
    "Report.comments": lambda word: release.sealed(
        "comments", [{"question": "", "text": word, "choice": "verbatim"}]
    ),
    "Report.others_comments": lambda word: release.sealed(
        "others_comments", [{"question": "", "text": word, "choice": "themes"}]
    ),
    "Theme.text": lambda word: house.seal(word, where="Theme.text"),
}
"""Fields that the house seals: what is stored is noise, and the word is in it."""


def fields() -> Iterator[tuple[type[models.Model], Any, str]]:
    """Every field that could hold words, with its name."""
    for model in apps.get_models():
        if model._meta.app_label not in ROOMS or model.__name__ in NOBODYS:
            continue
        for field in model._meta.concrete_fields:
            texts = field.get_internal_type() in TEXTS or type(field).__name__ in {"SealedText", "SealedJSON"}
            if texts and not field.choices and not field.primary_key:
                yield model, field, f"{model.__name__}.{field.name}"


def about(name: str) -> str:
    """The object of the policy table that a field belongs to."""
    return ABOUT.get(name) or ABOUT.get(name.split(".", maxsplit=1)[0]) or "time"


def may_meet(who: str, name: str) -> bool:
    """Whether the table lets a member of the organization read what this field holds about Cleo."""
    if who == "cleo":
        return True
    row = TABLE[about(name)]
    if row.key in {"chart", "offered"}:
        return who != "visitor"
    if row.key in {"share", "mentorship", "witness", "advocate"}:
        return who == "max"
    if name in READ_BY_ALL:
        return who != "visitor"
    if row.key in CASES and who in ABOVE_CLEO and row.allows(ABOVE_CLEO[who], Verb.READ):
        return True
    role = ROLES.get(who)
    return role is not None and row.allows(Who(role), Verb.READ)


def word_for(name: str) -> str:
    """A long word that cannot come up by chance, also not in base64: it is full of hyphens."""
    return f"quartz-{name.replace('.', '-').replace('_', '-')}-heron".lower()


def direction_of(person: Any) -> None:
    """Make what hangs together in My direction: an offer with a promise and a look back, a goal."""
    today = timezone.localdate()
    offer = Offer.objects.create(
        owner=person, title=".", from_whom=".", came_on=today, think_until=today, notes=".", reasons="."
    )
    promise = OfferPromise.objects.create(offer=offer, kind="benefit", text=".")
    OfferCheck.objects.create(offer=offer, months=3, due_on=today, content={str(promise.pk): "yes"}, note=".")
    PromotionGoal.objects.create(owner=person, text=".", why=".", opened_on=today, closed_because=".")
    Sitting.objects.create(owner=person, section="why", content={"success": "."}, finished_at=timezone.now())


class Planted:
    """The organization with Cleo's things, each with its word."""

    def __init__(self, organization: Organization) -> None:
        """Make one of everything for Cleo, then plant."""
        self.organization = organization
        cleo = organization.person("cleo")
        self.paths = self._everything_of(cleo)
        EmailAddress.objects.get_or_create(user=cleo.user, email=cleo.user.email, primary=True)
        SocialAccount.objects.create(user=cleo.user, provider="openid_connect", uid="cleo")
        Remembered.objects.get_or_create(owner=cleo, defaults={"values": {}})
        WeekTick.objects.create(
            resolution=Resolution.objects.filter(owner=cleo).first(), monday=timezone.localdate(), note="."
        )
        direction_of(cleo)
        growth.everything_of(cleo, organization.person("max"))
        promotions.everything_of(cleo, organization.person("dora"))
        journey.everything_of(cleo, organization.person("max"))
        self.words: dict[str, str] = {}
        for model, field, name in fields():
            if name not in NOT_PLANTED:
                self._plant(model, field, name)

    def _everything_of(self, cleo: Any) -> list[str]:
        made: dict[Any, dict[str, Any]] = {}
        paths = []
        for route, row in MATRIX.items():
            if row.own is not None and row.own not in made:
                with transaction.atomic():
                    made[row.own] = row.own(cleo)
                cleo.refresh_from_db()
            paths.append(path_of(route, made.get(row.own, {}) if row.own else {}))
        return paths

    def _plant(self, model: type[models.Model], field: Any, name: str) -> None:
        cleo, word = self.organization.person("cleo"), word_for(name)
        if field.max_length:
            word = word[: field.max_length]
        kind = field.get_internal_type()
        for row in model._default_manager.filter(self._of(model, cleo)):
            value = getattr(row, field.name)
            if name in HOUSE:
                value = HOUSE[name](word)
            elif kind == "JSONField" or type(field).__name__ in {"SealedJSON", "HouseJSON"}:
                value = JSON[name](value, word)
            else:
                value = f"{word}@example.org" if "email" in field.name else word
            setattr(row, field.name, value)
            row.save(update_fields=[field.name])
            if name in HOUSE or word in str(value):
                self.words[name] = word

    def _of(self, model: type[models.Model], cleo: Any) -> models.Q:  # noqa: C901 - one line a kind of owner
        """Rows about Cleo; a list of people belongs to nobody, and is about everybody in it."""
        names = {field.name: field for field in model._meta.get_fields() if not field.auto_created}
        if model.__name__ == "Invitation":
            return models.Q()  # of somebody who is not here yet
        if model.__name__ == "Person":
            return models.Q(pk=cleo.pk)
        if model.__name__ == "User":
            return models.Q(pk=cleo.user_id)
        if model.__name__ == "Unit":
            return models.Q(pk=cleo.positions.get().unit_id)
        for name, value in (("owner", cleo.pk), ("person", cleo.pk), ("user", cleo.user_id)):
            if name in names:
                found = models.Q(**{name: value})
                return found & ~models.Q(role="coach") if model.__name__ == "Grant" else found
        if "candidate" in names:
            return models.Q(candidate=cleo)
        for name in ("nomination", "assignment__nomination", "rating__assignment__nomination"):
            if name.split("__", maxsplit=1)[0] in names:
                return models.Q(**{f"{name}__candidate": cleo})
        if "learner" in names:
            return models.Q(learner=cleo)
        for name in ("resolution", "offer"):
            if name in names:
                return models.Q(**{f"{name}__owner": cleo})
        return models.Q()


def texts(answer: Any) -> str:
    """Everything a browser is told: the page, what is packed in it, and the headers."""
    body = getattr(answer, "body", answer.content if not answer.streaming else b"")
    head = "\n".join(f"{name}: {value}" for name, value in answer.items())
    return f"{head}\n{answer.cookies}\n{unpacked(body)}".lower()


def unpacked(body: bytes) -> str:
    """The words in a body: of a zip (and a spreadsheet) each part, of a PDF its text."""
    if body.startswith(b"PK"):
        with zipfile.ZipFile(io.BytesIO(body)) as packed:
            return "\n".join(unpacked(packed.read(name)) for name in packed.namelist())
    if body.startswith(b"%PDF") and shutil.which("pdftotext"):
        told = subprocess.run(["pdftotext", "-", "-"], input=body, capture_output=True, check=True)
        return told.stdout.decode("utf-8", "replace") + body.decode("latin-1")
    return body.decode("utf-8", "replace")
