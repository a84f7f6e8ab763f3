"""Every address of the platform; each app keeps its own list."""

from __future__ import annotations

from importlib.util import find_spec

from django.urls import URLPattern, URLResolver, include, path

from core.views import LinkLogin, healthz

urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", healthz, name="healthz"),
    path("login/link", LinkLogin.as_view(), name="login-link"),
]

# An app joins with its first page, not before.
for _module in ("dashboard.urls", "creative.urls", "agentbot.urls", "avatar.urls"):
    if find_spec(_module):
        urlpatterns.append(path("", include(_module)))
