import pytest

from core.contracts import LANGUAGES, PLATFORMS
from core.platforms import LABEL_TEXTS, RATIOS, Placement, every_profile, profile, ratio_of


def test_every_platform_has_every_shape_with_source_and_date() -> None:
    for each in every_profile():
        assert [placement.ratio for placement in each.placements] == list(RATIOS)
        assert each.source
        assert each.read_on == "2026-11-22"
        assert 0 < each.min_seconds < each.max_seconds
    assert [each.platform for each in every_profile()] == list(PLATFORMS)


def test_safe_areas_lie_inside_their_canvas_and_leave_room_for_words() -> None:
    for each in every_profile():
        for area in each.placements:
            assert 0 < area.safe_left < area.safe_right < area.width
            assert 0 < area.safe_top < area.safe_bottom < area.height
            assert (area.safe_right - area.safe_left) >= 0.6 * area.width


def test_a_safe_area_shrinks_inwards_with_its_canvas() -> None:
    assert profile("tiktok").placement("9:16").scaled(360, 640) == Placement("9:16", 360, 640, 40, 84, 306, 416)


SHAPES = [
    ((1080, 1920), "9:16"),
    ((540, 960), "9:16"),
    ((720, 720), "1:1"),
    ((1280, 720), "16:9"),
    ((640, 480), None),
    ((0, 9), None),
]


@pytest.mark.parametrize(("size", "ratio"), SHAPES)
def test_a_shape_is_told_by_its_size(size: tuple[int, int], ratio: str | None) -> None:
    assert ratio_of(*size) == ratio


def test_the_label_has_words_in_every_language() -> None:
    assert set(LABEL_TEXTS) == set(LANGUAGES)
