"""Addresses of colleagues' input; the room's own list takes them in."""

from __future__ import annotations

from django.urls import path

from fairlead.web.promotions import peers_views

urlpatterns = [
    path("cases/<uuid:pk>/peers/", peers_views.of_case, name="peers"),
    path("peers/<uuid:pk>/", peers_views.write, name="peer_write"),
    path("peers/<uuid:pk>/summary/", peers_views.summarize, name="peer_summary"),
    path("peers/<uuid:pk>/answer/", peers_views.answer, name="peer_answer"),
]
