"""Addresses of calibration and of what belongs to it; the room's own list takes them in."""

from __future__ import annotations

from django.urls import path

from fairlead.web.promotions import calibration_views, peers_urls

urlpatterns = [
    path("rounds/<uuid:pk>/calibration/", calibration_views.calibrating, name="calibration"),
    path("rounds/<uuid:pk>/calibration/mine/", calibration_views.mine, name="calibration_mine"),
    path(
        "rounds/<uuid:pk>/calibration/raters/<uuid:rater>/",
        calibration_views.of_rater,
        name="calibration_rater",
    ),
    path("cases/<uuid:pk>/ratings/", calibration_views.of_case, name="case_ratings"),
    path("ratings/<uuid:pk>/revise/", calibration_views.revise, name="revise"),
    *peers_urls.urlpatterns,
]
