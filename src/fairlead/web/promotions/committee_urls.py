"""Addresses of seats, of raters added by hand, and of evidence out of one's own log."""

from __future__ import annotations

from django.urls import path

from fairlead.web.promotions import committee_views, log_views

urlpatterns = [
    path("rounds/<uuid:pk>/committee/", committee_views.committee, name="committee"),
    path("seats/<uuid:pk>/end/", committee_views.end_seat, name="end_seat"),
    path("rounds/<uuid:pk>/raters/add/", committee_views.add_rater, name="add_rater"),
    path("cases/<uuid:pk>/from-my-log/", log_views.from_log, name="from_log"),
]
