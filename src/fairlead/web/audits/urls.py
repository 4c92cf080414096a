"""Addresses of My role."""

from __future__ import annotations

from django.urls import path

from fairlead.web.audits import registers, roles, sheets, views

app_name = "audits"
urlpatterns = [
    path("", views.role, name="role"),
    path("calendar/", views.calendar, name="calendar"),
    path("read-again/", views.read_again, name="read_again"),
    path("put-away/<uuid:pk>/", views.put_away, name="put_away"),
    path("readings/", views.readings, name="readings"),
    path("readings/compare/", views.compare, name="compare"),
    path("readings/<uuid:pk>/", views.reading, name="reading"),
    path("readings/<uuid:pk>/events/", views.events, name="events"),
    path("readings/<uuid:pk>/correct/", views.correct, name="correct"),
    path("readings/<uuid:pk>/delete/", views.delete_reading, name="delete_reading"),
    path("readings/<uuid:pk>/reading.<slug:form>", views.download, name="download"),
    path("sort/<uuid:pk>/", views.sort, name="sort"),
    path("sort/<uuid:pk>/forget-titles/", views.forget_titles, name="forget_titles"),
    path("rules/", views.rules, name="rules"),
    path("rules/<uuid:pk>/take-back/", views.take_back, name="take_back"),
    path("delete-everything/", views.delete_everything, name="delete_everything"),
    path("questions/<slug:instrument>/", sheets.questionnaire, name="questionnaire"),
    path("answers/<uuid:pk>/", sheets.sheet, name="sheet"),
    path("answers/<uuid:pk>/<int:number>/", sheets.step, name="step"),
    path("answers/<uuid:pk>/review/", sheets.review, name="review"),
    path("answers/<uuid:pk>/delete/", sheets.delete_sheet, name="delete_sheet"),
    path("asked/", roles.asked, name="asked"),
    path("asked/suggest/", roles.suggest, name="suggest"),
    path("asked/choose/", roles.choose_role, name="choose_role"),
    path("asked/description/", roles.description, name="description"),
    path("asked/own/", roles.own_profile, name="own_profile"),
    path("asked/own/<uuid:pk>/", roles.profile, name="profile"),
    path("asked/own/<uuid:pk>/delete/", roles.delete_profile, name="delete_profile"),
    path("asked/role/<str:code>/", roles.library_role, name="library_role"),
    path("high-payoff/", registers.high_payoff, name="high_payoff"),
    path("high-payoff/<uuid:pk>/", registers.high_payoff_entry, name="high_payoff_entry"),
    path("high-payoff/<uuid:pk>/remove/", registers.remove_high_payoff, name="remove_high_payoff"),
    path("procedures/", registers.procedures, name="procedures"),
    path("procedures/<uuid:pk>/", registers.procedure, name="procedure"),
    path("procedures/<uuid:pk>/remove/", registers.remove_procedure, name="remove_procedure"),
    path("decision/", registers.decision, name="decision"),
    path("decision/<uuid:pk>/tick/", registers.tick, name="tick"),
    path("decision/<uuid:pk>/delete/", registers.delete_decision, name="delete_decision"),
]
