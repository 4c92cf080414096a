"""The shapes in which a role audit is told: gaps, the map, aspects, warnings, the rut, one next step."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from fairlead.core.calendars import TimeAudit
    from fairlead.core.figures import Figure
    from fairlead.core.roles import RoleProfile
    from fairlead.core.scales import Drift, Scored


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """Asked against done for one kind of work or competency.

    ``gap`` is asked minus done in shares (positive: the role asks more than is done); ``clear`` is
    true only where the two 80 % intervals do not meet (and own answers do not point the other way);
    ``says`` is the sentence for people.
    ``done_from`` is ``"calendar"``, ``"answers"`` or empty; ``beside`` holds what the person's
    own answers say where ``done`` comes from the calendar.
    """

    name: str
    label: str
    asked: Figure
    done: Figure
    gap: float | None
    clear: bool
    says: str
    done_from: str = ""
    beside: Figure | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MapPoint:
    """One point of the map: leading (x) and managing (y), each 0 to 1, two separate axes.

    ``who`` is ``"asked"``, ``"self"`` (questionnaire), ``"calendar"`` or ``"others"``; older points
    of the same source carry older ``as_of`` dates.
    """

    who: str
    label: str
    leading: float
    leading_low: float
    leading_high: float
    managing: float
    managing_low: float
    managing_high: float
    as_of: str
    n: int
    n_of: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AspectReading:
    """Two styles of one aspect, both of which can be high, and what lasts when one is overdone.

    ``leaning`` is ``"leading"``, ``"managing"``, ``"both"``, ``"neither"``, ``"even"`` (too close to
    call) or ``"unknown"``.
    """

    aspect: str
    label: str
    leading: Figure
    managing: Figure
    leaning: str
    says: str
    if_it_lasts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Warning:  # noqa: A001 - the product's own word for it (rows 181-184)
    """A sign of imbalance, with the evidence it rests on and the rows it serves."""

    id: str
    row: int
    title: str
    evidence: tuple[str, ...]
    says: str
    rows: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RutReading:
    """The rut check: index 0 (none) to 1, its parts, its drift, and until when it stands.

    States expire (row 47): after ``expires_on`` the reading is history and not a description.
    """

    index: Figure
    parts: tuple[Figure, ...]
    drift: tuple[Drift, ...]
    expires_on: str
    says: str
    expired: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """One stretch of the way out (rows 21, 34): which weeks, what to do, what would show it."""

    weeks: str
    does: str
    shows: str
    id: str = ""
    title: str = ""
    first_day: str = ""
    last_day: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """The one thing to do next, the rule that chose it and when to measure again.

    ``rule`` is the whole rule; ``line`` and ``line_says`` are the part of it that decided.
    """

    id: str
    about: str
    title: str
    does: str
    why: str
    rule: str
    measure_again_on: str
    shows: str = ""
    rows: tuple[int, ...] = ()
    research: tuple[str, ...] = ()
    line: int = 0
    line_says: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RoleAudit:
    """Everything one reading says. Parts that had no data are ``None`` or empty, with a note.

    ``firefighting`` is shown beside the gaps: it is asked of nobody.
    """

    method: str
    made_on: str
    time: TimeAudit | None
    role: RoleProfile | None
    scored: tuple[Scored, ...]
    gaps: tuple[Gap, ...]
    map: tuple[MapPoint, ...]
    aspects: tuple[AspectReading, ...]
    warnings: tuple[Warning, ...]
    rut: RutReading | None
    way_out: tuple[Stage, ...]
    next_step: NextStep
    notes: tuple[str, ...]
    firefighting: Figure | None = None
