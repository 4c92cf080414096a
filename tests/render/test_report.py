"""The paper report: tagged for screen readers, the same bytes each time, every number explained."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
from dataclasses import replace

import pikepdf
import pytest
from tests.render.sample import ATTRIBUTION, role_audit

from fairlead.render import charts, report


@pytest.fixture(scope="module")
def printed():
    return report.pdf(role_audit())


def structure(pdf):
    """Every element of the tag tree, as (type, element)."""
    waiting = [pdf.Root.StructTreeRoot]
    while waiting:
        node = waiting.pop(0)
        if isinstance(node, pikepdf.Dictionary):
            if "/S" in node:
                yield str(node.S)[1:], node
            kids = node.get("/K")
            if isinstance(kids, pikepdf.Array):
                waiting.extend(k for k in kids if isinstance(k, pikepdf.Dictionary))
            elif isinstance(kids, pikepdf.Dictionary):
                waiting.append(kids)


def text_of(data, tmp_path):
    if not shutil.which("pdftotext"):
        pytest.skip("pdftotext is not installed")
    file = tmp_path / "report.pdf"
    file.write_bytes(data)
    done = subprocess.run(["pdftotext", file, "-"], capture_output=True, text=True, check=True)
    return re.sub(r"\s+", " ", done.stdout.replace("\u00a0", " "))


def test_the_same_reading_prints_the_same_bytes(printed):
    assert report.pdf(role_audit()) == printed


def test_another_reading_prints_other_bytes(printed):
    assert report.pdf(replace(role_audit(), made_on="2026-05-26")) != printed


def test_it_says_that_it_is_made_for_everybody(printed):
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        with pdf.open_metadata() as about:
            assert about["pdfuaid:part"] == "1"
            assert about["dc:title"] == "Role audit"
            assert "xmp:CreateDate" not in about
        assert "/CreationDate" not in pdf.docinfo


def test_every_picture_says_what_it_shows(printed):
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        spoken = [str(e.get("/Alt", "")) for kind, e in structure(pdf) if kind == "Figure"]
    pictures = [d for d in charts.figures(role_audit()) if d.paper]
    assert sorted(spoken) == sorted(f"{d.title}. {d.sentence}" for d in pictures)


def test_tables_have_heads_and_headings_do_not_skip(printed):
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        kinds = [kind for kind, _ in structure(pdf)]
        tables = [e for kind, e in structure(pdf) if kind == "Table"]
    assert len(tables) >= 12
    assert kinds.count("TH") > len(tables)
    assert {"H1", "H2", "H3", "L", "LI"} <= set(kinds)
    assert "H4" not in kinds


def test_its_font_is_inside(printed):
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        fonts = {}
        for page in pdf.pages:
            for font in page.Resources.get("/Font", {}).values():
                for below in font.DescendantFonts:
                    fonts[str(below.BaseFont)] = "/FontFile2" in below.FontDescriptor
    assert fonts
    assert all(fonts.values())
    assert all("SourceSans3" in name for name in fonts)


def test_the_next_step_comes_first_and_the_making_of_numbers_is_told(printed, tmp_path):
    text = text_of(printed, tmp_path)
    audit = role_audit()
    places = [
        text.index(audit.next_step.title),
        text.index("The map: leading and managing"),
        text.index("Your average week"),
        text.index("What is asked beside what is done"),
        text.index("Urgent work crowds out the rest"),
        text.index("The rut check"),
        text.index("Every number"),
    ]
    assert places == sorted(places)
    assert ATTRIBUTION in text
    assert "declined and cancelled events." in text
    assert "9 declined" in text


def test_text_from_a_calendar_stays_text(tmp_path):
    audit = role_audit()
    hostile = '#read("/etc/passwd") = *x* <a> $y$ @z'
    time = replace(audit.time, unsorted=(replace(audit.time.unsorted[0], title=hostile),))
    text = text_of(report.pdf(replace(audit, time=time)), tmp_path)
    assert re.sub(r"\s", "", hostile) in re.sub(r"\s", "", text)
    assert "root:" not in text


def test_a_reading_with_nothing_in_it_still_prints(tmp_path):
    bare = replace(
        role_audit(),
        time=None,
        role=None,
        gaps=(),
        map=(),
        aspects=(),
        warnings=(),
        rut=None,
        way_out=(),
        notes=(),
    )
    text = text_of(report.pdf(bare), tmp_path)
    assert bare.next_step.title in text
    assert "will stand here" in text
