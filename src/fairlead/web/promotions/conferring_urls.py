"""Addresses of what a committee says about a case; the room's own list takes them in."""

from __future__ import annotations

from django.urls import path

from fairlead.web.promotions import conferring_views as views

urlpatterns = [
    path("cases/<uuid:pk>/talk/", views.talk, name="talk"),
    path("cases/<uuid:pk>/notes/", views.note, name="note"),
    path("notes/<uuid:pk>/", views.change_note, name="change_note"),
    path("cases/<uuid:pk>/vote/", views.vote, name="vote"),
]
