"""The only reader of ballot boxes, and the only one who opens what was released out of them.

``survey`` counts a box once, when it has closed. Everything later (pages, mails, papers, files) asks
``of``, ``figures_of``, ``comments_of`` and ``others_comments_of`` for what was stored then.
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any, Final

from django.db import transaction

from fairlead.core import disclosure
from fairlead.core.disclosure import Ballot, Comment, Earlier, Released, UnsafeReleaseError
from fairlead.core.problems import BadInput
from fairlead.web.feedback import terms
from fairlead.web.feedback.models import Release, Report, Survey, Theme
from fairlead.web.vault import house, reading

if TYPE_CHECKING:
    from django.db.models import Model

CHANGED: Final = "The rules, the questions or the organization are not those of the launch."
UNFIT: Final = "The answers do not fit the questions and the organization of the launch."

_SEALED: Final[tuple[tuple[type[Model], tuple[str, ...]], ...]] = (
    (Release, ("content",)),
    (Report, ("figures", "comments", "others_comments")),
    (Theme, ("text",)),
)


def survey(asked: Survey) -> Released:
    """Count the box of a survey that has closed; what comes of it can be shown, or nothing is.

    ``UnsafeReleaseError`` when it could be traced back to somebody, or when anything is not as it was
    at the launch; ``NoBox`` when the box is gone; ``DoesNotOpen`` with a wrong key of the installation.
    """
    found, before = reading.papers(asked.pk), _opened_before(asked)
    try:
        if not asked.terms or terms.digest_of(asked.instrument_text) != asked.instrument_digest:
            raise UnsafeReleaseError(CHANGED)
        return disclosure.release(
            [_ballot(asked, paper) for paper in found],
            terms.organization_of(asked),
            terms.policy_of(asked),
            earlier=[Earlier(released=told, organization=terms.organization_of(one)) for one, told in before],
            terms=asked.terms,
        )
    except (BadInput, LookupError, TypeError, ValueError):
        # Without the cause: it may hold what somebody answered.
        raise UnsafeReleaseError(UNFIT) from None


def waves_before(asked: Survey) -> list[Released]:
    """Give the earlier waves of a survey, the first one first."""
    return [told for _wave, told in _opened_before(asked)]


def _opened_before(asked: Survey) -> list[tuple[Survey, Released]]:
    waves = Survey.objects.filter(family=asked.family, state=Survey.State.RELEASED).exclude(pk=asked.pk)
    opened = ((wave, of(wave)) for wave in waves.order_by("closes_on", "pk"))
    return [(wave, told) for wave, told in opened if told is not None]


def _ballot(asked: Survey, paper: dict[str, Any]) -> Ballot:
    """Read a paper. What is for people operations goes nowhere where they have no part in the survey."""
    alone = asked.about_id is not None
    return Ballot(
        team=paper["team"],
        lens=paper["lens"],
        answers=tuple(paper["answers"]),
        comments=tuple(
            Comment(one["text"], one["choice"], one["question"])
            for one in paper["comments"]
            if one["choice"] == "verbatim" or not alone
        ),
    )


def of(asked: Survey) -> Released | None:
    """Give what was released of a survey, as it was made then; nothing where nothing was."""
    kept = Release.objects.filter(survey=asked).first()
    if kept is None:
        return None
    return disclosure.restore(json.loads(house.unseal(kept.content, where="Release.content")))


def keep(asked: Survey, released: Released) -> Release:
    """Store a release, sealed by the house."""
    told = disclosure.to_json(released)
    content = house.seal(json.dumps(told, ensure_ascii=False), where="Release.content")
    return Release.objects.create(survey=asked, verdict=told["verdict"], content=content)


def sealed(name: str, value: Any) -> str:
    """Seal one of a report's three fields; nothing stays nothing."""
    return house.seal(json.dumps(value, ensure_ascii=False), where=f"Report.{name}") if value else ""


def figures_of(report: Report) -> dict[str, Any]:
    """Give the figures of one group, and what is withheld from it."""
    found: dict[str, Any] = _opened(report, "figures") or {}
    return found


def comments_of(report: Report) -> list[dict[str, str]]:
    """Give the comments that may be read word for word by whom the report is about."""
    return _opened(report, "comments") or []


def others_comments_of(report: Report) -> list[dict[str, str]]:
    """Give the comments that people operations read, and nobody else."""
    return _opened(report, "others_comments") or []


def _opened(report: Report, name: str) -> Any:
    kept = getattr(report, name)
    return json.loads(house.unseal(kept, where=f"Report.{name}")) if kept else None


@transaction.atomic
def seal_anew() -> tuple[int, int]:
    """Seal all that was released with the newest key of the installation; say how many, of how many."""
    changed, seen = 0, 0
    for model, names in _SEALED:
        for row in model._default_manager.select_for_update().order_by("pk").iterator():  # noqa: SLF001 - Django's public name for it
            kept = {name: getattr(row, name) for name in names if getattr(row, name)}
            old = {name: one for name, one in kept.items() if not house.is_newest(one)}
            for name, one in old.items():
                where = f"{model.__name__}.{name}"
                setattr(row, name, house.seal(house.unseal(one, where=where), where=where))
            if old:
                row.save(update_fields=list(old))
            seen, changed = seen + len(kept), changed + len(old)
    return changed, seen
