"""Addresses of the handbook. Each has its row in tests/web/handbook/matrix.py."""

from __future__ import annotations

from django.urls import path

from fairlead.web.handbook import views

app_name = "handbook"
urlpatterns = [
    path("", views.index, name="index"),
    path("page/<slug:name>/", views.page, name="page"),
]
