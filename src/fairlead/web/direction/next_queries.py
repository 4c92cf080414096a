"""Reading the next level: what a role asks beside one's own weeks, and what was said of it so far."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final

from django.utils.translation import gettext as _

from fairlead.core.direction_answers import Bearing
from fairlead.core.work import ASKED_KINDS, Kind, label
from fairlead.library import load, role_library
from fairlead.library.translations import ORIGINAL
from fairlead.web import asked_in
from fairlead.web.direction import later_sittings, task_words

if TYPE_CHECKING:
    from fairlead.core.roles import RoleProfile
    from fairlead.library.direction import Burden
    from fairlead.web.people.models import Person

USUAL_WEEK: Final = 40.0
"""Hours that shares are spread over; a longer week in the person's own calendar is taken as it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KindBeside:
    """One kind of work in the next level's week and in mine, in hours and as lengths out of 100."""

    kind: str
    label: str
    asked: float
    low: float
    high: float
    mine: float | None
    asked_at: float
    low_at: float
    width: float
    mine_at: float | None
    says: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Preview:
    """The next level's week beside mine; ``mine_from`` says what mine rests on."""

    profile: RoleProfile
    week: float
    kinds: tuple[KindBeside, ...]
    mine_from: str
    fires: str


@dataclass(frozen=True, slots=True, kw_only=True)
class BurdenLine:
    """One burden, and how somebody would take it (empty where that is open)."""

    id: str
    label: str
    says: str
    kind: str
    bearing: str
    own: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class NextLevel:
    """What somebody found out about the next level so far."""

    role: str
    code: str
    heard: str
    would_want: int | None
    why: str
    burdens: tuple[BurdenLine, ...]
    stands_until: str
    is_history: bool

    @property
    def role_language(self) -> str:
        """The language of the role's name: roles of the library have English ones."""
        return ORIGINAL if self.code else asked_in.now()

    def taken(self, bearing: str) -> tuple[BurdenLine, ...]:
        """Give the burdens that one would take like that."""
        return tuple(one for one in self.burdens if one.bearing == bearing)

    @property
    def fine(self) -> tuple[BurdenLine, ...]:
        """Give what would be fine."""
        return self.taken(Bearing.FINE)

    @property
    def bearable(self) -> tuple[BurdenLine, ...]:
        """Give what could be borne."""
        return self.taken(Bearing.BEARABLE)

    @property
    def not_for_me(self) -> tuple[BurdenLine, ...]:
        """Give what would be too much."""
        return self.taken(Bearing.NOT_FOR_ME)

    @property
    def considered(self) -> int:
        """Count the burdens about which something was said."""
        return sum(bool(one.bearing) for one in self.burdens)


def next_level(person: Person) -> NextLevel:
    """Give what the person found out, an expired one too: it says that it is."""
    sitting = later_sittings.newest_of(person, "next_level")
    content: dict[str, Any] = sitting.content if sitting is not None else {}
    said = {str(name): str(bearing) for name, bearing in content.get("burdens", ())}
    role = content.get("role", "")
    until = sitting.stands_until if sitting is not None else None
    return NextLevel(
        role=role,
        code=codes().get(role.casefold(), ""),
        heard=content.get("heard", ""),
        would_want=content.get("would_want"),
        why=content.get("why", ""),
        burdens=tuple(_burden_lines(said)),
        stands_until=asked_in.day(until),
        is_history=sitting is not None and sitting.is_history,
    )


@cache
def codes() -> dict[str, str]:
    """Give the code of each role in the library by its title in small letters."""
    return {one.title.casefold(): code for code, one in role_library.load().profiles.items()}


def title_of(code: str) -> str:
    """Give the title of a role in the library; empty where there is none of that code."""
    found = role_library.load().profiles.get(code)
    return found.title if found is not None else ""


