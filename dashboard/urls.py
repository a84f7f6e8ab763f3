"""Addresses of the pages that join apps."""

from __future__ import annotations

from django.conf import settings
from django.urls import path

from dashboard import views

app_name = "dashboard"

urlpatterns = [
    path("", views.home, name="home"),
    path("home/waiting", views.waiting, name="waiting"),
    path("home/live", views.live, name="live"),
    path("account/", views.account, name="account"),
    path("login", views.LogIn.as_view(), name="login"),
    path("logout", views.LogOut.as_view(), name="logout"),
    path("language", views.set_language, name="language"),
    path("theme", views.set_theme, name="theme"),
    path("keys", views.set_keys, name="keys"),
    path("search", views.search, name="search"),
]
if settings.DEBUG:
    urlpatterns.append(path("gallery", views.gallery, name="gallery"))
