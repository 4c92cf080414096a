"""Counting selection rates: by the worker, on the duty for equality, through the one gate.

What a round showed once stays; a later count shows a round again only where nothing it showed has changed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from fairlead.core import impact_linked
from fairlead.core.decisions import NOT_STATED
from fairlead.web import trail
from fairlead.web.promotions import impact_rows, impact_statements
from fairlead.web.promotions.models import ImpactTable
from fairlead.web.runs import actions as runs
from fairlead.web.runs import queries as run_queries
from fairlead.web.runs.actions import Outcome, Refused

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from fairlead.core.impact_linked import Row, Sighted
    from fairlead.core.impact_release import ReleasedImpact
    from fairlead.web.people.models import Person
    from fairlead.web.promotions.models import Round
    from fairlead.web.runs.actions import Progress
    from fairlead.web.runs.models import Run

    Asked = Sequence[tuple[str, list[str], Mapping[str, str]]]

KIND: Final = "impact"
METHOD: Final = "selection rates, safe counts by integer programs, people tied over rounds: 1"
MINIMUM: Final = 5
State = ImpactTable.State
FAMILIES: Final = (impact_rows.DECIDED, impact_rows.NOMINATED)
"""In this order: where both cannot be shown together, who was promoted is what matters more."""


def kept(family: str) -> list[ImpactTable]:
    """Give what was released of a family of tables, the first one first."""
    return list(ImpactTable.objects.filter(step=family, state=State.RELEASED).order_by("made_at"))


def counted(family: str) -> dict[str, str]:
    """Give the numbers of the rounds that are in a release, with what they are called there."""
    return {pk: name for one in kept(family) for pk, name in one.content["counted"]}


def waiting(family: str) -> list[Round]:
    """Give finished rounds that no release holds yet."""
    done = counted(family)
    return [one for one in impact_rows.finished() if str(one.pk) not in done]


@transaction.atomic
def work_out(actor: Person, inside: str) -> Run:
    """Let the worker count every finished round that is not counted yet."""
    from fairlead.web.promotions import impact_tasks as tasks  # noqa: PLC0415 - tasks name actions

    if not impact_statements.questions():
        raise Refused("Nothing is asked yet. Write down first what people may state.")
    new = {family: waiting(family) for family in FAMILIES}
    if not any(new.values()):
        raise Refused(
            "Every finished round is counted. What people state or take back from now on counts from the "
            "next round on."
        )
    params = {"inside": inside, "rounds": {name: [str(one.pk) for one in new[name]] for name in FAMILIES}}
    found = runs.digest(params)
    if run_queries.under_way(actor, KIND, found) is not None:
        raise Refused("These rounds are being counted at the moment.")
    return runs.start(
        tasks.count_impact,
        owner=actor,
        kind=KIND,
        params=params,
        page=reverse("promotions:impact"),
        inputs_digest=found,
    )


def compute(run: Run, progress: Progress) -> Outcome:
    """Count, and keep what may be shown; nothing of what somebody stated is kept."""
    asked = impact_statements.questions()
    said: Asked = [
        (one.name, one.categories, stated)
        for one, stated in zip(asked, impact_statements.stated(asked), strict=True)
    ]
    made: list[ImpactTable] = []
    seen = {name: [one.pk for one in kept(name)] for name in FAMILIES}
    for number, family in enumerate(FAMILIES):
        progress(10 + 45 * number, "Counting, and looking for what could give somebody away.")
        new = waiting(family)
        if new:
            made.append(_count(run, family, new, said, made))

    def keep() -> None:
        if seen != {name: [one.pk for one in kept(name)] for name in FAMILIES}:
            raise Refused("Somebody counted these rounds meanwhile. Look at what stands there now.")
        for one in made:
            ImpactTable.objects.filter(step=one.step, state=State.WITHHELD).delete()
            one.save(force_insert=True)
            trail.record(run.owner, "release_impact" if one.state == State.RELEASED else "hold_impact", one)

    return Outcome(result={"tables": [str(one.pk) for one in made]}, method=METHOD[:80], keep=keep)


def _count(run: Run, family: str, new: list[Round], said: Asked, made: list[ImpactTable]) -> ImpactTable:
    table = ImpactTable(
        round=new[-1],
        made_by=run.owner,
        attribute=", ".join(name for name, _those, _stated in said)[:40],
        step=family,
        state=State.WITHHELD,
    )
    names = _names(family, new)
    fresh = dict(names)
    content: dict[str, Any] = {
        "counted": names,
        "asked": [[name, those] for name, those, _stated in said],
    }
    for inside, found, order, earlier in _ways(run.params["inside"], family, new, fresh, content["asked"]):
        if not any(one.person in stated for one in found for _name, _those, stated in said):
            break
        released = _released(impact_rows.decisions(family, found, order, said, inside), earlier)
        if released is None or _gives_away(family, found, released, said, made):
            continue
        from fairlead.core.impact_release import to_json  # noqa: PLC0415 - scipy, for the worker alone

        content |= {
            "inside": inside,
            "released": to_json(released),
            "rows": impact_rows.plain(found),
        }
        table.state, table.released_at = State.RELEASED, timezone.now()
        break
    table.content = content
    return table


def _names(family: str, new: Sequence[Round]) -> list[tuple[str, str]]:
    """Call each round by its title, and two of one title by a number as well; a name given once stays."""
    taken = set(counted(family).values())
    found = []
    for one in new:
        name, number = one.title, 1
        while name in taken:
            number += 1
            name = f"{one.title} ({number})"
        taken.add(name)
        found.append((str(one.pk), name))
    return found


def _ways(
    inside: str, family: str, new: Sequence[Round], names: Mapping[str, str], asked: list[Any]
) -> Iterator[tuple[str, list[Row], list[str], list[ReleasedImpact]]]:
    """Give ways of counting, the most telling first: joined with the rounds before, alone, without units."""
    before = series(family, inside, asked)
    if before:
        last = before[-1].content
        found = impact_rows.read(last["rows"])
        for one in new:
            found += impact_rows.rows(family, one, names[str(one.pk)], inside)
        order = [*released_of(before[-1]).rounds, *names.values()]
        yield inside, found, order, [released_of(one) for one in before]
    for within in dict.fromkeys((inside, "")):
        alone = [row for one in new for row in impact_rows.rows(family, one, names[str(one.pk)], within)]
        yield within, alone, list(names.values()), []


def series(family: str, inside: str, asked: list[Any]) -> list[ImpactTable]:
    """Give the newest releases that hold each other: the same questions and units, one more round each."""
    found: list[ImpactTable] = []
    for one in reversed(kept(family)):
        rounds = tuple(one.content["released"]["rounds"])
        if one.content["inside"] != inside or one.content["asked"] != asked:
            break
        if found and tuple(found[0].content["released"]["rounds"][: len(rounds)]) != rounds:
            break
        found.insert(0, one)
    return found


def released_of(table: ImpactTable) -> ReleasedImpact:
    """Read a release back as it was made."""
    from fairlead.core.impact_release import restore  # noqa: PLC0415 - scipy

    return restore(table.content["released"])


def _released(found: Any, earlier: list[ReleasedImpact]) -> ReleasedImpact | None:
    """Release what may be shown; nothing where former rounds are not what they were, or nothing is safe."""
    from fairlead.core.impact_release import UnsafeCountsError, release_impact  # noqa: PLC0415 - scipy

    try:
        return release_impact(found, minimum=MINIMUM, earlier=earlier)
    except (UnsafeCountsError, ValueError):
        return None


def _gives_away(
    family: str, found: list[Row], released: ReleasedImpact, said: Asked, made: Sequence[ImpactTable]
) -> bool:
    """Say whether this release and all before, of both families, tell of somebody what they stated."""
    tables = [one for name in FAMILIES for one in kept(name)]
    tables += [one for one in made if one.state == State.RELEASED and one.step != family]
    names = [name for name, _those, _stated in said]
    new = impact_linked.Sighted(
        shown=released.shown,
        rows=tuple(found),
        rounds=released.rounds,
        silent=tuple(_silent(released, name) for name in names),
    )
    earlier = [_sighted(one, names) for one in tables]
    return impact_linked.gives_away(
        earlier,
        new,
        [stated for _name, _those, stated in said],
        offered=[those for _name, those, _stated in said],
        minimum=MINIMUM,
    )


def _sighted(table: ImpactTable, names: Sequence[str]) -> Sighted:
    """Give what a release showed of these questions, in their order."""
    released = table.content["released"]
    then = [name for name, _those in table.content["asked"]]
    places = [then.index(name) if name in then else None for name in names[:2]]
    places += [None] * (2 - len(places))
    left = [place for place in range(2) if place not in places]
    shown = tuple(
        ((*("" if place is None else key[place] for place in places), *key[2:]), value)
        for key, value in released["shown"]
        if not any(key[place] for place in left)
    )
    whole = released_of(table)
    return impact_linked.Sighted(
        shown=shown,
        rows=tuple(impact_rows.read(table.content["rows"])),
        rounds=whole.rounds,
        silent=tuple(name not in then or _silent(whole, name) for name in names),
    )


def _silent(released: ReleasedImpact, name: str) -> bool:
    """Say whether a release has a group of those who did not state it, shown or withheld."""
    return any(one.group == NOT_STATED for one in released.find(name).groups)


# --- what everybody may read ---------------------------------------------------------------------------


@transaction.atomic
def publish(actor: Person, table: ImpactTable, words: str) -> None:
    """Let everybody who is signed in read the summary."""
    held = ImpactTable.objects.select_for_update().get(pk=table.pk)
    if held.state != State.RELEASED:
        raise Refused("Nothing of this count may be shown, so there is nothing to publish.")
    held.summary, held.published_at = words, timezone.now()
    held.save(update_fields=["summary", "published_at"])
    trail.record(actor, "publish_impact", held)


@transaction.atomic
def take_down(actor: Person, table: ImpactTable) -> None:
    """Take the summary back."""
    held = ImpactTable.objects.select_for_update().get(pk=table.pk)
    if held.published_at is None:
        raise Refused("This is not published.")
    held.published_at = None
    held.save(update_fields=["published_at"])
    trail.record(actor, "take_down_impact", held)


def exported(actor: Person, table: ImpactTable, form: str) -> None:
    """Note that somebody took a release out as a file."""
    trail.record(actor, "export_impact", table, form=form)
