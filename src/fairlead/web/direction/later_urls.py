"""Addresses of what comes after knowing oneself: frustrations, the next level, the goal, offers, tracks."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
