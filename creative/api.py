"""The door of `creative`: what other apps may call."""

from __future__ import annotations

from creative.brief import parse_product
from creative.demo_page.run import make_demo
from creative.live import LIVE_TOPICS
from creative.page_data.home import Footage, Home, Work, home, waiting_counts
from creative.page_data.search import Hit, find_by_name
from creative.page_data.sentences import in_words as reason_in_words
from creative.page_data.words import Mark, marks
from creative.references.subtitles import read_subtitles
from creative.rewriting.phrasebook.product import short_name
from creative.rewriting.writer import write as write_script
from creative.selectors import product_data
from creative.services.presenters import withdraw_presenters

__all__ = [
    "LIVE_TOPICS",
    "Footage",
    "Hit",
    "Home",
    "Mark",
    "Work",
    "find_by_name",
    "home",
    "make_demo",
    "marks",
    "parse_product",
    "product_data",
    "read_subtitles",
    "reason_in_words",
    "short_name",
    "waiting_counts",
    "withdraw_presenters",
    "write_script",
]
