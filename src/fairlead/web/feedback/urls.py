"""Addresses of feedback: surveys, answering, released figures."""

from __future__ import annotations

from fairlead.web.feedback import answer_urls, report_urls, survey_urls

app_name = "feedback"
urlpatterns = [*survey_urls.urlpatterns, *answer_urls.urlpatterns, *report_urls.urlpatterns]
