"""Addresses of Promotions."""

from __future__ import annotations

from django.urls import path

from fairlead.web.promotions import (
    calibration_urls,
    case_views,
    committee_urls,
    conferring_urls,
    deciding_views,
    evidence_views,
    impact_urls,
    letter_views,
    rating_views,
    taken_out_views,
    views,
)

app_name = "promotions"
urlpatterns = [
    path("", views.index, name="index"),
    path("mail/", letter_views.mail, name="mail"),
    path("rounds/new/", views.new, name="new"),
    path("rounds/<uuid:pk>/", views.one_round, name="round"),
    path("rounds/<uuid:pk>/change/", views.change, name="change"),
    path("rounds/<uuid:pk>/delete/", views.delete, name="delete"),
    path("rounds/<uuid:pk>/openings/", views.add_opening, name="add_opening"),
    path("openings/<uuid:pk>/remove/", views.remove_opening, name="remove_opening"),
    path("rounds/<uuid:pk>/seats/", views.give_seat, name="give_seat"),
    path("seats/<uuid:pk>/remove/", views.take_seat, name="take_seat"),
    path("rounds/<uuid:pk>/open/", views.open_round, name="open"),
    path("rounds/<uuid:pk>/go-on/", views.go_on, name="go_on"),
    path("rounds/<uuid:pk>/cancel/", views.cancel, name="cancel"),
    path("seats/<uuid:pk>/conflict/", rating_views.conflict, name="conflict"),
    path("rounds/<uuid:pk>/raters/", rating_views.raters, name="raters"),
    path("assignments/<uuid:pk>/end/", rating_views.end_assignment, name="end_assignment"),
    path("rounds/<uuid:pk>/nominate/", case_views.nominate, name="nominate"),
    path("cases/<uuid:pk>/", case_views.case, name="case"),
    path("cases/<uuid:pk>/do/<slug:verb>/", case_views.do, name="do"),
    path("cases/<uuid:pk>/write/", case_views.write, name="write"),
    path("cases/<uuid:pk>/evidence/", evidence_views.evidence, name="evidence"),
    path("evidence/<uuid:pk>/change/", evidence_views.change_evidence, name="change_evidence"),
    path("evidence/<uuid:pk>/remove/", evidence_views.remove_evidence, name="remove_evidence"),
    path("cases/<uuid:pk>/myself/", case_views.rate_oneself, name="rate_oneself"),
    path("cases/<uuid:pk>/advocate/", case_views.advocate, name="advocate"),
    path("cases/<uuid:pk>/rate/", rating_views.rate, name="rate"),
    path("cases/<uuid:pk>/hand-in/", rating_views.hand_in, name="hand_in"),
    path("cases/<uuid:pk>/recuse/", rating_views.recuse, name="recuse"),
    path("cases/<uuid:pk>/decide/", deciding_views.decide, name="decide"),
    path("cases/<uuid:pk>/set-aside/", deciding_views.set_aside, name="set_aside"),
    path("cases/<uuid:pk>/decision/", deciding_views.decision, name="decision"),
    path("cases/<uuid:pk>/decision/change/", deciding_views.change, name="change_decision"),
    path("cases/<uuid:pk>/decision/answer/", deciding_views.answer, name="answer"),
    path("cases/<uuid:pk>/next-step/", deciding_views.next_step, name="next_step"),
    path("next-steps/<uuid:pk>/done/", deciding_views.step_done, name="step_done"),
    path("cases/<uuid:pk>/file/<slug:form>/", taken_out_views.case, name="case_file"),
    path("cases/<uuid:pk>/decision/file/<slug:form>/", taken_out_views.decision, name="decision_file"),
    path(
        "rounds/<uuid:pk>/calibration/file/<slug:form>/", taken_out_views.calibration, name="calibration_file"
    ),
    *calibration_urls.urlpatterns,
    *impact_urls.urlpatterns,
    *conferring_urls.urlpatterns,
    *committee_urls.urlpatterns,
]
