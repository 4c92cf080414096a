"""Addresses of what the law asks for."""

from django.urls import path

from fairlead.web.privacy import views

app_name = "privacy"
urlpatterns = [
    path("", views.show, name="mine"),
    path("erasure/", views.ask, name="ask"),
    path("erasure/take-back/", views.take_back, name="take_back"),
    path("requests/", views.list_requests, name="requests"),
    path("requests/<uuid:pk>/erase/", views.erase, name="erase"),
    path("requests/<uuid:pk>/refuse/", views.refuse, name="refuse"),
    path("papers/<slug:name>/", views.paper, name="paper"),
    path("papers/<slug:name>/pdf/", views.print_paper, name="print_paper"),
]
