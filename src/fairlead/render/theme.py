"""One set of colours, one font and one chart theme for browser, terminal, page and paper.

Colour carries meaning and only meaning: each kind of work has one colour, everywhere, and is always
named or patterned as well. ``colours.css`` beside this file is written from the tables here.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fairlead.core.work import Kind

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

FONT: Final = "Source Sans 3"
FONTS: Final = Path(__file__).parent / "fonts"
COLOURS_CSS: Final = Path(__file__).parent / "colours.css"

LIGHT: Final[Mapping[str, str]] = {
    "paper": "#fdfcf9",
    "panel": "#f5f3ee",
    "line": "#d9d5cb",
    "control": "#837f75",
    "muted": "#5d5a53",
    "ink": "#1f2226",
    "link": "#1c4f8a",
    "leading": "#364ca8",
    "managing": "#bd6900",
    "doing": "#00999b",
    "firefighting": "#831a1d",
    "recovery": "#809172",
    "unclear": "#5b5c5e",
    "leading-text": "#33479e",
    "managing-text": "#8f4f00",
    "doing-text": "#006d6f",
    "firefighting-text": "#80191c",
    "recovery-text": "#58684b",
    "unclear-text": "#595a5c",
}
"""Colours on a light page. ``control`` draws borders of inputs (3:1); ``-text`` is for words (4.5:1)."""

DARK: Final[Mapping[str, str]] = {
    "paper": "#15171b",
    "panel": "#1e2126",
    "line": "#3a3e45",
    "control": "#7f848c",
    "muted": "#a9adb4",
    "ink": "#e8e6e1",
    "link": "#8fbdf0",
    "leading": "#6f71fb",
    "managing": "#f5b500",
    "doing": "#24cbd0",
    "firefighting": "#d83523",
    "recovery": "#daecc9",
    "unclear": "#6b6b6e",
    "leading-text": "#9a9cfd",
    "managing-text": "#f5b600",
    "doing-text": "#25ccd1",
    "firefighting-text": "#f47868",
    "recovery-text": "#d9ebc8",
    "unclear-text": "#a3a3a7",
}
"""The same names on a dark page."""

WEB_FONTS: Final = tuple(
    (f"source-sans-3-{subset}-{weight}-{style}.woff2", weight, style, subset)
    for weight, style in ((400, "normal"), (400, "italic"), (600, "normal"))
    for subset in ("latin", "latin-ext")
)
"""File in ``fonts/``, weight, style and subset of each web font, as its makers cut it."""

_RANGES: Final[Mapping[str, str]] = {
    "latin": "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,"
    "U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
    "latin-ext": "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+0304,U+0308,U+0329,"
    "U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+2020,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
}

KINDS: Final = tuple(kind.value for kind in Kind)
"""The six words that have a colour of their own, in the order in which they are stacked."""

PATTERNED: Final = ("firefighting", "recovery", "unclear")
"""Kinds drawn with a pattern as well, so that neighbours differ without any colour."""

SHAPES: Final[Mapping[str, str]] = {
    "asked": "diamond",
    "self": "circle",
    "calendar": "square",
    "others": "triangle-up",
}
"""The mark of each point on the map, in Vega's names."""

GLYPHS: Final[Mapping[str, str]] = {"asked": "◆", "self": "●", "calendar": "■", "others": "▲"}
"""The same marks as text, for legends, terminal and tables."""


def css_variables(palette: Mapping[str, str]) -> str:
    """Write one palette as CSS custom properties, ``--leading: #364ca8;`` and so on, one a line."""
    return "\n".join(f"  --{name}: {value};" for name, value in palette.items())


def colours_css() -> str:
    """Write the stylesheet that defines every colour for light, dark and print.

    A page follows the system's choice; ``data-theme="light"`` or ``"dark"`` on the root overrides it.
    """
    light, dark = css_variables(LIGHT), css_variables(DARK)
    inner = "\n".join(f"  {line}" for line in dark.splitlines())
    return (
        "/* Written from render/theme.py; change the colours there. */\n"
        f":root {{\n  color-scheme: light dark;\n{light}\n}}\n"
        "@media screen and (prefers-color-scheme: dark) {\n"
        f'  :root:not([data-theme="light"]) {{\n{inner}\n  }}\n}}\n'
        f'@media screen {{\n  :root[data-theme="dark"] {{\n    color-scheme: dark;\n{inner}\n  }}\n'
        '  :root[data-theme="light"] {\n    color-scheme: light;\n  }\n}\n'
    )


def font_faces(address: Callable[[str], str], subsets: Sequence[str] = ("latin", "latin-ext")) -> str:
    """Write the ``@font-face`` rules; ``address`` turns a file name of ``fonts/`` into its URL."""
    return "\n".join(
        f'@font-face {{ font-family: "{FONT}"; font-style: {style}; font-weight: {weight}; '
        f'font-display: swap; src: url("{address(name)}") format("woff2"); '
        f"unicode-range: {_RANGES[subset]}; }}"
        for name, weight, style, subset in WEB_FONTS
        if subset in subsets
    )


def altair_config() -> dict[str, Any]:
    """Give the one Vega-Lite ``config``: the font, quiet axes, no frame, the page's own background."""
    words: dict[str, Any] = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 13, "titleFontSize": 13}
    axis = words | {
        "labelColor": LIGHT["muted"],
        "titleColor": LIGHT["muted"],
        "titleFontWeight": "normal",
        "domainColor": LIGHT["line"],
        "gridColor": LIGHT["line"],
        "gridOpacity": 0.7,
        "ticks": False,
        "labelPadding": 6,
        "titlePadding": 10,
    }
    return {
        "font": FONT,
        "background": "transparent",
        "view": {"stroke": None},
        "axis": axis,
        "axisX": {"grid": False},
        "axisY": {"domain": False},
        "legend": words
        | {"labelColor": LIGHT["ink"], "titleColor": LIGHT["muted"], "titleFontWeight": "normal"},
        "text": {"font": FONT, "fontSize": 13, "color": LIGHT["ink"]},
        "header": words | {"labelColor": LIGHT["ink"]},
        "range": {"category": [LIGHT[kind] for kind in KINDS]},
    }
