"""Addresses of My growth."""

from __future__ import annotations

from django.urls import include, path

from fairlead.web.growth import views

app_name = "growth"
urlpatterns = [
    path("", views.index, name="index"),
    path("", include("fairlead.web.growth.later_urls")),
]
