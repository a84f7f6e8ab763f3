"""Generated seconds are counted once, however often they are shown."""

from __future__ import annotations

import pytest

from core.models import Advertiser
from generation.contracts import PORTRAIT, Brand, FootageClip, MediaSource, SafeArea, Timeline, Track
from generation.model_host.costs import covered_frames, generated_seconds, order_seconds
from generation.models import ClipOrder, Shot

MADE, FILMED = "a" * 64, "b" * 64


def ad(*clips: tuple[str, int, int]) -> Timeline:
    """An ad that shows (source, from frame, frames) one after the other."""
    placed, at = [], 0
    for sha256, start, frames in clips:
        source = MediaSource(sha256, "/clip.mp4", "clip.mp4", "video", 64, 64, 300)
        placed.append(FootageClip(at, at + frames, source, start))
        at += frames
    return Timeline(PORTRAIT, SafeArea(0, 0, 1, 1), "en", at, (), (Track("picture", tuple(placed)),), Brand("x"))


def test_frames_that_overlap_count_once():
    assert covered_frames([(0, 30), (10, 40), (60, 90)]) == 70
    assert covered_frames([]) == 0


@pytest.mark.django_db
def test_only_what_a_model_made_costs_generated_seconds():
    shop = Advertiser.objects.create(slug="shop", name="Shop")
    shot = Shot.objects.create(
        key="k" * 64, request={}, sha256=MADE, state="done", seconds=5.0, device_seconds=40.0, checkpoint_hash="c"
    )
    orders = [ClipOrder.objects.create(advertiser=shop, shot=shot).pk for _ in range(2)]

    cost = generated_seconds([ad((MADE, 0, 60), (FILMED, 0, 90)), ad((MADE, 30, 60))])

    assert (cost.unique_seconds, cost.shown_seconds, cost.shots, cost.device_seconds) == (3.0, 4.0, 1, 40.0)
    assert order_seconds(orders) == (5.0, 40.0)
