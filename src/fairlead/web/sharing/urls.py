"""Addresses of what is shown to whom."""

from __future__ import annotations

app_name = "sharing"
urlpatterns: list[object] = []
