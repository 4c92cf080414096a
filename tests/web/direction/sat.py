"""How tests sit through a part of My direction, as a browser without JavaScript does."""

from __future__ import annotations

from datetime import timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from fairlead.core.value_sets import designs
from fairlead.library import load
from fairlead.web.direction import parts, screens, sittings
from fairlead.web.direction.models import Sitting
from fairlead.web.direction.stretches import ON_ONE_SCREEN, WHY

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.cast import Member

    from fairlead.web.people.models import Person

ORDER = (
    "achievement", "independence", "recognition", "relationships", "support", "working_conditions",
)  # fmt: skip
"""An order of the six values that nobody contradicts."""


def begin(member: Member, section: str, **more: str) -> Sitting:
    answer = member.browser.post(f"/direction/part/{section}/", {"language": "en"} | more)
    assert answer.status_code == 302, answer.content.decode()[-3000:]
    found = sittings.open_sitting(member.person, section)
    assert found is not None
    return found


def send(member: Member, sitting: Sitting, number: int, said: dict[str, Any], go: str = "on") -> Any:
    return member.browser.post(f"/direction/sitting/{sitting.pk}/{number}/", {**said, "go": go})


def finish(member: Member, sitting: Sitting) -> Sitting:
    answer = member.browser.post(f"/direction/sitting/{sitting.pk}/review/")
    assert answer["Location"] == f"/direction/sitting/{sitting.pk}/", answer["Location"]
    sitting.refresh_from_db()
    return sitting


def value_set(member: Member, sitting: Sitting, number: int, order: Sequence[str]) -> Any:
    """Answer the set that stands on a screen, by an order of the values."""
    sitting.refresh_from_db()
    asked = screens.screens(sitting)[number - 1].asked
    assert asked is not None
    shown = sorted((str(one) for one in designs()[asked.place]), key=list(order).index)
    return send(member, sitting, number, {"set": asked.place, "most": shown[0], "least": shown[-1]})


def values(member: Member, *, mine: Sequence[str] = ORDER, practice: Sequence[str] = ()) -> Sitting:
    """Answer every set of one's own values, and of daily practice where an order is given."""
    sitting = begin(member, "values")
    for number in count(1):
        sitting.refresh_from_db()
        asked = screens.screens(sitting)
        if number > len(asked) or asked[number - 1].asked is None:
            break
        side = asked[number - 1].asked.side
        if side == "practice" and not practice:
            break
        value_set(member, sitting, number, mine if side == "mine" else practice)
    return finish(member, sitting)


def why(member: Member, **said: Any) -> Sitting:
    sitting = begin(member, "why")
    for number, (_title, names) in enumerate(WHY, 1):
        send(member, sitting, number, {name: said[name] for name in names if name in said})
    return finish(member, sitting)


def finished(person: Person, section: str, content: Any, *, days_ago: int = 0) -> Sitting:
    """Make a sitting that was finished some days ago."""
    at = timezone.now() - timedelta(days=days_ago)
    name = parts.INSTRUMENTS.get(section, "")
    version = load.instrument(name).version if name else ""
    return Sitting.objects.create(
        owner=person, section=section, version=version, content=content, made_at=at, finished_at=at
    )


def energy(member: Member, **effects: int) -> Sitting:
    """Speak about some tasks: ten hours each spent, five wanted."""
    sitting = begin(member, "energy")
    send(member, sitting, 1, {"tasks": list(effects)})
    for number, _screen in enumerate(screens.screens(_fresh(sitting))[1:], 2):
        first = (number - 2) * ON_ONE_SCREEN
        said: dict[str, Any] = {}
        for place, effect in list(enumerate(effects.values()))[first : first + ON_ONE_SCREEN]:
            said |= {f"{place}-effect": effect, f"{place}-hours_spent": 10, f"{place}-hours_wanted": 5}
        send(member, sitting, number, said)
    return finish(member, sitting)


def _fresh(sitting: Sitting) -> Sitting:
    sitting.refresh_from_db()
    return sitting
