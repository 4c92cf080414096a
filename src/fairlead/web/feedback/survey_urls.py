"""Addresses: surveys and questionnaires."""

from __future__ import annotations

from django.urls import path

from fairlead.web.feedback import instrument_views, survey_views

urlpatterns = [
    path("", survey_views.index, name="index"),
    path("surveys/", survey_views.all_surveys, name="surveys"),
    path("new/", survey_views.new, name="new"),
    path("new/<slug:way>/", survey_views.begin, name="begin"),
    path("surveys/<uuid:pk>/", survey_views.survey, name="survey"),
    path("surveys/<uuid:pk>/change/", survey_views.change, name="change"),
    path("surveys/<uuid:pk>/preview/", survey_views.preview, name="preview"),
    path("surveys/<uuid:pk>/launch/", survey_views.launch, name="launch"),
    path("surveys/<uuid:pk>/ask/", survey_views.ask, name="ask"),
    path("surveys/<uuid:pk>/cancel/", survey_views.cancel, name="cancel"),
    path("surveys/<uuid:pk>/delete/", survey_views.delete, name="delete"),
    path("questionnaires/", instrument_views.all_instruments, name="instruments"),
    path("questionnaires/add/", instrument_views.upload, name="upload_instrument"),
    path("questionnaires/own/<uuid:pk>/", instrument_views.own_instrument, name="own_instrument"),
    path(
        "questionnaires/own/<uuid:pk>/file.yaml",
        instrument_views.own_instrument_file,
        name="own_instrument_file",
    ),
    path("questionnaires/own/<uuid:pk>/retire/", instrument_views.retire, name="retire_instrument"),
    path("questionnaires/<slug:name>/", instrument_views.instrument, name="instrument"),
    path("questionnaires/<slug:name>/file.yaml", instrument_views.instrument_file, name="instrument_file"),
]
