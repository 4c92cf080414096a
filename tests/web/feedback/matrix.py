"""Who gets what from every address of feedback."""

from __future__ import annotations

from typing import Any

from tests.web.feedback import matrix_answers, matrix_reports, matrix_surveys


def rows(row: Any) -> dict[str, Any]:
    """Every address of feedback."""
    return {**matrix_surveys.rows(row), **matrix_answers.rows(row), **matrix_reports.rows(row)}
