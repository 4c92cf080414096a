"""What a mentor can be asked about: skills, tracks, and the aspects in which leading and managing differ."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop

from fairlead.core.work import LABELS, Track
from fairlead.library.practice import SKILLS

TRACKS: Final[dict[str, str]] = {
    **{track.value: LABELS[track] for track in Track},
    "stepping_back": gettext_noop("Stepping back"),
}
"""The five tracks in their fixed order; somebody can know one from the inside."""

ASPECTS: Final[dict[str, str]] = {
    "decision_making": gettext_noop("Decision making"),
    "communication": gettext_noop("Communication"),
    "conflict": gettext_noop("Conflict"),
    "success_metrics": gettext_noop("Success metrics"),
}
"""The aspects of the handbook's chart of differences, as their pages are called."""

GROUPS: Final = {
    gettext_noop("Skills"): SKILLS,
    gettext_noop("Tracks"): TRACKS,
    gettext_noop("Aspects of leading"): ASPECTS,
}
TOPICS: Final[dict[str, str]] = {
    str(word): words for group in GROUPS.values() for word, words in group.items()
}
"""Every topic with its plain words, in their order."""
