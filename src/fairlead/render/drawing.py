"""From an Altair chart to a figure that stands in a page: spec, SVG, sentence and table together."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, Final
from xml.etree import ElementTree as ET

from fairlead.render import theme

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import altair as alt

WIDE: Final = 680
"""Width of a figure in CSS pixels on a page of 65 characters."""

NARROW: Final = 342
"""Width of a figure on a screen of 390 pixels."""

WORDS_ONLY: Final = 0
"""A width that draws nothing: sentence and table for a terminal, without the charts' slow start."""

VEGA_LITE: Final = "6.4"
_SVG: Final = "http://www.w3.org/2000/svg"
_INNER_ARIA: Final = ("role", "aria-label", "aria-roledescription", "aria-hidden", "pointer-events")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """The numbers of a figure as text, for people who would rather read than look."""

    headers: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """One figure with its sentence and table.

    ``svg`` stands inline in a page and follows its light or dark colours through the custom
    properties of ``colours.css``; ``paper`` is the same drawing with the light colours written out;
    ``spec`` is for Vega-Lite in a browser. Without data ``spec`` is ``None``, both drawings are
    empty, and ``sentence`` says what would stand there.
    """

    name: str
    title: str
    sentence: str
    table: Table
    spec: Mapping[str, Any] | None = None
    svg: str = ""
    paper: str = ""


def empty(name: str, title: str, sentence: str, headers: Sequence[str] = ()) -> Drawn:
    """Give the figure that has no data yet: only the sentence that says what will stand there."""
    return Drawn(name=name, title=title, sentence=sentence, table=Table(headers=tuple(headers), rows=()))


def drawn(
    chart: Callable[[], alt.TopLevelMixin], *, name: str, title: str, sentence: str, table: Table, width: int
) -> Drawn:
    """Render a chart once and put it together with its words; ``WORDS_ONLY`` draws nothing."""
    if width == WORDS_ONLY:
        return Drawn(name=name, title=title, sentence=sentence, table=table)
    plain = _as_spec(chart)
    # The wide and the narrow drawing may stand on one page, so their ids differ.
    paper = svg(plain, name=f"{name}-narrow" if width < WIDE else name, title=title, sentence=sentence)
    return Drawn(
        name=name,
        title=title,
        sentence=sentence,
        table=table,
        spec=spec(plain),
        svg=in_page_colours(paper),
        paper=paper,
    )


def _as_spec(chart: Callable[[], alt.TopLevelMixin]) -> dict[str, Any]:
    """Build a chart without checking every part of it against the schema: tests do that for each spec."""
    from altair.utils import schemapi

    with schemapi.debug_mode(False):
        return chart().to_dict(validate=False)


def spec(chart: alt.TopLevelMixin | Mapping[str, Any]) -> dict[str, Any]:
    """Give the Vega-Lite spec for the browser, in the page's own colours."""
    plain = chart if isinstance(chart, dict) else chart.to_dict()  # type: ignore[union-attr]
    found: dict[str, Any] = json.loads(in_page_colours(json.dumps(plain)))
    return found


def svg(chart: alt.TopLevelMixin | Mapping[str, Any], *, name: str, title: str, sentence: str) -> str:
    """Render to SVG with the light colours written out, titled and described, ids made unique."""
    plain = chart if isinstance(chart, dict) else chart.to_dict()  # type: ignore[union-attr]
    root = ET.fromstring(_renderer().vegalite_to_svg(plain, vl_version=VEGA_LITE, allowed_base_urls=[]))  # noqa: S314 - our own renderer's output
    _quieten(root)
    patterned = _pattern(root, name)
    _describe(root, name, title, sentence)
    if patterned:
        _defs(root).extend(_pattern_element(name, kind) for kind in patterned)
    ET.register_namespace("", _SVG)
    text = ET.tostring(root, encoding="unicode")
    return re.sub(r'(id="|url\(#)(clip|gradient_)', rf"\1figure-{name}-\2", text)


def in_page_colours(text: str) -> str:
    """Replace each colour of the light theme by the custom property that holds it."""
    return _COLOURS.sub(lambda found: _PROPERTIES[found[0]], text)


def bundle() -> str:
    """Give the JavaScript that draws the specs in a browser: Vega, Vega-Lite and Vega-Embed."""
    import vl_convert

    return vl_convert.javascript_bundle("window.vegaEmbed = vegaEmbed;", vl_version=VEGA_LITE)


_PROPERTIES: Final = {colour: f"var(--{name})" for name, colour in theme.LIGHT.items()}
_COLOURS: Final = re.compile("|".join(_PROPERTIES))


@cache
def _renderer() -> Any:
    import vl_convert

    vl_convert.register_font_directory(str(theme.FONTS))
    return vl_convert


def _quieten(root: ET.Element) -> None:
    # The picture is one image with a title and a description; its hundred inner labels would be
    # read one by one by a screen reader, and say less than the table beside it.
    for parent in list(root.iter()):
        for child in list(parent):
            unseen = child.get("opacity") == "0" or child.get("display") == "none"
            unseen = unseen or child.get("fill") == "transparent"
            if unseen or (child.get("class") == "background" and "fill" not in child.attrib):
                parent.remove(child)
        for attribute in (*_INNER_ARIA, "class"):
            parent.attrib.pop(attribute, None)


def _pattern(root: ET.Element, name: str) -> list[str]:
    used = []
    for kind in theme.PATTERNED:
        marks = [e for e in root.iter(f"{{{_SVG}}}path") if e.get("fill") == theme.LIGHT[kind]]
        for mark in marks:
            mark.set("fill", f"url(#figure-{name}-{kind})")
        if marks:
            used.append(kind)
    return used


_STROKES: Final = {
    "firefighting": "M-1,1l2,-2M0,6l6,-6M5,7l2,-2",
    "recovery": "M0,3h6",
    "unclear": "M1,1.5h1.2M4,4.5h1.2",
}
_STROKE_WIDTHS: Final = {"firefighting": "1.1", "recovery": "1", "unclear": "1.2"}


def _pattern_element(name: str, kind: str) -> ET.Element:
    box = {"width": "6", "height": "6"}
    pattern = ET.Element(
        f"{{{_SVG}}}pattern", {"id": f"figure-{name}-{kind}", "patternUnits": "userSpaceOnUse", **box}
    )
    ET.SubElement(pattern, f"{{{_SVG}}}rect", {**box, "fill": theme.LIGHT[kind]})
    stroke = {"stroke": theme.LIGHT["paper"], "stroke-width": _STROKE_WIDTHS[kind], "fill": "none"}
    ET.SubElement(pattern, f"{{{_SVG}}}path", {"d": _STROKES[kind], **stroke})
    return pattern


def _defs(root: ET.Element) -> ET.Element:
    found = root.find(f"{{{_SVG}}}defs")
    return found if found is not None else ET.SubElement(root, f"{{{_SVG}}}defs")


def _describe(root: ET.Element, name: str, title: str, sentence: str) -> None:
    root.set("role", "img")
    root.set("aria-labelledby", f"figure-{name}-title figure-{name}-desc")
    root.set("class", "figure")
    words = []
    for tag, text in (("title", title), ("desc", sentence)):
        element = ET.Element(f"{{{_SVG}}}{tag}", {"id": f"figure-{name}-{tag}"})
        element.text = text
        words.append(element)
    root[:0] = words
