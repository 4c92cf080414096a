"""Words of the core that stand on asking pages: here, so that catalogues have them."""

from __future__ import annotations

from typing import Final

from django.utils.translation import gettext_noop

TASKS: Final = (
    gettext_noop("Doing"),
    gettext_noop("Firefighting"),
    gettext_noop("Resource allocation"),
    gettext_noop("Process implementation"),
    gettext_noop("Performance monitoring"),
    gettext_noop("Risk mitigation"),
    gettext_noop("Continuous improvement"),
    gettext_noop("Reliability"),
    gettext_noop("Vision translation"),
    gettext_noop("Conflict navigation"),
    gettext_noop("Strategic influence"),
    gettext_noop("Culture shaping"),
    gettext_noop("Developing people"),
    gettext_noop("Innovation"),
)
"""Labels of ``core.work`` that name tasks."""

KINDS_AND_TRACKS: Final = (
    gettext_noop("Leading"),
    gettext_noop("Managing"),
    gettext_noop("People manager"),
    gettext_noop("Individual-contributor leader"),
    gettext_noop("Owner of a project, process or area"),
    gettext_noop("Hands-on expert"),
    gettext_noop("People under stress"),
)
"""Further labels of ``core.work`` and of the skills."""

GAPS: Final = (
    gettext_noop("Technical knowledge and skill"),
    gettext_noop("People skill"),
    gettext_noop("No frustration was named here."),
    gettext_noop(
        "A skill gap: it was not, or not fully, taught, or you do not know, and you would like it with the "
        "tools "
        "for it. A will gap: it was taught, and even with the tools you would not like it. Everything else "
        "is "
        "not yet known; the guess is then a skill gap, because tools can be tried, and only then is it known."
    ),
    gettext_noop(
        "You cannot say yet how you would like it with the tools for it. We guess a skill gap; it is a guess."
    ),
    gettext_noop(
        "It was taught, and with the tools you would like it: it does not look like a lack of will, and "
        "practice, time or support may be what is missing. We guess a skill gap; it is a guess."
    ),
    gettext_noop("Nobody taught it, and with the tools you would like it: rather a skill gap."),
    gettext_noop("It was taught in part, and with the tools you would like it: rather a skill gap."),
    gettext_noop(
        "You do not know whether it was ever taught, and with the tools you would like it: rather a skill "
        "gap."
    ),
    gettext_noop(
        "It was taught, and even with the tools you would not like it: rather a will gap. That is no "
        "fault; other work may suit you better."
    ),
    gettext_noop(
        "You think you would not like it, but you have not had the tools to find out. We guess a skill "
        "gap; it is a guess."
    ),
    gettext_noop("With the tools you might like it or not. We guess a skill gap; it is a guess."),
)
"""What ``core.skill_or_will`` says of a frustration."""

REFUSALS: Final = (
    gettext_noop("“Nobody” stands beside somebody. Name who encourages you, or leave nobody alone."),
)
"""What ``core.direction_answers`` refuses."""
