"""One report as a file: on paper, or its figures as a table."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from fairlead.web.feedback.models import Report
    from fairlead.web.feedback.reporting import Page

FORMS: Final = {"pdf": "application/pdf", "csv": "text/csv; charset=utf-8"}
"""The endings a report can be had with, and what each of them is."""


def write(page: Page, form: str) -> bytes:
    """Write a report: the same words and numbers as on its page."""
    from fairlead.render import feedback_paper  # noqa: PLC0415 - only where a file is made

    if form == "csv":
        from fairlead.sources.files import write_csv  # noqa: PLC0415 - only for this ending

        columns, *rows = feedback_paper.rows(page.told)
        # Spreadsheet programs take a CSV for UTF-8 only when it says so.
        return write_csv([str(one) for one in columns], rows).encode("utf-8-sig")
    from fairlead.render.report import print_report  # noqa: PLC0415 - typst is slow to load

    told = feedback_paper.paper(page.told, page.advice)
    return print_report(told, feedback_paper.drawings(told))


def name_of(report: Report, form: str) -> str:
    """Name the file: no name of a person is in it, because files lie about."""
    return f"feedback-{report.survey.closes_on.isoformat()}-{report.reach}.{form}"
