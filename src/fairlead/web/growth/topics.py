"""What a mentor can be asked about: skills, tracks, and the aspects in which leading and managing differ."""

from __future__ import annotations

from typing import Final

from fairlead.core.work import LABELS, Track
from fairlead.library.practice import SKILLS

TRACKS: Final[dict[str, str]] = {
    **{track.value: LABELS[track] for track in Track},
    "stepping_back": "Stepping back",
}
"""The five tracks in their fixed order; somebody can know one from the inside."""

ASPECTS: Final[dict[str, str]] = {
    "decision_making": "Decision making",
    "communication": "Communication",
    "conflict": "Conflict",
    "success_metrics": "Success metrics",
}
"""The aspects of the handbook's chart of differences, as their pages are called."""

GROUPS: Final = {"Skills": SKILLS, "Tracks": TRACKS, "Aspects of leading": ASPECTS}
TOPICS: Final[dict[str, str]] = {
    str(word): words for group in GROUPS.values() for word, words in group.items()
}
"""Every topic with its plain words, in their order."""
