"""Addresses of the criteria."""

from __future__ import annotations

from django.urls import path

from fairlead.web.promotions import criteria_edit_views as drafts
from fairlead.web.promotions import criteria_views as views

app_name = "criteria"
urlpatterns = [
    path("", views.index, name="index"),
    path("example/", views.example, name="example"),
    path("example/framework.yaml", views.example_file, name="example_file"),
    path("changes/", views.changes, name="changes"),
    path("team/", views.team, name="team"),
    path("team/propose/", views.propose_team, name="propose_team"),
    path("team/<uuid:pk>/answer/", views.answer_team, name="answer_team"),
    path("drafts/", drafts.drafts, name="drafts"),
    path("drafts/upload/", drafts.upload, name="upload"),
    path("<uuid:pk>/", views.one, name="one"),
    path("<uuid:pk>/framework.yaml", views.one_file, name="file"),
    path("<uuid:pk>/sign/", views.sign, name="sign"),
    path("<uuid:pk>/edit/", drafts.edit, name="edit"),
    path("<uuid:pk>/edit/head/", drafts.head, name="head"),
    path("<uuid:pk>/edit/questions/", drafts.questions, name="questions"),
    path("<uuid:pk>/edit/levels/<slug:name>/", drafts.level, name="level"),
    path("<uuid:pk>/edit/criteria/<slug:name>/", drafts.criterion, name="criterion"),
    path("<uuid:pk>/edit/file/", drafts.replace, name="replace"),
    path("<uuid:pk>/edit/do/<slug:verb>/", drafts.do, name="do"),
    path("<uuid:pk>/put/", drafts.put, name="put"),
    path("<uuid:pk>/delete/", drafts.delete, name="delete"),
]
