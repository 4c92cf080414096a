"""Scale scores and reliabilities as the plain blocks that page, paper and terminal print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core.factors import ENOUGH
from fairlead.core.reliability import FEWEST
from fairlead.render.agreement_content import number
from fairlead.render.content import Bullets, Grid, Report, Section, Text

if TYPE_CHECKING:
    from fairlead.core.reliability import Reliability, ScoredPeople
    from fairlead.render.content import Block
    from fairlead.sources.answer_tables import ScoredTable

COLUMNS: Final = ("respondent", "answered_on", "scale", "label", "score", "answered", "items")
"""One row per person and scale."""


METHODS: Final = (
    (
        "A score is the mean of the answered items, reversed ones turned around, if as many are answered as "
        "the instrument asks for."
    ),
    (
        "Alpha: Cronbach (1951), covariances over the people who answered both items; its interval: Feldt "
        "(1965), 80 %. It assumes that the items measure one thing about equally well."
    ),
    (
        "Omega: one factor by minimum residuals on the correlations (McDonald 1999). It does not show that "
        "there is one factor."
    ),
    (
        "Factors above chance: eigenvalues beside the 95th percentile of random tables of the same size "
        f"(Horn 1965, Glorfeld 1995), among those who answered every item, from {ENOUGH} people on. "
        "Intervals: resamples of people, 80 %."
    ),
)


def score_report(found: ScoredTable) -> Report:
    """Lay out scores: every scale, what to look at, how it was made; no person by name."""
    grid = Grid(
        "Scores and their reliability",
        ("scale", "options", "scored", "mean", "SD", "alpha", "80 % interval", "omega"),
        tuple(_row(scale) for scale in found.scales),
        numbers=(2, 3, 4, 5, 7),
    )
    blocks: list[Block] = [grid]
    notes = notes_of(found)
    if notes:
        blocks.append(Bullets(notes))
    people = "1 person" if len(found.people) == 1 else f"{len(found.people):,} rows of answers"
    return Report(
        found.title,
        f"{people}, {found.instrument} version {found.version}.",
        (Section("scales", "Scales", tuple(blocks)), _structure(found), _made()),
    )


def score_rows(found: ScoredTable) -> list[tuple[str | float | None, ...]]:
    """Give one row per person and scale under :data:`COLUMNS`."""
    rows: list[tuple[str | float | None, ...]] = [COLUMNS]
    for place, (person, on) in enumerate(zip(found.people, found.dates, strict=True)):
        rows += [
            (
                person,
                on,
                scale.scale,
                scale.label,
                scale.scores[place],
                scale.answered[place],
                len(scale.items),
            )
            for scale in found.scales
        ]
    return rows


def notes_of(found: ScoredTable) -> tuple[str, ...]:
    """Say what was left out and what to look at."""
    notes = []
    if not found.person_column:
        notes.append("No column tells people apart (respondent, id): rows are named by their line.")
    if found.absent:
        notes.append(f"Items without a column: {_listed(found.absent)}. They count as not answered.")
    if found.unused:
        notes.append(f"Columns that are not scored: {_listed(found.unused)}.")
    for scale in found.scales:
        missed = len(scale.scores) - scale.n
        if missed:
            notes.append(
                f"{scale.label}: {missed:,} without a score; it takes {scale.min_answered} of "
                f"{len(scale.items)} answers."
            )
        against = [fit.item for fit in scale.reliability.fits if fit.rest is not None and fit.rest < 0]
        if against:
            notes.append(f"{scale.label}: {_listed(against)} runs against the other items.")
        if scale.reliability.too_little and scale.n:
            notes.append(f"{scale.label}: {scale.reliability.too_little}")
    if 0 < len(found.people) < FEWEST:
        notes.append(f"With fewer than {FEWEST} people a reliability says little: read its interval.")
    return tuple(notes)


def _structure(found: ScoredTable) -> Section:
    """Say of each scale whether one thing holds its items together, or why that cannot be said yet."""
    rows, silent = [], []
    for scale, told in zip(found.scales, found.structures, strict=True):
        if told.factors is None:
            silent.append(f"{scale.label}: {told.too_little}")
            continue
        loadings = [one.value for one in told.loadings]
        rows.append((
            scale.label,
            f"{told.n:,}",
            str(told.factors),
            number(told.eigenvalues[0] / told.items),
            f"{number(min(loadings))} to {number(max(loadings))}" if loadings else "",
            "" if told.low is None else f"{number(told.low)} to {number(told.high)}",
        ))  # fmt: skip
    blocks: list[Block] = []
    if rows:
        headers = (
            "scale",
            "complete",
            "factors above chance",
            "share of the first",
            "loadings",
            "omega, 80 %",
        )
        blocks.append(Grid("What holds the items together", headers, tuple(rows), numbers=(1, 2, 3)))
    if silent:
        blocks += [Text("Not yet measured:"), Bullets(tuple(silent))]
    return Section("structure", "Factor structure", tuple(blocks))


def _row(scale: ScoredPeople) -> tuple[str, ...]:
    low, high = f"{scale.low_option:g}", f"{scale.high_option:g}"
    told = scale.reliability
    return (
        scale.label,
        f"{low} to {high}",
        f"{scale.n:,}",
        number(scale.mean),
        number(scale.sd),
        number(told.alpha),
        _interval(told),
        number(told.omega),
    )


def _interval(told: Reliability) -> str:
    return "" if told.low is None else f"{number(told.low)} to {number(told.high)}"


def _listed(names: tuple[str, ...] | list[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")


def _made() -> Section:
    last = "Reliability belongs to these people and these answers, not to the questionnaire."
    return Section("methods", "How this was made", (Bullets(METHODS), Text(last, "note")))
