"""How strict each rater was, and the fair score of each person rated: many-facet Rasch models."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from fairlead.core.rater_design import design_of
from fairlead.core.rater_errors import halo, severity_errors
from fairlead.core.rater_fit import agreement, separation
from fairlead.core.rater_jml import fit_jml
from fairlead.core.rater_layout import extremes, lay_out
from fairlead.core.rater_mml import fit_mml
from fairlead.core.rater_records import Fitted, Records
from fairlead.core.rater_residuals import residuals
from fairlead.core.rater_results import (
    LEVEL,
    Component,
    CriterionDifficulty,
    FairScore,
    Fit,
    Halo,
    Method,
    Model,
    RaterAgreement,
    RaterSeverity,
    Separation,
    Severity,
    Step,
)
from fairlead.core.rater_shrink import shrink
from fairlead.core.rater_texts import notes
from fairlead.core.rater_use import scale_use

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from fairlead.core.rater_design import Graph
    from fairlead.core.rater_errors import PairHalo
    from fairlead.core.rater_layout import Layout
    from fairlead.core.rater_mml import Estimates
    from fairlead.core.rater_shrink import Shrunk
    from fairlead.core.ratings import Ratings

    Floats = NDArray[np.float64]
    Flags = NDArray[np.int8]

__all__ = [
    "LEVEL",
    "Component",
    "CriterionDifficulty",
    "FairScore",
    "Fit",
    "Halo",
    "Method",
    "Model",
    "RaterAgreement",
    "RaterSeverity",
    "Separation",
    "Severity",
    "Step",
    "severity",
]


def severity(ratings: Ratings, *, model: Model = "rsm", method: Method = "mml") -> Severity:
    """Estimate how strict each rater was, and put everybody's ratings on one scale.

    Parameters
    ----------
    ratings
        Who was rated by whom on which criterion with how many points. Not everybody need be rated by
        everybody, but what is not linked cannot be compared: ``Severity.components`` says so.
    model
        ``"rsm"``: criteria share the thresholds between scores; ``"pcm"``: each criterion has its own.
    method
        ``"mml"``: ratees are drawn from a normal population whose spread is estimated; ``"jml"``: each
        ratee is a parameter, as in older programs; with few ratings each, all lies too far apart.

    Returns
    -------
    Severity
        Estimates in logits with standard errors; fair scores with 80 % intervals in points.

    Raises
    ------
    BadInput
        One rater or one ratee only; all scores the same; more than 20 different scores.

    Notes
    -----
    log P(X = k) / P(X = k - 1) = measure - severity - difficulty - threshold_k (Andrich 1978,
    doi:10.1007/BF02293814; Masters 1982, doi:10.1007/BF02296272; Linacre 1989). It is assumed that one
    dimension is rated, that a rater is equally strict with everybody and on every criterion, and that
    ratings of different raters are independent given the person; what one rater's ratings of one person
    have in common (halo) widens the errors. Severities are drawn towards 0 by empirical Bayes, and correct
    nothing where chance would make raters differ as much (``rater_shrink``). Severities sum to 0 in each
    component; the population of ratees has mean 0 (``mml``) or the difficulties do (``jml``).

    Examples
    --------
    >>> from fairlead.core.ratings import Ratings
    >>> given = {"Ada": (4, 3), "Bea": (3, 1), "Cem": (5, 4), "Dan": (2, 2), "Eva": (4, 2), "Fay": (3, 2)}
    >>> rows = [(who, by, "craft", s) for who, two in given.items() for by, s in zip(("Kim", "Lou"), two)]
    >>> found = severity(Ratings.from_rows(rows, lowest=1, highest=5))
    >>> [(one.rater, one.severity > 0) for one in found.raters], found.components[0].verdict
    ([('Kim', False), ('Lou', True)], 'too_few')
    """
    layout = lay_out(ratings, model)
    graph = design_of(ratings)
    raw = fit_mml(layout) if method == "mml" else fit_jml(ratings, layout, model, graph.of_rater)
    fitted = _centred(layout, raw, graph, method)
    away = extremes(layout)
    infinite = (away.ratee != 0) if method == "jml" else np.zeros(layout.people, dtype=bool)
    found = residuals(
        ratings,
        layout,
        fitted.measure,
        fitted.severity[:, None] + fitted.difficulty[None, :],
        fitted.thresholds,
        infinite,
    )
    prior = 1.0 / raw.spread**2 if method == "mml" else 0.0
    plain = severity_errors(layout, found.pair_information, graph.of_rater, prior)
    hangs = halo(layout, found, prior)
    wide = plain * np.sqrt(hangs.rater)
    parts = _shrunk(fitted.severity, wide, graph, hangs)
    work = Records(ratings, layout, graph, method, fitted, found, hangs, away, plain, wide, parts)
    return _result(work, raw, model, ~infinite)


def _result(work: Records, raw: Estimates, model: Model, finite: NDArray[np.bool_]) -> Severity:
    """Put a result together; ``finite`` are the ratees whose measures are no mere bounds."""
    ratings, layout, design, fitted = work.ratings, work.layout, work.graph.design, work.fitted
    found, hangs = work.found, work.hangs
    lowest, highest = ratings.ends
    return Severity(
        model=model,
        method=work.method,
        lowest=lowest,
        highest=highest,
        scores=tuple(np.unique(ratings.score).tolist()),
        n=len(ratings),
        connected=design.connected,
        components=work.components(),
        design=design,
        raters=work.raters(),
        ratees=work.ratees(),
        criteria=work.criteria(),
        steps=work.steps(),
        log_likelihood=raw.log_likelihood,
        deviance=-2.0 * raw.log_likelihood,
        spread=raw.spread,
        reliability=work.reliability(),
        rater_separation=separation(fitted.severity, work.program_errors()),
        ratee_separation=separation(fitted.measure[finite], fitted.sd[finite]),
        criterion_separation=separation(fitted.difficulty, work.criterion_errors()),
        agreement=agreement(found),
        halo=Halo(pairs=hangs.sets, sd=hangs.sd, widening=float(np.sqrt(hangs.rater).mean())),
        use=scale_use(ratings, layout, found, hangs.rater, lowest, highest),
        converged=raw.converged,
        passes=raw.passes,
        notes=notes(
            ratings, layout, design, work.away, hangs, work.method,
            converged=raw.converged, held=raw.held, flat=raw.flat,
        ),
    )  # fmt: skip


def _centred(layout: Layout, raw: Estimates, graph: Graph, method: Method) -> Fitted:
    """Take the mean severity out of each component.

    It goes to the difficulties, which then are those for the mean person, as far as components share their
    criteria; what differs between components goes to their people's measures.
    """
    size = np.bincount(graph.of_rater)
    mean = np.bincount(graph.of_rater, raw.severity) / size
    shift = np.zeros(layout.criteria)
    moved = -mean
    if method == "mml":
        blocks = _blocks(layout, graph)
        people = np.bincount(graph.of_ratee, minlength=len(size)).astype(np.float64)
        of_component = blocks[layout.criteria :]
        whole = np.bincount(of_component, people)
        common = np.bincount(of_component, people * mean) / np.maximum(whole, 1.0)
        shift = common[blocks[: layout.criteria]]
        moved = common[of_component] - mean
    return Fitted(
        severity=raw.severity - mean[graph.of_rater],
        difficulty=raw.difficulty + shift,
        thresholds=raw.thresholds,
        measure=raw.measure + moved[graph.of_ratee],
        sd=raw.sd,
    )


def _blocks(layout: Layout, graph: Graph) -> NDArray[np.int64]:
    """Give what hangs together one number: criteria first, then components."""
    components = int(graph.of_rater.max()) + 1
    label = np.arange(layout.criteria + components)
    links = np.unique(layout.cell_criterion.astype(np.int64) * components + graph.of_rater[layout.cell_rater])
    for link in links.tolist():
        one, other = label[link // components], label[layout.criteria + link % components]
        label[label == max(one, other)] = min(one, other)
    return np.unique(label, return_inverse=True)[1]


def _shrunk(estimates: Floats, errors: Floats, graph: Graph, hangs: PairHalo) -> list[Shrunk]:
    """Shrink each component for itself; what the widening was seen in is shared out by raters."""
    told = []
    for number in range(int(graph.of_rater.max()) + 1):
        here = graph.of_rater == number
        freedom = int(hangs.freedom * here.mean()) if hangs.freedom else None
        told.append(shrink(estimates[here], errors[here], freedom))
    return told
