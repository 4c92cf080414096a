"""The figures of a role audit: the map, asked against done, the drift; and all of them in order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from fairlead.core.work import Competency, Kind
from fairlead.render import charts_time, marks, theme, words
from fairlead.render.drawing import NARROW, WIDE, WORDS_ONLY, Drawn, Table, bundle, drawn, empty, spec, svg

if TYPE_CHECKING:
    from collections.abc import Sequence

    from fairlead.core.reading import Gap, MapPoint, RoleAudit
    from fairlead.core.scales import Drift

__all__ = ["NARROW", "WIDE", "WORDS_ONLY", "Drawn", "Table", "bundle", "figures", "spec", "svg"]

_KINDS: Final = {
    **{kind.value: kind.value for kind in Kind},
    **{c.value: c.kind.value for c in Competency},
}
"""The kind of work behind each name that a gap can carry."""

_INDEX: Final = ("rut_index", "rut")
"""The scale that has a line of its own; it runs from 0 to 1, the others in points of their answers."""

_CORNERS: Final[tuple[tuple[float, float, Any, Any, str], ...]] = (
    (0.02, 0.98, "left", "top", "more managing"),
    (0.98, 0.98, "right", "top", "leading and managing"),
    (0.02, 0.02, "left", "bottom", "other work"),
    (0.98, 0.02, "right", "bottom", "more leading"),
)


def figures(audit: RoleAudit, *, width: int = WIDE) -> tuple[Drawn, ...]:
    """Draw every figure of an audit, in the order in which pages show them."""
    drawings = [the_map(audit, width=width), asked_and_done(audit, width=width)]
    if audit.time is not None:
        time = audit.time
        drawings += [
            charts_time.mean_week(time, width=width),
            charts_time.weeks(time, width=width),
            charts_time.competencies(time, width=width),
            charts_time.high_payoff(time, width=width),
            charts_time.meetings_by_size(time, width=width),
            charts_time.meetings_by_relation(time, width=width),
            charts_time.one_to_ones(time, width=width),
            charts_time.after_hours(time, width=width),
        ]
    drawings += [drift(audit, width=width), changes(audit, width=width)]
    return tuple(drawings)


def the_map(audit: RoleAudit, *, width: int = WIDE) -> Drawn:
    """Draw leading against managing, two separate axes: asked, self, calendar, others, over time."""
    name, title = "map", "The map: leading and managing"
    headers = ("Who says so", "Date", "Leading", "Managing", "From")
    points = sorted(audit.map, key=lambda p: (p.who, p.as_of))
    if not points:
        sentence = (
            "Leading and managing will stand here as two axes: what your role asks, what your calendar "
            "shows, what you say yourself. Add a role, a calendar or answers to the role audit."
        )
        return empty(name, title, sentence, headers)
    table = Table(
        headers=headers,
        rows=tuple(
            (
                f"{theme.GLYPHS.get(p.who, '+')} {p.label}",
                words.day(p.as_of),
                _interval(p.leading, p.leading_low, p.leading_high),
                _interval(p.managing, p.managing_low, p.managing_high),
                words.seen(p.n, p.n_of),
            )
            for p in points
        ),
    )
    newest = {p.who: p for p in points}
    latest = list(newest.values())
    return drawn(
        lambda: _map_chart(points, latest, width),
        name=name,
        title=title,
        sentence=_map_sentence(latest),
        table=table,
        width=width,
    )


def _map_chart(points: Sequence[MapPoint], newest: Sequence[MapPoint], width: int) -> Any:
    import altair as alt

    axis: dict[str, Any] = {
        "grid": True,
        "values": [0, 0.25, 0.5, 0.75, 1],
        "format": ".2f",
        "titleAnchor": "end",
    }
    scale = alt.Scale(domain=[0, 1], nice=False)
    x = alt.X("leading:Q", scale=scale, axis=alt.Axis(title="leading →", **axis))
    y = alt.Y("managing:Q", scale=scale, axis=alt.Axis(title="managing →", **axis))
    ink, muted = theme.LIGHT["ink"], theme.LIGHT["muted"]
    rows = [_map_row(p, newest=p in newest) for p in points]
    data = marks.values(rows)
    height = min(width, 460)
    corners = []
    for cx, cy, align, baseline, text in _CORNERS:
        at = _free_place(cx, cy, text, points, (width - 90, height - 60))
        named = alt.Chart(marks.values([{"leading": at, "managing": cy, "text": text}]))
        named = named.encode(x=x, y=y, text="text:N")
        placed: dict[str, Any] = {"align": align, "baseline": baseline, "fontStyle": "italic"}
        paper = theme.LIGHT["paper"]  # where no place is free, the letters stay readable over a line
        corners += [
            named.mark_text(color=paper, stroke=paper, strokeWidth=4, **placed),
            named.mark_text(color=muted, **placed),
        ]
    halves = alt.Chart(marks.values([{"half": 0.5}]))
    cross = [
        halves.mark_rule(color=theme.LIGHT["control"], strokeDash=[3, 4]).encode(
            x=alt.X("half:Q", scale=scale)
        ),
        halves.mark_rule(color=theme.LIGHT["control"], strokeDash=[3, 4]).encode(
            y=alt.Y("half:Q", scale=scale)
        ),
    ]
    trail = (
        alt.Chart(data)
        .mark_line(color=theme.LIGHT["control"], strokeWidth=1.5)
        .encode(x=x, y=y, detail="who:N", order="date:O")
    )
    faded = alt.Opacity("fade:Q", scale=None)
    across = alt.Chart(data).mark_rule(color=ink, strokeWidth=1.5)
    lines = [
        across.encode(x=alt.X("leading_low:Q", scale=scale), x2="leading_high", y=y, opacity=faded),
        across.encode(y=alt.Y("managing_low:Q", scale=scale), y2="managing_high", x=x, opacity=faded),
    ]
    sources = sorted({(p.who, p.who) for p in newest})
    dots = (
        alt.Chart(data)
        .mark_point(size=150, filled=True, color=ink, stroke=theme.LIGHT["paper"], strokeWidth=1.5)
        .encode(
            x=x,
            y=y,
            shape=alt.Shape("who:N", scale=marks.shape_scale(sources), legend=None),
            opacity=faded,
            tooltip=["label:N", "date:N", "shown:N"],
        )
    )
    names = [_map_name(p, newest, x, y, (width, height)) for p in newest]
    return marks.frame(alt.layer(*cross, trail, *lines, *corners, dots, *names), width=width, height=height)


def _free_place(cx: float, cy: float, text: str, points: Sequence[MapPoint], plot: tuple[int, int]) -> float:
    """Move the word of a corner inwards until no point, interval or name lies on it; else leave it there."""
    wide, high = len(text) * 7 / plot[0], 20 / plot[1]
    bottom, top = (cy - high, cy) if cy > 0.5 else (cy, cy + high)
    inwards = 1 if cx < 0.5 else -1
    for moved in range(0, 44, 4):
        at = cx + inwards * moved / 100
        left, right = (at, at + wide) if inwards > 0 else (at - wide, at)
        if moved and left < 0.5 < right:
            break
        if not any(_lies_on(p, (left, right, bottom, top), plot) for p in points):
            return at
    return cx


def _lies_on(p: MapPoint, box: tuple[float, float, float, float], plot: tuple[int, int]) -> bool:
    left, right, bottom, top = box
    x, y = 10 / plot[0], 10 / plot[1]  # half a mark
    upright = left - x < p.leading < right + x and p.managing_low < top and bottom < p.managing_high
    level = bottom - y < p.managing < top + y and p.leading_low < right and left < p.leading_high
    mark = left - x < p.leading < right + x and bottom - y < p.managing < top + y
    return upright or level or mark


def _map_row(point: MapPoint, *, newest: bool) -> dict[str, Any]:
    return {
        "who": point.who,
        "label": point.label,
        "date": point.as_of,
        "leading": point.leading,
        "leading_low": point.leading_low,
        "leading_high": point.leading_high,
        "managing": point.managing,
        "managing_low": point.managing_low,
        "managing_high": point.managing_high,
        "fade": 1 if newest else 0.45,
        "shown": f"leading {point.leading:.2f}, managing {point.managing:.2f}",
    }


def _map_name(point: MapPoint, all_points: Sequence[MapPoint], x: Any, y: Any, size: tuple[int, int]) -> Any:
    import altair as alt

    # A name goes to the emptier side; of two points close together the lower one is named below.
    close = [
        p
        for p in all_points
        if p is not point
        and abs(p.managing - point.managing) * size[1] < 22
        and abs(p.leading - point.leading) < 0.3
    ]
    below = bool(close) and (point.managing, point.who) <= min((p.managing, p.who) for p in close)
    text = point.label if size[0] > NARROW else _SHORT.get(point.who, point.label)
    # About 7.5 pixels a letter, and some 90 for the axis: on the right only where the name fits.
    left = point.leading + len(text) * 7.5 / (size[0] - 90) > 0.98
    placed: dict[str, Any] = {
        "align": "right" if left else "left",
        "dx": -12 if left else 12,
        "dy": 16 if below else -12,
        "fontWeight": 600,
    }
    named = alt.Chart(
        marks.values([{"leading": point.leading, "managing": point.managing, "text": text}])
    ).encode(x=x, y=y, text="text:N")
    paper = theme.LIGHT["paper"]  # behind the letters, so that they stay readable over lines
    return alt.layer(
        named.mark_text(color=paper, stroke=paper, strokeWidth=4, **placed), named.mark_text(**placed)
    )


_SHORT: Final = {"asked": "asked", "calendar": "calendar", "self": "you", "others": "others"}
"""What a point is called where there is little room."""


def _map_sentence(newest: Sequence[MapPoint]) -> str:
    parts = [f"{p.label}: leading {p.leading:.2f}, managing {p.managing:.2f}" for p in newest]
    sentence = "; ".join([*parts[:1], *(part[:1].lower() + part[1:] for part in parts[1:])]) + "."
    by = {p.who: p for p in newest}
    done = by.get("calendar") or by.get("self")
    if "asked" in by and done is not None:
        sentence += f" {_beside('leading', by['asked'], done)} {_beside('managing', by['asked'], done)}"
    return sentence


def _beside(axis: str, asked: MapPoint, done: MapPoint) -> str:
    if getattr(done, f"{axis}_high") < getattr(asked, f"{axis}_low"):
        return f"The role asks for more {axis} than is done."
    if getattr(done, f"{axis}_low") > getattr(asked, f"{axis}_high"):
        return f"More {axis} is done than the role asks for."
    return f"For {axis} the two intervals meet."


def asked_and_done(audit: RoleAudit, *, width: int = WIDE) -> Drawn:
    """Draw what the role asks against what is done, each with its interval."""
    name, title = "asked-and-done", "What is asked beside what is done"
    headers = ("", "Asked", "Done", "Asked minus done", "Reading")
    gaps = [g for g in audit.gaps if g.asked.value is not None or g.done.value is not None]
    if not gaps:
        sentence = "What your role asks beside what you do will stand here, once both are known."
        return empty(name, title, sentence, headers)
    table = Table(
        headers=headers,
        rows=tuple(
            (g.label, words.figure(g.asked), words.figure(g.done), _signed(g.gap), g.says) for g in gaps
        ),
    )
    clear = [g.label.lower() for g in gaps if g.clear]
    if not any(g.gap is not None for g in gaps):
        known = "asked" if gaps[0].asked.value is not None else "done"
        sentence = f"Only what is {known} is known yet, so there is nothing to set beside it."
    elif clear:
        sentence = f"Asked and done lie clearly apart for {words.listed(clear)}; elsewhere they do not."
    else:
        sentence = "Asked and done lie clearly apart nowhere."
    return drawn(
        lambda: _pairs(gaps, width), name=name, title=title, sentence=sentence, table=table, width=width
    )


def _pairs(gaps: Sequence[Gap], width: int) -> Any:
    import altair as alt

    rows: list[dict[str, Any]] = [
        {
            "name": g.label,
            "who": who,
            "value": f.value,
            "low": f.value if f.low is None else f.low,
            "high": f.value if f.high is None else f.high,
            "shown": words.figure(f),
            "colour": theme.LIGHT[_KINDS.get(g.name, "unclear")],
        }
        for g in gaps
        for who, f in (("asked", g.asked), ("done", g.done))
        if f.value is not None
    ]
    top = max(row["high"] for row in rows)
    y = alt.Y(
        "name:N",
        sort=None,
        scale=alt.Scale(domain=[g.label for g in gaps], paddingInner=0.2),
        axis=marks.names_axis(width),
    )
    offset = alt.YOffset("who:N", scale=alt.Scale(domain=["asked", "done"], paddingInner=0, paddingOuter=0.5))
    axis = alt.Axis(title="share", format=".0%", grid=True, titleAnchor="end", tickCount=5)
    scale = alt.Scale(domain=[0, max(top * 1.05, 0.1)], nice=True)
    colour = alt.Color("colour:N", scale=None)
    base = alt.Chart(marks.values(rows)).encode(y=y, yOffset=offset, color=colour)
    line = base.mark_rule(strokeWidth=2.5).encode(x=alt.X("low:Q", scale=scale, axis=axis), x2="high")
    legend = alt.Legend(
        title=None,
        orient="top",
        offset=8,
        symbolFillColor=theme.LIGHT["ink"],
        symbolStrokeColor=theme.LIGHT["ink"],
    )
    point = base.mark_point(
        size=110, filled=True, opacity=1, stroke=theme.LIGHT["paper"], strokeWidth=1
    ).encode(
        x=alt.X("value:Q", scale=scale, axis=axis),
        shape=alt.Shape(
            "who:N", scale=alt.Scale(domain=["asked", "done"], range=["diamond", "square"]), legend=legend
        ),
        tooltip=["name:N", "who:N", "shown:N"],
    )
    return marks.frame(line + point, width=width, height=44 * len(gaps))


def drift(audit: RoleAudit, *, width: int = WIDE) -> Drawn:
    """Draw how the rut check moved since an earlier time, with the interval of each change."""
    name, title = "drift", "Since the last rut check"
    headers = ("Scale", "Before", "Now", "Change", "Reading")
    if audit.rut is None:
        return empty(name, title, "How your rut check moves over time will stand here.", headers)
    moves = tuple(d for d in audit.rut.drift if d.scale in _INDEX)
    if not moves:
        sentence = (
            "How your rut check moves over time will stand here, once you have answered it."
            if audit.rut.index.value is None
            else f"One rut check so far: {words.index(audit.rut.index)}. The line begins with the second."
        )
        return empty(name, title, sentence, headers)
    sentence = " ".join(f"{d.label}: {d.moved}." for d in moves)
    return drawn(
        lambda: _lines(moves, width),
        name=name,
        title=title,
        sentence=sentence,
        table=_moved(headers, moves),
        width=width,
    )


def changes(audit: RoleAudit, *, width: int = WIDE) -> Drawn:
    """Draw how far each scale of the questionnaires moved since the last time, with its interval."""
    name, title = "changes", "What has moved, scale by scale"
    headers = ("Scale", "Before", "Now", "Change", "Reading")
    moves = tuple(d for d in audit.rut.drift if d.scale not in _INDEX) if audit.rut else ()
    if not moves:
        sentence = "How far each scale has moved will stand here, once you have answered a second time."
        return empty(name, title, sentence, headers)
    clear = [f"{d.label.lower()} ({d.moved})" for d in moves if d.low > 0 or d.high < 0]
    sentence = (
        f"Clearly moved: {words.listed(clear)}; for the rest the interval holds no change as well."
        if clear
        else "Nothing has clearly moved: every interval holds no change as well."
    )
    return drawn(
        lambda: _shifts(moves, width),
        name=name,
        title=title,
        sentence=sentence,
        table=_moved(headers, moves),
        width=width,
    )


def _moved(headers: tuple[str, ...], moves: Sequence[Drift]) -> Table:
    rows = tuple(
        (
            d.label,
            f"{d.earlier:.2f} ({words.day(d.earlier_on)})",
            f"{d.later:.2f} ({words.day(d.later_on)})",
            f"{_change(d.change)} ({_change(d.low)} to {_change(d.high)})",
            d.moved,
        )
        for d in moves
    )
    return Table(headers=headers, rows=rows)


def _shifts(moves: Sequence[Drift], width: int) -> Any:
    import altair as alt

    rows = [
        {"name": d.label, "change": d.change, "low": d.low, "high": d.high, "moved": d.moved} for d in moves
    ]
    far = max(max(abs(d.low), abs(d.high)) for d in moves) or 1.0
    scale = alt.Scale(domain=[-far, far], nice=True)
    axis = alt.Axis(title="change in points", format="+.1f", grid=True, titleAnchor="end", tickCount=5)
    ink = theme.LIGHT["ink"]
    base = alt.Chart(marks.values(rows)).encode(
        y=alt.Y(
            "name:N",
            sort=None,
            scale=alt.Scale(domain=[d.label for d in moves]),
            axis=marks.names_axis(width),
        )
    )
    layers = [
        alt.Chart(marks.values([{"none": 0}]))
        .mark_rule(color=theme.LIGHT["control"], strokeDash=[3, 4])
        .encode(x=alt.X("none:Q", scale=scale, axis=axis)),
        base.mark_rule(color=ink, strokeWidth=2).encode(x=alt.X("low:Q", scale=scale, axis=axis), x2="high"),
        base.mark_point(color=ink, filled=True, size=90, opacity=1).encode(
            x=alt.X("change:Q", scale=scale, axis=axis), tooltip=["name:N", "moved:N"]
        ),
    ]
    return marks.frame(alt.layer(*layers), width=width, height=marks.ROW * len(moves))


def _lines(moves: Sequence[Drift], width: int) -> Any:
    import altair as alt

    rows = [
        {
            "name": d.label,
            "date": day,
            "at": marks.instant(day),
            "value": value,
            "low": value + (d.low - d.change if newest else 0),
            "high": value + (d.high - d.change if newest else 0),
            "shown": f"{value:.2f}",
        }
        for d in moves
        for newest, day, value in ((False, d.earlier_on, d.earlier), (True, d.later_on, d.later))
    ]
    x = marks.weeks_axis("at", [day for d in moves for day in (d.earlier_on, d.later_on)], width)
    axis = alt.Axis(title=None, grid=True, tickCount=4)
    y = alt.Y("value:Q", axis=axis, scale=alt.Scale(zero=True))
    base = alt.Chart(marks.values(rows)).encode(x=x)
    ink = theme.LIGHT["ink"]
    layers = [
        base.mark_rule(color=ink).encode(y=alt.Y("low:Q", scale=alt.Scale(zero=True), axis=axis), y2="high"),
        base.mark_line(color=ink).encode(y=y, detail="name:N"),
        base.mark_point(filled=True, size=90, color=ink, opacity=1).encode(
            y=y, tooltip=["name:N", "date:N", "shown:N"]
        ),
    ]
    return marks.frame(alt.layer(*layers), width=width, height=180)


def _interval(value: float, low: float, high: float) -> str:
    return f"{value:.2f} ({low:.2f} to {high:.2f})"


def _signed(value: float | None) -> str:
    if value is None:
        return words.DASH
    return ("+" if value > 0 else "") + f"{words.number(100 * value, 0)} points"


def _change(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")
