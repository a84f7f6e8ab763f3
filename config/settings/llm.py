"""Language model and embeddings: any server that speaks the OpenAI API."""

from __future__ import annotations

from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from config.settings.environment import ROOT, read_flag, read_object, read_text, read_url, read_whole_number

LLM_BASE_URL = read_url("LLM_BASE_URL", ("http", "https"))
LLM_MODEL = read_text("LLM_MODEL")
LLM_API_KEY = read_text("LLM_API_KEY")
# When the language model fails, the phrasebook writes and the script says so; off: the failure is raised.
LLM_FALLBACK = read_flag("LLM_FALLBACK", True)
# How many questions one process asks at a time; the others wait for their turn, the urgent ones first.
LLM_CONCURRENCY = read_whole_number("LLM_CONCURRENCY", 32, 1, 1000)
# Whether the model takes pictures: asked of the server itself unless said.
LLM_VISION = read_text("LLM_VISION", "auto")
# What a server wants to be told beside the question, in every request: sampling of its own, a template's switches.
LLM_EXTRA_BODY = read_object("LLM_EXTRA_BODY")
# Fen for a million tokens read and written; 0 where the server is one's own and nobody sends a bill.
LLM_INPUT_FEN = read_whole_number("LLM_INPUT_FEN", 0, 0, 10_000_000)
LLM_OUTPUT_FEN = read_whole_number("LLM_OUTPUT_FEN", 0, 0, 10_000_000)
# Off, nothing is written down until it is asked for: a test's database is the test's own.
LLM_BOOKS_THREAD = True
# What `serve_llm` runs in: it needs packages that ours cannot have beside it.
LLM_VENV = Path(read_text("LLM_VENV", str(ROOT / ".venv-llm"))).expanduser().absolute()
EMBEDDINGS_BASE_URL = read_url("EMBEDDINGS_BASE_URL", ("http", "https"))
EMBEDDINGS_MODEL = read_text("EMBEDDINGS_MODEL")
# Core's folders know nothing of each other: this is where search learns whom to ask for vectors.
EMBEDDINGS_CLIENT = "core.llm.embeddings.configured_client"

if LLM_BASE_URL and not LLM_MODEL:
    raise ImproperlyConfigured("LLM_MODEL: must be set together with LLM_BASE_URL")
if LLM_VISION not in {"auto", "yes", "no"}:
    raise ImproperlyConfigured(f"LLM_VISION: {LLM_VISION!r} is none of auto, yes, no")
if _ours := sorted(
    {"model", "messages", "max_tokens", "stream", "response_format", "priority"} & LLM_EXTRA_BODY.keys()
):
    raise ImproperlyConfigured(f"LLM_EXTRA_BODY: {', '.join(_ours)} is said by every question itself")
if EMBEDDINGS_BASE_URL and not EMBEDDINGS_MODEL:
    raise ImproperlyConfigured("EMBEDDINGS_MODEL: must be set together with EMBEDDINGS_BASE_URL")
