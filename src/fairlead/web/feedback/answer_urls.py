"""Addresses: answers."""

from __future__ import annotations

from django.urls import path

from fairlead.web.feedback import answer_views

urlpatterns = [
    path("answer/<uuid:seat>/", answer_views.answer, name="answer"),
    path("answer/<uuid:seat>/withdraw/", answer_views.withdraw, name="withdraw"),
]
