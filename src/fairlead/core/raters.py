"""How strict each rater was, and the fair score of each person rated: many-facet Rasch models."""

from __future__ import annotations

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
]
