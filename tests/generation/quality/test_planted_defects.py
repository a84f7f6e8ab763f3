"""A hundred planted defects, each to be found by the check that is there for it, and clean ads to be left alone."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from random import Random

from generation.contracts import FPS, CheckLimits
from generation.quality.check import FileReport, inspect_file
from tests.generation.quality import ads, tricky
from tests.generation.quality.broken_files import FILE_DEFECTS
from tests.generation.quality.defects import PICTURE_DEFECTS, SOUND_DEFECTS, Planted

FRAMES = 105
Case = tuple[str, Planted, FileReport]


def test_of_a_hundred_planted_defects_98_are_found_by_their_own_check(tmp_path: Path) -> None:
    cases = [*_shown_and_heard(tmp_path, seeds=3), *_of_the_file(tmp_path, seeds=2)]

    missed = [
        f"{name}: {planted}, {_verdict(report, planted)}" for name, planted, report in cases if _missed(report, planted)
    ]

    assert len(cases) >= 100
    assert len(missed) <= 0.02 * len(cases), missed


def test_clean_ads_raise_no_false_alarm(tmp_path: Path) -> None:
    alarms = []
    made = 0
    for make in tricky.CLEAN:
        for seed in range(3):
            ad = make(Random(f"{make.__name__} {seed}"))
            report = _inspect(ads.save(ad, tmp_path / "ad.mp4"), ad)
            made += 1
            alarms += [(make.__name__, seed, check) for check in report.checks if not check.ok]

    assert made == 33
    assert alarms == []


def _shown_and_heard(folder: Path, seeds: int) -> Iterator[Case]:
    """Ads with one thing wrong in the picture and another in the sound."""
    sounds = cycle(SOUND_DEFECTS)
    for defect in PICTURE_DEFECTS:
        for seed in range(seeds):
            random = Random(f"{defect.__name__} {seed}")
            ad = ads.clean_ad(random.randrange(10**6), FRAMES)
            heard = next(sounds)
            planted = [(defect.__name__, defect(ad, random)), (heard.__name__, heard(ad, random))]
            report = _inspect(ads.save(ad, folder / "ad.mp4"), ad)
            yield from ((f"{name} {seed}", each, report) for name, each in planted)


def _of_the_file(folder: Path, seeds: int) -> Iterator[Case]:
    for seed in range(seeds):
        ad = ads.clean_ad(900 + seed, FRAMES)
        clean = ads.save(ad, folder / "clean.mp4")
        for defect in FILE_DEFECTS:
            broken = folder / "broken.mp4"
            planted = defect(ad, clean, broken, Random(f"{defect.__name__} {seed}"))
            yield f"{defect.__name__} {seed}", planted, _inspect(broken, ad)


def _inspect(path: Path, ad: ads.Ad) -> FileReport:
    return inspect_file(
        path,
        CheckLimits(ad.frames / FPS),
        ads.CANVAS,
        ads.SAFE,
        ad.end_card_from,
        ad.boxes,
        ad.frames,
        expect_fps=FPS,
    )


def _verdict(report: FileReport, planted: Planted) -> object:
    return next((check for check in report.checks if check.name == planted.check), "no such check")


def _missed(report: FileReport, planted: Planted) -> bool:
    return not any(
        check.name == planted.check and not check.ok and planted.is_found_at(check.at_frame) for check in report.checks
    )
