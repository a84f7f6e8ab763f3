"""The phrasebook: a script writer that needs no language model, only the brief's own facts."""

from __future__ import annotations

from creative.rewriting.phrasebook.phrases import STYLE_NAMES, STYLES, Style, style_for
from creative.rewriting.phrasebook.writer import write_script, write_variants

__all__ = ["STYLES", "STYLE_NAMES", "Style", "style_for", "write_script", "write_variants"]
