"""One file, one call, one decode: what `inspect_file` says about ads with a single thing about them."""

from __future__ import annotations

import resource
from pathlib import Path
from random import Random

import pytest

from core.errors import InputError
from generation.contracts import Check, CheckLimits, TextBox
from generation.quality.check import FileReport, inspect_file
from tests.generation.quality import ads, defects, tricky

NAMES = [
    "size", "length", "decode", "frames", "timing", "black", "still", "bars", "flashing",
    "audio", "av_gap", "silence", "clipping", "loudness", "caption_area", "contrast", "text_overlap", "reading_speed",
    "label_visible",
]  # fmt: skip


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ads.Ad]:
    ad = ads.clean_ad(4, 105)
    return ads.save(ad, tmp_path_factory.mktemp("clean") / "ad.mp4"), ad


def test_a_clean_ad_passes_every_check_and_each_check_appears_once(clean: tuple[Path, ads.Ad]) -> None:
    path, ad = clean

    report = inspect_file(path, CheckLimits(3.5), ads.CANVAS, ads.SAFE, None, ad.boxes, 105, expect_fps=30)

    assert [check.name for check in report.checks] == NAMES
    assert [check for check in report.checks if not check.ok] == []
    assert (report.frames, report.fps) == (105, 30.0)


def test_the_visible_label_is_measured_in_pixels(clean: tuple[Path, ads.Ad]) -> None:
    path, ad = clean
    assert ad.label is not None
    drawn = ad.label.boxes[0].glyph_px

    report = inspect_file(path, CheckLimits(0))

    assert report.visible_to_frame == 105
    # The font's own measure counts half-covered rows as whole, at either end.
    assert drawn - 2 <= report.visible_glyph_px <= drawn


def test_loudness_is_what_ffmpegs_own_meter_says(clean: tuple[Path, ads.Ad]) -> None:
    path, _ = clean

    report = inspect_file(path, CheckLimits(0))

    measured = next(check.measured for check in report.checks if check.name == "loudness")
    assert measured == pytest.approx(-14.0, abs=0.1)


def test_without_a_record_of_texts_contrast_is_not_claimed_and_captions_are_looked_for_in_the_pixels(
    clean: tuple[Path, ads.Ad],
) -> None:
    path, _ = clean

    report = inspect_file(path, CheckLimits(0), safe_area=ads.SAFE)

    assert _check(report, "contrast").reason == "nobody says what text was drawn where"
    assert (_check(report, "caption_area").ok, _check(report, "caption_area").reason) == (True, "as far as pixels tell")


def test_a_caption_outside_the_safe_area_is_found_without_a_record_of_it(tmp_path: Path) -> None:
    ad = ads.clean_ad(7, 105)
    planted = defects.caption_outside(ad, Random(5))
    path = ads.save(ad, tmp_path / "ad.mp4")

    check = _check(inspect_file(path, CheckLimits(0), safe_area=ads.SAFE), "caption_area")

    assert not check.ok
    assert planted.is_found_at(check.at_frame)


def test_a_caption_that_lies_on_another_text_fails(clean: tuple[Path, ads.Ad]) -> None:
    path, _ = clean
    caption = TextBox("caption", "点击下方链接", 30, 80, 60, 380, 300, 410, 22, "#FFFFFF", "#0C0F11")
    button = TextBox("card", "带一瓶去上班", 50, 105, 100, 360, 260, 420, 22, "#101416", "#E7A33E")
    apart = TextBox("card", "冷萃", 50, 105, 100, 200, 260, 240, 22, "#101416", "#E7A33E")

    clash = _check(inspect_file(path, CheckLimits(0), captions=[caption, button]), "text_overlap")
    fine = _check(inspect_file(path, CheckLimits(0), captions=[caption, apart]), "text_overlap")

    assert (clash.ok, clash.measured, clash.at_frame) == (False, "caption on card", 50)
    assert fine.ok


def test_a_length_off_by_more_than_a_fifth_fails(clean: tuple[Path, ads.Ad]) -> None:
    path, _ = clean

    verdicts = {}
    for ordered in (2.9, 3.0, 4.3, 4.5):
        report = inspect_file(path, CheckLimits(ordered))
        verdicts[ordered] = next(check.ok for check in report.checks if check.name == "length")

    assert verdicts == {2.9: False, 3.0: True, 4.3: True, 4.5: False}


