"""Addresses of My direction."""

from __future__ import annotations

from django.urls import include, path

from fairlead.web.direction import asking_views, file_views, views

app_name = "direction"
urlpatterns = [
    path("", views.index, name="index"),
    path("next-step/put-on-my-list/", views.want_step, name="want_step"),
    path("delete-everything/", views.delete_everything, name="delete_everything"),
    path("files/", file_views.own_files, name="files"),
    path("files/answers.<slug:form>", file_views.download, name="download"),
    path("part/<slug:section>/", asking_views.section, name="section"),
    path("sitting/<uuid:pk>/", asking_views.sitting, name="sitting"),
    path("sitting/<uuid:pk>/<int:number>/", asking_views.step, name="step"),
    path("sitting/<uuid:pk>/review/", asking_views.review, name="review"),
    path("sitting/<uuid:pk>/delete/", asking_views.delete_sitting, name="delete_sitting"),
    path("", include("fairlead.web.direction.later_urls")),
]