def search(wording: str) -> dict[str, Any]:
    """Find roles by any wording; where nothing is near, give wordings that would find something."""
    if len(wording) < 2:
        return {"q": wording}
    library = role_library.load()
    matches = library.find(wording)
    return {"q": wording, "matches": matches, "near": () if matches else library.suggestions(wording)}


def preview(person: Person, code: str) -> Preview | None:
    """Set a role's week beside the person's own, as their newest calendar shows it."""
    profile = role_library.load().profiles.get(code)
    if profile is None:
        return None
    there = _in_my_calendar(person)
    seen = sum(there.values())
    week = max(USUAL_WEEK, seen)
    mine = {kind: hours * week / seen for kind, hours in there.items()} if seen else {}
    mine_from = _("Mine is not known: no calendar of yours has been read yet.")
    if seen:
        mine_from = _(
            "Mine: the kinds of work in your calendar, %(hours)s a week of it, spread over a week as long "
            "as the role's. Work that stands in no calendar is not in it."
        ) % {"hours": asked_in.hours(seen)}
    highest = [week * (demand.share_high or demand.share or 0) for demand in profile.kinds]
    widest = max([*highest, *mine.values(), 1.0])
    return Preview(
        profile=profile,
        week=week,
        kinds=tuple(_beside(profile, str(kind), week, mine.get(str(kind)), widest) for kind in ASKED_KINDS),
        mine_from=mine_from,
        fires=_fires(mine.get(Kind.FIREFIGHTING)),
    )


def _in_my_calendar(person: Person) -> dict[str, float]:
    """Give the hours a week by kind of work in the newest reading of a calendar; empty without one."""
    time = task_words.newest_time(person)
    weeks = task_words.weeks_of(time) if time is not None else 0.0
    if time is None or not weeks:
        return {}
    return {str(kind): getattr(time.hours, str(kind)) / weeks for kind in (*ASKED_KINDS, Kind.FIREFIGHTING)}


def _beside(profile: RoleProfile, kind: str, week: float, mine: float | None, widest: float) -> KindBeside:
    demand = profile.demand(kind)
    share = demand.share or 0.0
    low, high = demand.share_low or share, demand.share_high or share
    asked, least, most = share * week, low * week, high * week
    return KindBeside(
        kind=kind,
        label=asked_in.said(label(kind)),
        asked=asked,
        low=least,
        high=most,
        mine=mine,
        asked_at=round(100 * asked / widest, 2),
        low_at=round(100 * least / widest, 2),
        width=round(100 * (most - least) / widest, 2),
        mine_at=round(100 * mine / widest, 2) if mine is not None else None,
        says=_hours(least, most, mine),
    )


def _hours(low: float, high: float, mine: float | None) -> str:
    said = {"low": asked_in.number(low), "high": asked_in.hours(high)}
    if mine is None:
        return _("%(low)s to %(high)s a week.") % said
    said["mine"] = asked_in.hours(mine)
    if mine < low:
        return _("%(low)s to %(high)s a week; you spend %(mine)s now, which is less.") % said
    if mine > high:
        return _("%(low)s to %(high)s a week; you spend %(mine)s now, which is more.") % said
    return _("%(low)s to %(high)s a week; you spend %(mine)s now, which is within that.") % said


def _fires(mine: float | None) -> str:
    never = _("Firefighting stands in no role profile: no role asks for it, it happens.")
    beside = _("You have %(hours)s of it a week now.") % {"hours": asked_in.hours(mine)} if mine else ""
    return f"{never} {beside}".strip()


def _burden_lines(said: dict[str, str]) -> list[BurdenLine]:
    known: tuple[Burden, ...] = load.direction_texts(asked_in.now()).burdens
    lines = [
        BurdenLine(
            id=one.id, label=one.label, says=one.says, kind=str(one.kind), bearing=said.get(one.id, "")
        )
        for one in known
    ]
    there = {one.id for one in known}
    return lines + [
        BurdenLine(id=name, label=name, says="", kind="", bearing=bearing, own=True)
        for name, bearing in said.items()
        if name not in there
    ]
