"""Addresses of what comes after knowing oneself: frustrations, the next level, the goal, offers, tracks."""

from __future__ import annotations

from django.urls import path

from fairlead.web.direction import (
    frustration_views,
    goal_views,
    next_views,
    offer_views,
    track_views,
)

urlpatterns = [
    path("frustrations/", frustration_views.frustrations, name="frustrations"),
    path("frustrations/<int:number>/", frustration_views.frustration, name="frustration"),
    path(
        "frustrations/<int:number>/remove/", frustration_views.remove_frustration, name="remove_frustration"
    ),
    path("frustrations/<int:number>/want-skill/", frustration_views.want_skill, name="want_skill"),
    path("next-level/", next_views.next_level, name="next_level"),
    path("next-level/role/", next_views.next_role, name="next_role"),
    path("next-level/role/choose/", next_views.choose_next_role, name="choose_next_role"),
    path("next-level/burdens/", next_views.next_burdens, name="next_burdens"),
    path("next-level/talk/", next_views.next_talk, name="next_talk"),
    path("goals/", goal_views.goals, name="goals"),
    path("goals/why/", goal_views.keep_why, name="keep_why"),
    path("goals/open/", goal_views.open_goal, name="open_goal"),
    path("goals/<uuid:pk>/close/", goal_views.close_goal, name="close_goal"),
    path("goals/<uuid:pk>/open-again/", goal_views.open_again, name="open_goal_again"),
    path("goals/<uuid:pk>/delete/", goal_views.delete_goal, name="delete_goal"),
    path("offers/", offer_views.offers, name="offers"),
    path("offers/<uuid:pk>/", offer_views.offer, name="offer"),
    path("offers/<uuid:pk>/change/", offer_views.change_offer, name="change_offer"),
    path("offers/<uuid:pk>/promises/", offer_views.add_promises, name="add_promises"),
    path("offers/<uuid:pk>/promises/<int:number>/remove/", offer_views.remove_promise, name="remove_promise"),
    path("offers/<uuid:pk>/decide/", offer_views.decide, name="decide_offer"),
    path("offers/<uuid:pk>/reopen/", offer_views.reopen, name="reopen_offer"),
    path("offers/<uuid:pk>/delete/", offer_views.delete_offer, name="delete_offer"),
    path("offers/<uuid:pk>/look-back.ics", offer_views.offer_days, name="offer_days"),
    path("offers/<uuid:pk>/look-back/<int:months>/", offer_views.look_back, name="look_back"),
    path("tracks/", track_views.tracks, name="tracks"),
    path("tracks/<slug:track>/", track_views.track, name="track"),
    path("tracks/<slug:track>/about/", track_views.about_track, name="about_track"),
]
