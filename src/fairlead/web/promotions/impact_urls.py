"""Addresses of statements about oneself and of selection rates; the room's own list takes them in."""

from __future__ import annotations

from django.urls import path

from fairlead.web.promotions import impact_views as views

urlpatterns = [
    path("about-me/", views.about_me, name="about_me"),
    path("about-me/take-back/", views.take_back, name="take_back_statement"),
    path("impact/", views.index, name="impact"),
    path("impact/questions/", views.ask, name="impact_questions"),
    path("impact/<uuid:pk>/", views.one, name="impact_table"),
    path("impact/<uuid:pk>/publish/", views.publish, name="impact_publish"),
    path("impact/<uuid:pk>/take-down/", views.take_down, name="impact_take_down"),
    path("impact/<uuid:pk>/summary/", views.summary, name="impact_summary"),
    path("impact/<uuid:pk>/file/<slug:form>/", views.file, name="impact_file"),
]
