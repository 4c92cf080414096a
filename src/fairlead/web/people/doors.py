"""Signing up, signing in, second factors, sessions: the parts of django-allauth that are used."""

from django.urls import include, path

from fairlead.web.people import browsers, provider

urlpatterns = [
    path("", include("allauth.account.urls")),
    path("2fa/", include("allauth.mfa.urls")),
    path("oidc/", provider.show, name="socialaccount_connections"),
    path("oidc/login/", provider.begin, name="openid_connect_login"),
    path("oidc/callback/", provider.back, name="openid_connect_callback"),
    path("oidc/again/", provider.again, name="openid_connect_again"),
    path("oidc/connect/", provider.connect, name="openid_connect_connect"),
    path("oidc/remove/", provider.remove, name="openid_connect_remove"),
    path("sessions/", browsers.show, name="usersessions_list"),
    path("sessions/<int:pk>/end/", browsers.end, name="usersessions_end"),
]
