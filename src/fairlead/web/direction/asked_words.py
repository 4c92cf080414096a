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

REFUSALS: Final = (
    gettext_noop("“Nobody” stands beside somebody. Name who encourages you, or leave nobody alone."),
)
"""What ``core.direction_answers`` refuses."""
