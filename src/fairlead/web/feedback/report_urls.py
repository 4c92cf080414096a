"""Addresses: reports, themes, verdicts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import path

from fairlead.web.feedback import report_views

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = [
    path("reports/", report_views.reports, name="reports"),
    path("reports/<uuid:pk>/", report_views.report, name="report"),
    path("reports/<uuid:pk>/report.<slug:form>", report_views.download, name="report_file"),
    path("reports/<uuid:pk>/show/", report_views.show, name="show_report"),
    path("reports/<uuid:pk>/take-back/", report_views.take_back, name="take_back_report"),
    path("reports/<uuid:pk>/themes/", report_views.themes, name="themes"),
    path("reports/<uuid:pk>/themes/<uuid:theme>/", report_views.theme, name="theme"),
    path("reports/<uuid:pk>/themes/<uuid:theme>/remove/", report_views.remove_theme, name="remove_theme"),
    path("reports/none/<uuid:pk>/", report_views.no_report, name="no_report"),
    path("verdicts/", report_views.verdicts, name="verdicts"),
    path("verdicts/<uuid:pk>/", report_views.verdict, name="verdict"),
]
