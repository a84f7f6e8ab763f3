"""Registers the app with Django."""

from __future__ import annotations

from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from core.media.binary import share_with_moviepy

        share_with_moviepy()

        from core.llm_books import keep_books

        keep_books()
