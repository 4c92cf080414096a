"""Addresses of mentors, the coach's space, the plan, leaders and the own way of leading."""

from __future__ import annotations

from django.urls import path

from fairlead.web.growth import coach_views, leader_views, mentor_views, philosophy_views, plan_views

urlpatterns = [
    path("mentors/", mentor_views.mentors, name="mentors"),
    path("mentors/offer/", mentor_views.offer, name="mentor_offer"),
    path("mentors/wish/", mentor_views.wish, name="mentor_wish"),
    path("mentors/wish/<uuid:pk>/delete/", mentor_views.forget_wish, name="forget_mentor_wish"),
    path("mentors/<uuid:pk>/ask/", mentor_views.ask, name="ask_mentor"),
    path("mentors/<uuid:pk>/withdraw/", mentor_views.withdraw_offer, name="withdraw_mentor_offer"),
    path("mentorships/<uuid:pk>/agree/", mentor_views.agree, name="agree_mentorship"),
    path("mentorships/<uuid:pk>/decline/", mentor_views.decline, name="decline_mentorship"),
    path("mentorships/<uuid:pk>/take-back/", mentor_views.take_back, name="take_back_mentorship"),
    path("mentorships/<uuid:pk>/end/", mentor_views.end, name="end_mentorship"),
    path("mentorships/<uuid:pk>/remove/", mentor_views.remove, name="remove_mentorship"),
    path("coach/", coach_views.coaching, name="coaching"),
    path("coach/<uuid:pk>/", coach_views.coached, name="coached"),
    path("coach/<uuid:pk>/talk/", coach_views.talk, name="coach_talk"),
    path("coach/notes/<uuid:pk>/", coach_views.note, name="coach_note"),
    path("coach/notes/<uuid:pk>/delete/", coach_views.delete_note, name="delete_coach_note"),
    path("coach/notes/<uuid:pk>/show/", coach_views.show_note, name="show_coach_note"),
    path("coach/notes/<uuid:pk>/hide/", coach_views.hide_note, name="hide_coach_note"),
    path("plan/", plan_views.plan, name="plan"),
    path("plan/write/", plan_views.write, name="write_plan"),
    path("plan/<uuid:pk>/undo/", plan_views.undo, name="undo_plan"),
    path("plan/<uuid:pk>/delete/", plan_views.delete, name="delete_plan"),
    path("leaders/", leader_views.leaders, name="leaders"),
    path("leaders/<uuid:pk>/", leader_views.leader, name="leader"),
    path("leaders/<uuid:pk>/remove/", leader_views.remove, name="remove_leader"),
    path("my-way/", philosophy_views.philosophy, name="philosophy"),
    path("my-way/rules/", philosophy_views.take_rules, name="take_rules"),
    path("my-way/preview/", philosophy_views.preview, name="philosophy_preview"),
    path("my-way/publish/", philosophy_views.publish, name="publish_philosophy"),
    path("my-way/withdraw/", philosophy_views.withdraw, name="withdraw_philosophy"),
    path("my-way/delete/", philosophy_views.delete, name="delete_philosophy"),
]
