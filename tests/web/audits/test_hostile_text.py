"""What somebody types is text wherever it is shown, drawn, printed or taken along."""

from __future__ import annotations

import csv
import io

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.html import escape
from tests.web.audits import made

from fairlead.web.audits import wordings

SCRIPT = "<script>alert(1)</script>"
RIGHT_TO_LEFT = "\N{RIGHT-TO-LEFT OVERRIDE}"
PAGES = ("", "readings/", "asked/", "high-payoff/", "rules/", "readings/{pk}/", "readings/{pk}/reading.html")


@pytest.mark.slow
@pytest.mark.parametrize("title", [SCRIPT, "=1+cmd|x"])
def test_it_is_neither_a_script_nor_a_formula_anywhere(cast, title):
    post = cast.ada.browser.post
    theirs = wordings.example().split("title:")[1].split("\n")[0]
    written = wordings.example().replace(theirs, f' "{title}"', 1)
    assert post("/role/asked/own/", {"text": written}).status_code == 302
    post("/role/high-payoff/", {"area": "own", "name": title, "saves": title, "words": "budget"})
    file = SimpleUploadedFile(f"{title}{RIGHT_TO_LEFT}.ics", made.ics())
    reading = made.read(cast.ada, calendars=file)
    for page in PAGES:
        shown = cast.ada.browser.get(f"/role/{page.format(pk=reading.pk)}").content.decode()
        assert SCRIPT not in shown, page
        assert RIGHT_TO_LEFT not in shown, page
    register = cast.ada.browser.get("/role/high-payoff/").content.decode()
    assert escape(title) in register, "it is there, as text"
    sheet = cast.ada.browser.get(f"/role/readings/{reading.pk}/reading.csv").content.decode("utf-8-sig")
    cells = [cell for row in csv.reader(io.StringIO(sheet)) for cell in row]
    assert not any(cell.startswith(("=", "@", "\t", "\r")) for cell in cells)
