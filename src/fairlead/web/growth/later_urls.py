"""Addresses of mentors, the coach's space, the plan, leaders and the own way of leading."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
