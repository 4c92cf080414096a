"""The colours hold for eyes that see fewer of them, and the stylesheet is in step."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest

from fairlead.render import theme

# Machado, Oliveira & Fernandes (2009), doi:10.1109/TVCG.2009.113, severity 1.0, on linear RGB.
EYES = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [[0.152286, 1.052583, -0.204868], [0.114503, 0.786281, 0.099216], [-0.003882, -0.048116, 1.051998]]
    ),
    "deuteranopia": np.array(
        [[0.367322, 0.860646, -0.227968], [0.280085, 0.672501, 0.047413], [-0.011820, 0.042940, 0.968881]]
    ),
    "tritanopia": np.array(
        [[1.255528, -0.076749, -0.178779], [-0.078411, 0.930809, 0.147602], [0.004733, 0.691367, 0.303900]]
    ),
}
PALETTES = {"light": theme.LIGHT, "dark": theme.DARK}


def linear(colour):
    part = np.array([int(colour[i : i + 2], 16) for i in (1, 3, 5)]) / 255
    return np.where(part <= 0.04045, part / 12.92, ((part + 0.055) / 1.055) ** 2.4)


def contrast(one, other):
    """WCAG 2.2 contrast ratio."""
    dark, light = sorted(float(linear(c) @ [0.2126, 0.7152, 0.0722]) for c in (one, other))
    return (light + 0.05) / (dark + 0.05)


def lab(rgb):
    to_xyz = np.array(
        [
            [0.4124564, 0.3575761, 0.1804375],
            [0.2126729, 0.7151522, 0.0721750],
            [0.0193339, 0.1191920, 0.9503041],
        ]
    )
    xyz = to_xyz @ np.clip(rgb, 0, 1) / [0.95047, 1, 1.08883]
    x, y, z = np.where(xyz > 216 / 24389, np.cbrt(xyz), (24389 / 27 * xyz + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def ciede2000(one, other):
    """Colour difference by Sharma, Wu & Dalal (2005), doi:10.1002/col.20070."""
    (l1, a1, b1), (l2, a2, b2) = one, other
    mean_c7 = ((np.hypot(a1, b1) + np.hypot(a2, b2)) / 2) ** 7
    grey = 0.5 * (1 - np.sqrt(mean_c7 / (mean_c7 + 25.0**7)))
    a1, a2 = a1 * (1 + grey), a2 * (1 + grey)
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    turn = 0.0 if c1 * c2 == 0 else (h2 - h1 + 180) % 360 - 180
    mean_h = h1 + h2 if c1 * c2 == 0 else (h1 + turn / 2) % 360
    d_l, d_c, d_h = l2 - l1, c2 - c1, 2 * np.sqrt(c1 * c2) * np.sin(np.radians(turn / 2))
    mean_l, mean_c = (l1 + l2) / 2, (c1 + c2) / 2
    t = (
        1
        - 0.17 * np.cos(np.radians(mean_h - 30))
        + 0.24 * np.cos(np.radians(2 * mean_h))
        + 0.32 * np.cos(np.radians(3 * mean_h + 6))
        - 0.20 * np.cos(np.radians(4 * mean_h - 63))
    )
    s_l = 1 + 0.015 * (mean_l - 50) ** 2 / np.sqrt(20 + (mean_l - 50) ** 2)
    s_c, s_h = 1 + 0.045 * mean_c, 1 + 0.015 * mean_c * t
    bend = np.sin(np.radians(60 * np.exp(-(((mean_h - 275) / 25) ** 2))))
    r_t = -2 * np.sqrt(mean_c**7 / (mean_c**7 + 25.0**7)) * bend
    light, chroma, hue = d_l / s_l, d_c / s_c, d_h / s_h
    return float(np.sqrt(light**2 + chroma**2 + hue**2 + r_t * chroma * hue))


@pytest.mark.parametrize(
    ("one", "other", "published"),
    [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
        ((2.0776, 0.0795, -1.1350), (0.9033, -0.0636, -0.5514), 0.9082),
    ],
)
def test_the_difference_formula_agrees_with_its_published_pairs(one, other, published):
    assert ciede2000(one, other) == pytest.approx(published, abs=1e-4)


@pytest.mark.parametrize("page", PALETTES)
@pytest.mark.parametrize("eyes", EYES)
def test_any_two_kinds_are_told_apart_by_every_eye(page, eyes):
    palette = PALETTES[page]
    seen = {kind: lab(EYES[eyes] @ linear(palette[kind])) for kind in theme.KINDS}
    apart = {pair: ciede2000(seen[pair[0]], seen[pair[1]]) for pair in combinations(theme.KINDS, 2)}
    assert min(apart.values()) > 15, min(apart, key=apart.get)


@pytest.mark.parametrize("page", PALETTES)
@pytest.mark.parametrize("ground", ["paper", "panel"])
def test_marks_and_words_stand_out_from_both_grounds(page, ground):
    palette = PALETTES[page]
    for kind in theme.KINDS:
        assert contrast(palette[kind], palette[ground]) >= 3, kind
        assert contrast(palette[f"{kind}-text"], palette[ground]) >= 4.5, kind
    for word in ("ink", "muted", "link"):
        assert contrast(palette[word], palette[ground]) >= 4.5, word
    assert contrast(palette["control"], palette[ground]) >= 3


@pytest.mark.parametrize("page", PALETTES)
def test_every_colour_has_one_name(page):
    colours = list(PALETTES[page].values())
    assert len(set(colours)) == len(colours)
    assert list(PALETTES[page]) == list(theme.LIGHT)


def test_the_stylesheet_is_written_from_the_theme():
    assert theme.COLOURS_CSS.read_text(encoding="utf-8") == theme.colours_css()


def test_the_fonts_are_there_and_small_and_draw_what_we_write():
    from fontTools.ttLib import TTFont

    files = sorted(theme.FONTS.glob("*.ttf"))
    assert [f.stem for f in files] == ["SourceSans3-Italic", "SourceSans3-Regular", "SourceSans3-SemiBold"]
    assert sum(f.stat().st_size for f in files) < 1_500_000
    wanted = set("abcdefghijklmnopqrstuvwxyzäöüßéłőşžÅØ0123456789→←↑↓−×≥≤±≈“”‘’–—…·•") | set(
        theme.GLYPHS.values()
    )
    for file in files:
        with TTFont(file) as font:
            assert {chr(c) for c in font.getBestCmap()} >= wanted, file.name
    assert "SIL OPEN FONT LICENSE" in (theme.FONTS / "OFL.txt").read_text(encoding="utf-8").upper()


def test_every_web_font_has_its_rule_and_its_file():
    rules = theme.font_faces(lambda name: f"/static/{name}")
    assert rules.count("@font-face") == len(list(theme.FONTS.glob("*.woff2"))) == 6
    for name, *_ in theme.WEB_FONTS:
        assert f'url("/static/{name}")' in rules
        assert (theme.FONTS / name).is_file()
