"""The vocabulary: kinds of work, competencies, aspects, high-payoff areas, traits, tracks.

Code, screens, documents and JSON use these words and no others. Leading and managing are two
axes, never one slider (rows 86, 87, 141, 148).
"""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a stretch of time was spent on; ``UNCLEAR`` until a rule or the person says so."""

    LEADING = "leading"
    MANAGING = "managing"
    DOING = "doing"
    FIREFIGHTING = "firefighting"
    RECOVERY = "recovery"
    UNCLEAR = "unclear"


WORK_KINDS: Final = (Kind.LEADING, Kind.MANAGING, Kind.DOING, Kind.FIREFIGHTING)
"""The four kinds that are work; time off is the fifth kind, unclear is no kind yet."""

ASKED_KINDS: Final = (Kind.LEADING, Kind.MANAGING, Kind.DOING)
"""What a role can ask for: no role asks for firefighting, it happens."""


class Competency(StrEnum):
    """Twelve competencies: the first six are managing, the last six leading."""

    RESOURCE_ALLOCATION = "resource_allocation"
    PROCESS_IMPLEMENTATION = "process_implementation"
    PERFORMANCE_MONITORING = "performance_monitoring"
    RISK_MITIGATION = "risk_mitigation"
    CONTINUOUS_IMPROVEMENT = "continuous_improvement"
    RELIABILITY = "reliability"
    VISION_TRANSLATION = "vision_translation"
    CONFLICT_NAVIGATION = "conflict_navigation"
    STRATEGIC_INFLUENCE = "strategic_influence"
    CULTURE_SHAPING = "culture_shaping"
    DEVELOPING_PEOPLE = "developing_people"
    INNOVATION = "innovation"

    @property
    def kind(self) -> Kind:
        """Managing for the first six, leading for the others."""
        return Kind.MANAGING if self in MANAGING_COMPETENCIES else Kind.LEADING


MANAGING_COMPETENCIES: Final = tuple(Competency)[:6]
LEADING_COMPETENCIES: Final = tuple(Competency)[6:]


class Aspect(StrEnum):
    """Where a leading style and a managing style meet; both can be high (rows 166-169)."""

    DECISION_MAKING = "decision_making"
    COMMUNICATION = "communication"
    CONFLICT = "conflict"
    SUCCESS_METRICS = "success_metrics"


class HighPayoff(StrEnum):
    """Work that saves trouble later (rows 37-42); a person may add areas of their own."""

    ONE_TEAM = "one_team"
    CUSTOMERS = "customers"
    TRAINING = "training"
    FORTHRIGHT_CONFLICT = "forthright_conflict"
    PREVENTION = "prevention"


class Trait(StrEnum):
    """Ten things seen in the manager who makes it look easy (rows 23-32)."""

    HOME_ON_TIME = "home_on_time"
    HAPPY_TO_COME_IN = "happy_to_come_in"
    ENERGY = "energy"
    SELF_SUSTAINED_TEAM = "self_sustained_team"
    MAKES_IT_LOOK_EASY = "makes_it_look_easy"
    PLANS_AHEAD = "plans_ahead"
    DEVELOPS_LEADERS = "develops_leaders"
    HANDLES_PROBLEMS_QUIETLY = "handles_problems_quietly"
    CLEAR_EXPECTATIONS = "clear_expectations"
    ADDRESSES_CONFLICT = "addresses_conflict"


class Track(StrEnum):
    """Equal paths; every move between them is reversible (rows 50-53, 95, 185, 188)."""

    PEOPLE_MANAGER = "people_manager"
    INDIVIDUAL_CONTRIBUTOR_LEADER = "individual_contributor_leader"
    OWNER = "owner"
    EXPERT = "expert"


class Relation(StrEnum):
    """Who somebody in a meeting is to the person whose calendar it is."""

    SELF = "self"
    REPORT = "report"
    MANAGER = "manager"
    PEER = "peer"
    OTHER_FUNCTION = "other_function"
    OUTSIDE = "outside"
    UNKNOWN = "unknown"


LABELS: Final[dict[str, str]] = {
    Kind.LEADING: "Leading",
    Kind.MANAGING: "Managing",
    Kind.DOING: "Doing",
    Kind.FIREFIGHTING: "Firefighting",
    Kind.RECOVERY: "Recovery",
    Kind.UNCLEAR: "Unclear",
    Competency.RESOURCE_ALLOCATION: "Resource allocation",
    Competency.PROCESS_IMPLEMENTATION: "Process implementation",
    Competency.PERFORMANCE_MONITORING: "Performance monitoring",
    Competency.RISK_MITIGATION: "Risk mitigation",
    Competency.CONTINUOUS_IMPROVEMENT: "Continuous improvement",
    Competency.RELIABILITY: "Reliability",
    Competency.VISION_TRANSLATION: "Vision translation",
    Competency.CONFLICT_NAVIGATION: "Conflict navigation",
    Competency.STRATEGIC_INFLUENCE: "Strategic influence",
    Competency.CULTURE_SHAPING: "Culture shaping",
    Competency.DEVELOPING_PEOPLE: "Developing people",
    Competency.INNOVATION: "Innovation",
    Aspect.DECISION_MAKING: "Decision making",
    Aspect.COMMUNICATION: "Communication",
    Aspect.CONFLICT: "Conflict",
    Aspect.SUCCESS_METRICS: "Success metrics",
    HighPayoff.ONE_TEAM: "One team, one culture",
    HighPayoff.CUSTOMERS: "Customers",
    HighPayoff.TRAINING: "Training",
    HighPayoff.FORTHRIGHT_CONFLICT: "Forthright conflict",
    HighPayoff.PREVENTION: "Prevention",
    Trait.HOME_ON_TIME: "Goes home at a reasonable time",
    Trait.HAPPY_TO_COME_IN: "Is glad to come in",
    Trait.ENERGY: "Has energy left",
    Trait.SELF_SUSTAINED_TEAM: "Team runs itself and moves up",
    Trait.MAKES_IT_LOOK_EASY: "Makes managing look easy",
    Trait.PLANS_AHEAD: "Plans for the area's future",
    Trait.DEVELOPS_LEADERS: "Develops leaders",
    Trait.HANDLES_PROBLEMS_QUIETLY: "Handles problems well and in confidence",
    Trait.CLEAR_EXPECTATIONS: "States clear expectations",
    Trait.ADDRESSES_CONFLICT: "Addresses conflict",
    Track.PEOPLE_MANAGER: "People manager",
    Track.INDIVIDUAL_CONTRIBUTOR_LEADER: "Individual-contributor leader",
    Track.OWNER: "Owner of a project, process or area",
    Track.EXPERT: "Hands-on expert",
    Relation.SELF: "Yourself",
    Relation.REPORT: "Reports",
    Relation.MANAGER: "Own manager",
    Relation.PEER: "Peers",
    Relation.OTHER_FUNCTION: "Other functions",
    Relation.OUTSIDE: "Outside",
    Relation.UNKNOWN: "Not known",
}


def label(word: str) -> str:
    """Give the plain words for a vocabulary member, or the text itself for a person's own entry.

    Examples
    --------
    >>> label(Competency.RELIABILITY)
    'Reliability'
    >>> label("my own area")
    'my own area'
    """
    return LABELS.get(word, word)
