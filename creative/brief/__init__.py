"""The brief: read from YAML or a form, filled from one sentence of need, written back."""

from __future__ import annotations

from creative.brief.categories import guess_category
from creative.brief.errors import BriefError
from creative.brief.need import brief_from_need, read_need
from creative.brief.parsing import Assumption, BriefReading, parse_brief, parse_product, read_brief
from creative.brief.prices import say_price, show_price
from creative.brief.writing import brief_to_dict, brief_to_yaml

__all__ = [
    "Assumption",
    "BriefError",
    "BriefReading",
    "brief_from_need",
    "brief_to_dict",
    "brief_to_yaml",
    "guess_category",
    "parse_brief",
    "parse_product",
    "read_brief",
    "read_need",
    "say_price",
    "show_price",
]
