"""The look: dark colours alike in their three places, contrast as promised, digits for widths."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.templatetags.figures import digits, duration, short_timecode, size, timecode
from core.templatetags.slots import described, strip

CSS = (Path(__file__).resolve().parents[2] / "core/static/core/css/tokens.css").read_text(encoding="utf-8")


def tokens(block: str) -> dict[str, str]:
    return dict(re.findall(r"--([\w-]+): ([^;]+);", block))


def blocks() -> tuple[dict[str, str], dict[str, str], dict[str, str]]:
    light = CSS[CSS.index(":root {") : CSS.index("}", CSS.index(":root {"))]
    chosen_at = CSS.index(':root[data-theme="dark"], .stage {')
    system_at = CSS.index(':root:not([data-theme="light"]) {')
    chosen = CSS[chosen_at : CSS.index("}", chosen_at)]
    system = CSS[system_at : CSS.index("}", system_at)]
    return tokens(light), tokens(chosen), tokens(system)


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_dark_is_the_same_chosen_on_the_stage_and_by_the_system():
    _light, chosen, system = blocks()

    assert chosen == system
    assert len(chosen) > 25


@pytest.mark.parametrize(
    ("text", "ground"),
    [
        *(("ink", "panel"), ("ink2", "panel"), ("ink3", "panel"), ("ink3", "ground"), ("ink3", "inset")),
        *(("acc", "panel"), ("acc", "accsoft"), ("warn", "warnsoft"), ("stop", "stopsoft"), ("onbtn", "btn")),
        *(("onthread", "hook"), ("onthread", "pain"), ("onthread", "selling"), ("onthread", "proof")),
        *(("onoffer", "offer"), ("onthread", "cta")),
    ],
)
def test_text_reaches_four_and_a_half_to_one_in_both_themes(text, ground):
    light, chosen, _system = blocks()
    dark = light | chosen

    assert contrast(light[text], light[ground]) >= 4.5
    assert contrast(dark[text], dark[ground]) >= 4.5


def test_a_width_reaches_the_stylesheet_as_digits():
    assert digits(352) == "n n3-0 n2-3 n1-5 n0-2"
    assert digits(-4) == digits(0)
    assert digits(123456) == digits(9999)


def test_a_strip_is_read_aloud_in_order():
    slots = [("hook", 3.0), {"role": "cta", "seconds": 2.64}]

    assert described(slots) == "开场 3.0 秒、行动 2.6 秒"
    assert strip(slots).count("<i ") == 2


def test_times_and_sizes_are_written_as_people_read_them():
    assert (timecode(64.25), short_timecode(64.9)) == ("1:04.2", "01:04")
    assert (size(8_100_000), size(900), duration(20), duration(150)) == ("8.1 MB", "900 B", "20 秒", "2 分钟")
