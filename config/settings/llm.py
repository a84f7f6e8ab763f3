"""Language model and embeddings: any server that speaks the OpenAI API."""

from __future__ import annotations

from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import read_flag, read_text, read_url

LLM_BASE_URL = read_url("LLM_BASE_URL", ("http", "https"))
LLM_MODEL = read_text("LLM_MODEL")
LLM_API_KEY = read_text("LLM_API_KEY")
# When the language model fails, the phrasebook writes and the script says so; off: the failure is raised.
LLM_FALLBACK = read_flag("LLM_FALLBACK", True)
EMBEDDINGS_BASE_URL = read_url("EMBEDDINGS_BASE_URL", ("http", "https"))
EMBEDDINGS_MODEL = read_text("EMBEDDINGS_MODEL")
# Core's folders know nothing of each other: this is where search learns whom to ask for vectors.
EMBEDDINGS_CLIENT = "core.llm.embeddings.configured_client"

if LLM_BASE_URL and not LLM_MODEL:
    raise ImproperlyConfigured("LLM_MODEL: must be set together with LLM_BASE_URL")
if EMBEDDINGS_BASE_URL and not EMBEDDINGS_MODEL:
    raise ImproperlyConfigured("EMBEDDINGS_MODEL: must be set together with EMBEDDINGS_BASE_URL")
