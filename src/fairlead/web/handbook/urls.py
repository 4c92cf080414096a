"""Addresses of the handbook. Each has its row in tests/web/handbook/matrix.py."""

from __future__ import annotations

from django.urls import path

from fairlead.web.handbook import idea_views, moderation_views, tip_views, values_views, views

app_name = "handbook"
urlpatterns = [
    # the library: visitors too, where the setting says so
    path("", views.index, name="index"),
    path("page/<slug:name>/", views.page, name="page"),
    path("search/", views.find, name="search"),
    # tips
    path("tips/", tip_views.own, name="own_tips"),
    path("tips/on/<slug:name>/", tip_views.write, name="write_tip"),
    path("tips/<uuid:pk>/", tip_views.tip, name="tip"),
    path("tips/<uuid:pk>/accept/", tip_views.accept, name="accept"),
    path("tips/<uuid:pk>/withdraw/", tip_views.withdraw, name="withdraw_tip"),
    # what people operations read
    path("to-read/", moderation_views.waiting, name="moderation"),
    path("to-read/<uuid:pk>/", moderation_views.tip, name="moderate"),
    path("notices/<uuid:pk>/", moderation_views.notice, name="settle"),
    path("notices/about/<slug:kind>/<uuid:pk>/", tip_views.notice, name="notice"),
    # ideas between units
    path("ideas/", idea_views.index, name="ideas"),
    path("ideas/new/", idea_views.share, name="share_idea"),
    path("ideas/<uuid:pk>/", idea_views.idea, name="idea"),
    path("ideas/<uuid:pk>/change/", idea_views.change, name="change_idea"),
    path("ideas/<uuid:pk>/withdraw/", idea_views.withdraw, name="withdraw_idea"),
    path("answers/<uuid:pk>/withdraw/", idea_views.withdraw_answer, name="withdraw_answer"),
    path("units/<uuid:pk>/follow/", idea_views.follow, name="follow"),
    # what the organization and its people say of themselves
    path("values/", values_views.show, name="values"),
    path("values/change/", values_views.write, name="write_values"),
    path("values/publish/", values_views.publish, name="publish_values"),
    path("philosophies/", values_views.philosophies, name="philosophies"),
    path("philosophies/<uuid:pk>/", values_views.philosophy, name="philosophy"),
]
