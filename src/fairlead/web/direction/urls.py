"""Addresses of My direction."""

from __future__ import annotations

from django.urls import include, path

from fairlead.web.direction import views

app_name = "direction"
urlpatterns = [
    path("", views.index, name="index"),
    path("", include("fairlead.web.direction.later_urls")),
]