def test_an_end_card_may_stand_four_seconds_and_footage_only_two(tmp_path: Path) -> None:
    ad = tricky.still_end_card(Random("end card"))
    path = ads.save(ad, tmp_path / "ad.mp4")

    as_end_card = inspect_file(path, CheckLimits(5), end_card_from_frame=45)
    as_footage = inspect_file(path, CheckLimits(5), end_card_from_frame=150)

    assert _check(as_end_card, "still").ok
    assert not _check(as_footage, "still").ok
    assert _check(as_footage, "still").at_frame == 45
    assert _check(as_footage, "still").reason == "nothing moves for 3.50 s"


def test_a_caption_that_asks_for_fast_reading_is_a_warning_and_no_failure(clean: tuple[Path, ads.Ad]) -> None:
    path, _ = clean
    box = TextBox(
        "caption", "一口气读完这么多字真的很难", 30, 60, 100, 300, 200, 330, 20, "#FFFFFF", "", is_moving=False
    )

    report = inspect_file(path, CheckLimits(0), captions=[box])

    check = _check(report, "reading_speed")
    assert (check.ok, check.measured, check.at_frame) == (True, 13.0, 30)
    assert check.reason.startswith("warning")


def test_a_failed_check_names_reason_and_frame(tmp_path: Path) -> None:
    ad = ads.clean_ad(11, 105)
    planted = defects.black(ad, Random(3))
    path = ads.save(ad, tmp_path / "ad.mp4")

    check = _check(inspect_file(path, CheckLimits(0)), "black")

    assert check.at_frame == planted.first
    assert check.reason.startswith("black for 0.")


@pytest.mark.parametrize("content", [b"", b"#EXTM3U\nfile:///etc/passwd\n", b"not a video" * 100])
def test_a_file_that_is_no_video_is_refused_by_name(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "ad.mp4"
    path.write_bytes(content)

    with pytest.raises(InputError, match=r"^ad\.mp4: cannot be read as a video"):
        inspect_file(path, CheckLimits(0))


def test_a_playlist_that_points_elsewhere_is_not_followed(tmp_path: Path, clean: tuple[Path, ads.Ad]) -> None:
    path, _ = clean
    playlist = tmp_path / "ad.mp4"
    playlist.write_text(f"ffconcat version 1.0\nfile '{path}'\n")

    with pytest.raises(InputError, match="cannot be read as a video"):
        inspect_file(playlist, CheckLimits(0))


def test_checking_costs_little(clean: tuple[Path, ads.Ad]) -> None:
    path, ad = clean
    before = _cpu_seconds()

    inspect_file(path, CheckLimits(3.5), ads.CANVAS, ads.SAFE, None, ad.boxes, 105)

    # 105 frames of 360x640 take about 0.2; far more would mean a second decode or Python loops over pixels.
    assert _cpu_seconds() - before < 1.0


def _cpu_seconds() -> float:
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(kind).ru_utime + resource.getrusage(kind).ru_stime for kind in kinds)


def _check(report: FileReport, name: str) -> Check:
    return next(check for check in report.checks if check.name == name)


@pytest.mark.parametrize("defect", [defects.flashing, defects.black, defects.still])
def test_a_look_at_every_third_frame_still_sees_what_joins_can_do_wrong(defect, tmp_path: Path) -> None:
    ad = ads.clean_ad(11, 105)
    planted = defect(ad, Random(3))
    path = ads.save(ad, tmp_path / "ad.mp4")

    report = inspect_file(path, CheckLimits(3.5), ads.CANVAS, ads.SAFE, None, ad.boxes, 105, expect_fps=30, step=3)

    assert [check.name for check in report.checks] == NAMES
    assert [check.name for check in report.checks if not check.ok] == [planted.check]
    assert _check(report, "contrast").reason == "measured segment by segment"


def test_a_look_at_every_third_frame_counts_all_frames_and_hears_everything(clean: tuple[Path, ads.Ad]) -> None:
    path, ad = clean

    report = inspect_file(path, CheckLimits(3.5), ads.CANVAS, ads.SAFE, None, ad.boxes, 105, expect_fps=30, step=3)

    assert [check for check in report.checks if not check.ok] == []
    assert (report.frames, report.visible_to_frame) == (105, 105)
    assert _check(report, "loudness").measured == pytest.approx(-14.0, abs=0.1)
