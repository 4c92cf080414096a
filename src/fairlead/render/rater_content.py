"""Severities and fair scores as the plain blocks that page, paper and terminal print."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from fairlead.core.rater_texts import compared
from fairlead.render.charts_raters import number, raw_and_fair, signed, strictness
from fairlead.render.content import Bullets, Grid, Picture, Report, Section, Text
from fairlead.render.drawing import WORDS_ONLY
from fairlead.render.words import DASH, minus

if TYPE_CHECKING:
    from fairlead.core.rater_results import FairScore, Fit, RaterSeverity, Separation, Severity
    from fairlead.render.content import Block
    from fairlead.render.drawing import Drawn

COLUMNS: Final = (
    "what", "name", "component", "n", "observed", "fair", "low", "high", "corrected", "estimate", "se",
    "shrunk", "shrunk_se", "points", "points_low", "points_high", "infit", "outfit", "infit_z", "outfit_z",
    "extreme",
)  # fmt: skip
"""Columns of the table: rows for ratees, raters, criteria and steps (``what``).

``estimate`` is the measure, severity, difficulty or threshold in logits.
"""

MOST_ROWS: Final = 500
"""People and raters that a page lists; all of them stand in a .csv or .json file."""

METHODS: Final = (
    (
        "Many-facet Rasch model: the logarithm of the chance of a score over the chance of the one below it "
        "is measure − severity − difficulty − threshold (Andrich 1978, Masters 1982, Linacre 1989)."
    ),
    (
        "Raw: the mean of the ratings. Fair: the score that raters of mean severity would have given over "
        "all criteria. Nobody is drawn towards the mean of the people."
    ),
    (
        "Severities are drawn towards the raters' mean as far as chance may have made them (empirical "
        "Bayes). Where chance alone would make raters differ as much in one round of ten, nothing is "
        "corrected."
    ),
    (
        "Intervals hold in 8 of 10 cases. They know of few ratings, of uncertain severities and of halo: "
        "what one rater says of one person on several criteria counts less than as many raters would."
    ),
    "Infit and outfit: 1 is expected; above 1.5 ratings surprise, below 0.5 they are too regular for chance.",
    "This describes ratings, not people. It decides nothing: whoever decides reads the ratings behind it.",
)


def drawings(found: Severity, *, width: int = WORDS_ONLY) -> tuple[Drawn, ...]:
    """Draw raw against fair scores, and the raters."""
    return raw_and_fair(found, width=width), strictness(found, width=width)


def rater_report(found: Severity, drawn: tuple[Drawn, ...] = (), *, most_rows: int = MOST_ROWS) -> Report:
    """Lay a result out: what can be said, scores in the order of names, raters, how it was made."""
    figures = {one.name: one for one in drawn or drawings(found)}
    pictured = bool(drawn)
    sections = [
        Section("verdict", "What can be said", tuple(_verdict(found))),
        Section(
            "scores", "Raw and fair scores", tuple(_scores(found, figures, most_rows, pictured=pictured))
        ),
        Section("raters", "Raters", tuple(_raters(found, figures, most_rows, pictured=pictured))),
        Section("use", "Use of the scale", tuple(_use(found))),
        Section("criteria", "Criteria and steps", tuple(_criteria(found))),
        Section("links", "Links between raters", tuple(_links(found))),
        *([Section("groups", "Groups of raters", tuple(_groups(found)))] if found.groups else []),
        *([Section("second", "A second opinion", tuple(_second(found)))] if found.crossed else []),
        Section("methods", "How this was made", tuple(_made(found))),
    ]
    lead = (
        f"{found.n:,} ratings of {_count(len(found.ratees), 'person', 'people')} by "
        f"{_count(len(found.raters), 'rater', 'raters')} on "
        f"{_count(len(found.criteria), 'criterion', 'criteria')}, from {found.lowest} to {found.highest}."
    )
    return Report("Ratings on one scale", lead, tuple(one for one in sections if one.blocks))


def rater_rows(found: Severity) -> list[tuple[str | float | None, ...]]:
    """Give one row per ratee, rater, criterion and step under :data:`COLUMNS`."""
    rows: list[tuple[str | float | None, ...]] = [COLUMNS]
    none = (None,) * 5
    rows += [
        (
            "ratee", one.ratee, one.component, one.n, one.observed, one.fair, one.low, one.high,
            int(one.corrected), one.measure, one.se, *none, *_fit(one.fit), one.extreme or None,
        )
        for one in found.ratees
    ]  # fmt: skip
    rows += [
        (
            "rater", one.rater, one.component, one.n, one.observed, None, None, None, None, one.severity,
            one.se, one.shrunk, one.shrunk_se, one.points, one.points_low, one.points_high, *_fit(one.fit),
            one.extreme or None,
        )
        for one in found.raters
    ]  # fmt: skip
    rows += [
        (
            "criterion", one.criterion, None, one.n, one.observed, None, None, None, None, one.difficulty,
            one.se, *none, *_fit(one.fit), one.extreme or None,
        )
        for one in found.criteria
    ]  # fmt: skip
    rows += [
        (
            "step", f"{one.criterion + ': ' if one.criterion else ''}{one.below} to {one.above}", None, one.n,
            None, None, None, None, None, one.threshold, one.se, *none, None, None, None, None, None,
        )
        for one in found.steps
    ]  # fmt: skip
    return rows


def _fit(fit: Fit) -> tuple[float | None, float | None, float | None, float | None]:
    return fit.infit, fit.outfit, fit.infit_z, fit.outfit_z


def _verdict(found: Severity) -> list[Block]:
    if len(found.components) == 1:
        blocks: list[Block] = [Text(found.components[0].why, "lead")]
    else:
        blocks = [
            Text(f"The ratings fall into {len(found.components):,} parts without a link.", "lead"),
            Bullets(tuple(f"Part {one.number}: {one.why}" for one in found.components[:20])),
        ]
    if found.notes:
        blocks.append(Bullets(found.notes))
    return blocks


def _scores(found: Severity, figures: dict[str, Drawn], most: int, *, pictured: bool) -> list[Block]:
    drawn = figures["raw-and-fair"]
    blocks: list[Block] = [Picture(drawn) if pictured else Text(drawn.sentence)]
    several = len(found.components) > 1
    headers = (
        "person",
        *(("part",) if several else ()),
        "raw",
        "fair",
        "80 % interval",
        "ratings",
        "raters",
        "infit",
    )
    rows = tuple(_score(one, several=several) for one in found.ratees[:most])
    first = 2 if several else 1
    blocks.append(Grid("In the order of names", headers, rows, numbers=tuple(range(first, len(headers)))))
    if len(found.ratees) > most:
        said = f"The first {most:,} of {len(found.ratees):,} people. All of them: --out scores.csv."
        blocks.append(Text(said, "note"))
    return blocks


def _score(one: FairScore, *, several: bool) -> tuple[str, ...]:
    return (
        one.ratee,
        *((str(one.component),) if several else ()),
        number(one.observed),
        number(one.fair),
        f"{number(one.low)} to {number(one.high)}",
        f"{one.n:,}",
        f"{one.raters:,}",
        number(one.fit.infit) if one.fit.infit is not None else "–",
    )


def _raters(found: Severity, figures: dict[str, Drawn], most: int, *, pictured: bool) -> list[Block]:
    blocks: list[Block] = [Picture(figures["strictness"])] if pictured else []
    headers = ("rater", "ratings", "mean", "points", "severity", "error", "believed", "infit", "outfit")
    rows = tuple(_rater(one) for one in found.raters[:most])
    blocks += [
        Grid("Raters in the order of names", headers, rows, numbers=tuple(range(1, len(headers)))),
        Bullets(tuple(f"{one.rater}: {compared(one, found)}" for one in found.raters[: min(most, 60)])),
        Text(
            "Points: by how much this rater scores the people of this round higher or lower than the others "
            "do. Severity in logits, stricter above 0; believed is what corrects the scores.",
            "note",
        ),
    ]
    if len(found.raters) > most:
        said = f"The first {most:,} of {len(found.raters):,} raters. All of them: --out scores.csv."
        blocks.append(Text(said, "note"))
    return blocks


def _rater(one: RaterSeverity) -> tuple[str, ...]:
    return (
        one.rater,
        f"{one.n:,}",
        number(one.observed),
        signed(one.points),
        number(one.severity),
        number(one.se),
        number(one.shrunk),
        number(one.fit.infit) if one.fit.infit is not None else "–",
        number(one.fit.outfit) if one.fit.outfit is not None else "–",
    )


def _use(found: Severity) -> list[Block]:
    signs = tuple(f"{one.rater}: {sign.sentence}" for one in found.use for sign in one.signs)
    if not signs:
        return [Text("Nobody's use of the scale stands out beyond chance.")]
    return [
        Text("What stands out beyond chance; it may have a good reason, and it changes no number."),
        Bullets(signs[:60]),
    ]


def _criteria(found: Severity) -> list[Block]:
    criteria = tuple(
        (
            one.criterion,
            f"{one.n:,}",
            number(one.observed),
            number(one.difficulty),
            number(one.se),
            number(one.fit.infit),
            number(one.fit.outfit),
        )
        for one in found.criteria
    )
    steps = tuple(
        (
            one.criterion or "all",
            f"{one.below} to {one.above}",
            number(one.threshold),
            number(one.se),
            f"{one.n:,}",
        )
        for one in found.steps
    )
    headers = ("criterion", "ratings", "mean", "difficulty", "error", "infit", "outfit")
    return [
        Grid("Criteria, in logits, harder above", headers, criteria, numbers=(1, 2, 3, 4, 5, 6)),
        Grid("Steps, in logits", ("criterion", "step", "threshold", "error", "on the upper score"), steps,
             numbers=(2, 3, 4)),
    ]  # fmt: skip


def _links(found: Severity) -> list[Block]:
    design = found.design
    said = ["All raters can be compared." if design.connected else "Not all raters can be compared."]
    if design.strength is not None:
        where = (
            "Strength of the links" if design.connected else "Strength of the links inside the weakest part"
        )
        said.append(
            f"{where}: {design.strength:.2f}, where 1 is everybody rating everybody and 0 is "
            "ratings that fall apart."
        )
    if found.agreement.exact is not None and found.agreement.expected is not None:
        said.append(
            f"Two raters gave a person the same score on a criterion in {found.agreement.exact:.0%} of "
            f"{found.agreement.pairs:,} pairs of ratings; {found.agreement.expected:.0%} were expected."
        )
    return [Bullets(tuple(said))]


def _groups(found: Severity) -> list[Block]:
    """Say how groups of raters differ; where too few can say, that alone."""
    rows = [
        (
            one.rater_group,
            one.ratee_group or "everybody",
            f"{one.raters} beside {one.other_raters}",
            DASH if one.points is None else signed(one.points),
            DASH
            if one.points_low is None or one.points_high is None
            else f"{signed(one.points_low)} to {signed(one.points_high)}",
            one.said,
        )
        for one in found.groups or ()
    ]
    headers = ("raters of", "rating", "raters", "points", "95 % interval", "said")
    told = [one.why for one in found.groups or () if one.said in {"higher", "lower"}]
    return [
        Text("Beside the other raters, of the same people; for a group of people, beside all other people."),
        Grid("Groups of raters", headers, tuple(rows)),
        *([Bullets(tuple(told))] if told else []),
        Text(
            "What all groups have in common cannot be seen here, and no difference says which group is right."
        ),
    ]


def _second(found: Severity) -> list[Block]:
    one = found.crossed
    if one is None:
        return []
    whole = one.var_ratee + one.var_rater + one.var_pair + one.var_residual
    shares = (
        ("people", one.var_ratee),
        ("raters", one.var_rater),
        ("this rater of this person (halo)", one.var_pair),
        ("everything else", one.var_residual),
    )
    rows = tuple((name, number(value), f"{value / whole:.0%}") for name, value in shares) if whole > 0 else ()
    blocks: list[Block] = [
        Text("A crossed linear model by restricted maximum likelihood: where the differences come from."),
        Grid("Variances in squared points", ("of", "variance", "share"), rows, numbers=(1, 2)),
    ]
    if one.correlation is not None:
        blocks.append(
            Text(f"Its effects of raters and the severities above go together by {number(one.correlation)}.")
        )
    return blocks


def _made(found: Severity) -> list[Block]:
    method = "marginal" if found.method == "mml" else "joint"
    model = "rating scale model" if found.model == "rsm" else "partial credit model"
    said = (
        f"{model[:1].upper()}{model[1:]} by {method} maximum likelihood; log likelihood "
        f"{minus(f'{found.log_likelihood:,.4f}')}, measures spread by {found.spread:.2f} logits, their "
        f"reliability {number(found.reliability)}; raters: {_separated(found.rater_separation)}."
    )
    return [Bullets(METHODS), Text(said, "note")]


def _separated(one: Separation) -> str:
    if one.separation is None:
        return "too few to say how far apart"
    return f"separation {number(one.separation)}, reliability {number(one.reliability)}"


def _count(count: int, one: str, many: str) -> str:
    return f"1 {one}" if count == 1 else f"{count:,} {many}"
