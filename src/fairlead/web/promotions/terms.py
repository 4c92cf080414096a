"""What a round stands on: its rules, its days, and the fingerprint of all that is frozen at the opening."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, fields
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.framework import (
    Criterion,
    Framework,
    Level,
    Publication,
    Question,
    Seen,
    TrackLevels,
    digest,
)
from fairlead.web.promotions.states import LEAST_RATERS, LEAST_REASONS, PHASES, ROUND_WORDS
from fairlead.web.trail.queries import facts_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from fairlead.web.promotions.models import FrameworkVersion, Round

FORM: Final = "fairlead-round 1"
"""Stands in front of what is hashed."""

SCALE: Final = (
    "Not seen",
    "Seen in parts",
    "Seen as described",
    "Seen beyond what is described",
    "Seen far beyond what is described",
)
"""What scores mean, from 1 on; each rater reads the description of the level beside it."""

FEWEST_RATERS: Final = 2
MOST_RATERS: Final = 8
MOST_CASES: Final = 40
LONGEST: Final = timedelta(days=366)


WAY_BACK: Final = (
    ("yes", "Yes, and management stands behind it"),
    ("unbacked", "It happens, but management has not said that it stands behind it"),
    ("no", "No"),
)
"""Whether somebody who leads or manages can go back to other work (row 52)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The rules of a round.

    ``raters`` rate each case, ``most_cases`` is the most for one rater; ratings of ``least_raters`` count at
    least before a case is decided, where somebody was taken out of it later. Reasons of a decision have at
    least ``least_reasons`` characters; ``scale`` are the words of the scores, the lowest first. ``way_back``
    says whether somebody can go back to other work, ``way_back_words`` on what terms and who stands behind
    it, and ``losses`` whom the organization lost where there was no way back, without names (rows 52, 53).
    """

    raters: int = 3
    least_raters: int = LEAST_RATERS
    most_cases: int = 8
    least_reasons: int = LEAST_REASONS
    self_nomination: bool = True
    scale: tuple[str, ...] = SCALE
    way_back: str = ""
    way_back_words: str = ""
    losses: str = ""

    @property
    def way_back_says(self) -> str:
        """Say whether somebody can go back."""
        return dict(WAY_BACK).get(self.way_back, "")

    @property
    def scores(self) -> tuple[tuple[int, str], ...]:
        """Give each score with its words."""
        return tuple(enumerate(self.scale, 1))


def policy_of(one: Round) -> Policy:
    """Give the rules of a round: from its opening on those that were frozen, whatever its row says."""
    return _policy(one.policy if one.frozen is None else one.frozen.get("policy", {}))


def _policy(plain: Mapping[str, Any]) -> Policy:
    known = {field.name for field in fields(Policy)}
    said = {name: value for name, value in plain.items() if name in known}
    if "scale" in said:
        said["scale"] = tuple(said["scale"])
    return Policy(**said)


def policy_plain(policy: Policy) -> dict[str, Any]:
    """Give rules as they are stored."""
    said: dict[str, Any] = asdict(policy) | {"scale": list(policy.scale)}
    if policy.least_raters == LEAST_RATERS:
        del said["least_raters"]
    # What nobody said is left out: rounds opened before it was asked keep their fingerprint.
    return {name: value for name, value in said.items() if value != ""}


def dates_of(one: Round) -> dict[str, date]:
    """Give the last day of each phase: from the opening on the days that were frozen."""
    days = one.dates if one.frozen is None else one.frozen.get("dates", {})
    return {phase: date.fromisoformat(day) for phase, day in days.items()}


def is_early(one: Round, today: date) -> bool:
    """Say whether the last day of the phase that a round is in is not over; a last day counts whole."""
    last = dates_of(one).get(one.state)
    return last is not None and today <= last


def dates_refused(days: Mapping[str, date], today: date) -> str:
    """Say what is wrong with the days of a round, and what would be right; nothing if they are."""
    words = {str(state): label for state, label in ROUND_WORDS}
    before = today - timedelta(days=1)
    for phase in PHASES:
        day = days.get(phase)
        if day is None:
            return f"“{words[phase]}” has no last day."
        if day <= before:
            least = _spoken(before + timedelta(days=1))
            return f"“{words[phase]}” ends on {_spoken(day)}; choose a day from {least} on."
        before = day
    if before > today + LONGEST:
        return f"A round ends within a year; choose a last day up to {_spoken(today + LONGEST)}."
    return ""


def _spoken(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def frozen(one: Round) -> dict[str, Any]:
    """Give everything that the round stands on, as plain values that do not depend on any order of rows."""
    openings = [
        {
            "id": str(opening.pk),
            "title": opening.title,
            "track": opening.track,
            "level": opening.level,
            "unit": str(opening.unit_id or ""),
            "headcount": opening.headcount,
            "budget": opening.budget,
            "exists": opening.exists,
        }
        for opening in one.openings.all()
    ]
    committee = [{"person": str(seat.person_id or ""), "part": seat.part} for seat in one.seats.all()]
    version = one.framework
    return {
        "form": FORM,
        "title": one.title,
        "framework": {"id": version.framework, "version": version.version, "sha256": version.sha256},
        "openings": sorted(openings, key=lambda entry: entry["id"]),
        "committee": sorted(committee, key=lambda entry: (entry["person"], entry["part"])),
        "dates": dict(one.dates),
        "policy": policy_plain(_policy(one.policy)),
    }


def fingerprint(plain: Mapping[str, Any]) -> str:
    """Give the SHA-256 over plain values: keys sorted, no white space between tokens, UTF-8."""
    text = json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def unchanged(one: Round) -> bool:
    """Say whether what is stored is still what was frozen.

    Rows, frozen copy and fingerprint have to agree, the words of the framework with the digest that was
    frozen, and the fingerprint with the one that the record holds of the opening.
    """
    if one.frozen is None or fingerprint(one.frozen) != one.terms:
        return False
    if _digest(one.framework) != one.framework.sha256:
        return False
    recorded = facts_of("open_round", one.pk)
    if recorded is not None and recorded.get("terms") != one.terms:
        return False
    now, then = frozen(one), one.frozen
    # That somebody's entry was erased is no change of the round.
    sat = {(entry["person"], entry["part"]) for entry in now["committee"] if entry["person"]}
    was = {(entry["person"], entry["part"]) for entry in then["committee"]}
    same = {name for name in now if name != "committee" and now[name] == then[name]}
    return same == set(then) - {"committee"} and sat <= was


def _digest(version: FrameworkVersion) -> str:
    """Give the digest of the words of a framework as they are stored now; empty where they make none."""
    try:
        return digest(framework_of(version))
    except (KeyError, TypeError, ValueError):
        return ""


def framework_of(version: FrameworkVersion) -> Framework:
    """Give the framework of a version as the core knows it."""
    plain = dict(version.content)
    plain["tracks"] = tuple(TrackLevels(**_tuples(one)) for one in plain.get("tracks", ()))
    plain["levels"] = tuple(Level(**one) for one in plain.get("levels", ()))
    plain["criteria"] = tuple(_criterion(one) for one in plain.get("criteria", ()))
    plain["questions"] = tuple(Question(**_tuples(one)) for one in plain.get("questions", ()))
    plain["research"] = tuple(Publication(**one) for one in plain.get("research", ()))
    plain["past_only"] = tuple(plain.get("past_only", ()))
    return Framework(**plain)


def _criterion(plain: Mapping[str, Any]) -> Criterion:
    seen = tuple(Seen(**_tuples(one)) for one in plain["seen"])
    return Criterion(**_tuples({**plain, "seen": seen}))


def _tuples(plain: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in plain.items()}
