"""What ``fairlead check`` says of YAML files: instruments, answers, profiles, practices, handbook pages."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Final

from fairlead.cli.check_framework import framework_found
from fairlead.cli.check_page import Found, Given
from fairlead.core.problems import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from fairlead.core.tables import Answers
    from fairlead.library.load import Document
    from fairlead.library.schema import Instrument


def check_yaml(given: Given, blanks: Sequence[str]) -> Found:
    """Say what a YAML file is and what is in it; ``blanks`` are the files there are to begin with."""
    from fairlead.library.load import read_yaml

    document = read_yaml(given.name, given.data)
    kind = yaml_kind(document.value)
    if kind is None:
        wrong = "This YAML is no kind of file that is known here."
        right = (
            "A role profile has “title:” and “kinds:”, an instrument “sections:” and “scales:”, answers "
            "“instrument:” and “answers:”, practices “about:” and “practices:”, handbook pages “research:” "
            "and “pages:”, frameworks “tracks:” and “criteria:”. --blank prints one to begin with: "
            f"{', '.join(blanks)}."
        )
        return Found(file=given.name, kind="unknown", problems=(document.problem((), wrong, right),))
    try:
        return _YAML_READERS[kind](given, document)
    except BadInput as error:
        return Found(file=given.name, kind=kind, problems=error.problems)


def yaml_kind(value: object) -> str | None:
    """Tell YAML files apart by the names they use; the one that knows most of them wins."""
    from fairlead.library.handbook_page import HandbookFile
    from fairlead.library.practice import PracticePage
    from fairlead.library.schema import Instrument
    from fairlead.sources.answers import FIELDS
    from fairlead.sources.direction_schema import DirectionFile
    from fairlead.sources.framework_files import form_of
    from fairlead.sources.role_profile import OwnRole

    entries = value if isinstance(value, list) else [value]
    names = {name for entry in entries if isinstance(entry, dict) for name in entry}
    if isinstance(value, dict) and "translates" in value:
        return "translation"
    if form_of(value):
        return "framework"
    known = {
        "instrument": set(Instrument.model_fields),
        "answers": set(FIELDS),
        "direction answers": set(DirectionFile.model_fields),
        "role profile": set(OwnRole.model_fields),
        "practices": set(PracticePage.model_fields),
        "handbook pages": set(HandbookFile.model_fields),
    }
    if isinstance(value, list):
        known = {"answers": known["answers"]}
    kind = max(known, key=lambda one: len(names & known[one]))
    shared = len(names & known[kind])
    return kind if shared >= 2 or 0 < shared == len(names) else None


def _instrument(given: Given, document: Document) -> Found:
    from fairlead.library.load import read_instrument

    form = read_instrument(document)
    return Found(
        file=given.name,
        kind="instrument",
        numbers=(
            ("id", form.id),
            ("version", form.version),
            ("asks", form.asks.value),
            ("screens", len(form.sections)),
            ("items", len(form.items)),
            ("scales", len(form.scales)),
            ("minutes", form.minutes),
            ("sha256", document.sha256),
        ),
        notes=(f"Reliability: {form.measured or 'not yet measured'}.",),
    )


def _translation(given: Given, document: Document) -> Found:
    from fairlead.library.load import read_translation

    texts = read_translation(document, given.instruments)
    said = document.value if isinstance(document.value, dict) else {}
    head = tuple((name, str(said[name])) for name in ("translates", "version", "language"))
    return Found(file=given.name, kind="translation", numbers=(*head, ("texts", texts)))


def _direction(given: Given, document: Document) -> Found:
    from fairlead.core.direction_answers import SECTIONS
    from fairlead.sources.direction_answers import read_direction_answers

    del document
    said = read_direction_answers(given.name, given.data)
    answered = [section for section in SECTIONS if getattr(said, section) is not None]
    return Found(
        file=given.name,
        kind="direction answers",
        numbers=(("answered_on", said.answered_on), ("parts", len(answered)), ("of", len(SECTIONS))),
        notes=(f"Answered: {', '.join(answered) or 'nothing yet'}.",),
    )


def _practices(given: Given, document: Document) -> Found:
    from fairlead.library.load import read_practices

    page = read_practices(document)
    return Found(
        file=given.name,
        kind="practices",
        numbers=(
            ("about", page.about),
            ("practices", len(page.practices)),
            ("minutes", sum(one.minutes for one in page.practices)),
            ("items", len(page.items)),
            ("to_read", len(page.read)),
            ("sha256", document.sha256),
        ),
    )


def _handbook(given: Given, document: Document) -> Found:
    from fairlead.library.handbook_page import HandbookFile
    from fairlead.library.load import handbook, validate

    file = validate(HandbookFile, document)
    known = {*handbook(), *(page.id for page in file.pages)}
    return Found(
        file=given.name,
        kind="handbook pages",
        numbers=(("pages", len(file.pages)), ("sha256", document.sha256)),
        problems=tuple(
            document.problem(
                ("pages", i, "see", j),
                f"There is no page “{name}”.",
                "Name one of the handbook or this file.",
            )
            for i, page in enumerate(file.pages)
            for j, name in enumerate(page.see)
            if name not in known
        ),
    )


def _role_profile(given: Given, document: Document) -> Found:
    from fairlead.sources import role_profile

    del document
    role = role_profile.read(given.name, given.data)
    shares = ((f"asked_{demand.name}", demand.share) for demand in role.kinds)
    asked = sum(demand.share is not None for demand in role.competencies)
    return Found(
        file=given.name,
        kind="role profile",
        numbers=(("title", role.title), *shares, ("competencies", asked)),
        notes=tuple(role.notes),
    )


def _answers(given: Given, document: Document) -> Found:
    from fairlead.sources.answers import read_answers

    del document
    sets = read_answers(given.name, given.data, given.instruments)
    notes = tuple(_about_answers(answers, given.instruments) for answers in sets)
    return Found(file=given.name, kind="answers", numbers=(("sets", len(sets)),), notes=notes)


def _about_answers(answers: Answers, own: Mapping[str, Instrument]) -> str:
    from fairlead.core.scales import expires_on
    from fairlead.library.load import instrument
    from fairlead.sources.answers import score_answers

    form = own.get(answers.instrument) or instrument(answers.instrument)
    scores = score_answers(answers, own).scores
    until = expires_on(answers.answered_on, form.expires_after_days)
    today = date.today().isoformat()  # noqa: DTZ011 - the person's own day
    stands = "stands until" if until >= today else "is history since"
    answered = len(answers.values) + len(answers.texts)
    scored = sum(found.score is not None for found in scores)
    return (
        f"{form.title}, {answers.answered_on}: {answered} of {len(form.items)} answered, "
        f"{scored} of {len(scores)} scales scored, {stands} {until}."
    )


_YAML_READERS: Final[dict[str, Callable[[Given, Document], Found]]] = {
    "instrument": _instrument,
    "translation": _translation,
    "direction answers": _direction,
    "role profile": _role_profile,
    "framework": lambda given, _: framework_found(given),
    "practices": _practices,
    "handbook pages": _handbook,
    "answers": _answers,
}
