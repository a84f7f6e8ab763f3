"""Registers the app with Django, and takes up the root that an install on several machines signs under."""

from __future__ import annotations

import base64

from django.apps import AppConfig
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured


class GenerationConfig(AppConfig):
    name = "generation"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        """Before anything is written or signed, whichever command it is."""
        from core.llm.gateway import ask_first
        from generation.licences import model_objection

        ask_first(model_objection)
        if not settings.SIGNING_ROOT:
            return
        from generation.provenance.chain import adopt_root

        try:
            adopt_root(settings.ADLOOM_HOME, base64.b64decode(settings.SIGNING_ROOT, validate=True).decode())
        except (ValueError, TypeError) as error:
            raise ImproperlyConfigured("SIGNING_ROOT: is not what make_keys wrote") from error
