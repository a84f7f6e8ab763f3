"""One ad of all that models give: a generated clip, a neural voice, a filmed host; through the real loaders."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.real.running import Ran, make_ads
from tests.support.heads import filmed, tiny_head

WHOLE_CLIP = {"window_frames": 97, "overlap_frames": 5}


@pytest.fixture(scope="module")
def models(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Tiny random checkpoints, each in a folder as real ones lie there."""
    from generation.checkpoints.tiny import head, voice, wan

    folder = tmp_path_factory.mktemp("models")
    for name, kind in (("wan", wan), ("head", head), ("voice", voice)):
        kind.make(folder / name)
    (folder / "wan" / "adloom.json").write_text(json.dumps(WHOLE_CLIP))
    return folder


@pytest.fixture(scope="module")
def ran(models: Path, home: Path, footage: Path, reference: Path, tmp_path_factory: pytest.TempPathFactory) -> Ran:
    filmed(tiny_head(models / "head"), home / "heads" / "prepared" / "shared" / "ann")
    settings = {
        "CLIP_ENGINE": "wan",
        "CLIP_CHECKPOINT": str(models / "wan"),
        "CLIP_SIZE": "32x48",
        "CLIP_STEPS": "1",
        "HEAD_MODEL_DIR": str(models / "head"),
        "VOICE_MODEL_DIR": str(models / "voice"),
        "MODEL_DEVICE": "cpu",
    }
    wanted = ("--generate", "1", "--presenter", "ann", "--references", str(reference))
    out = tmp_path_factory.mktemp("modelled")
    return make_ads(home, footage, out, "--count", "1", "--draft", *wanted, settings=settings)


def test_the_ad_is_made_checked_and_labelled(ran: Ran) -> None:
    assert ran.code == 0, ran.err
    assert ran.report["missing"] == []
    assert ran.report["ads"][0]["label"]["c2pa"]["state"] == "Trusted"


def test_the_voice_is_the_models_and_nothing_stands_in_for_it(ran: Ran) -> None:
    assert ran.report["engines"]["voice"].startswith("sherpa")
    assert "voice:espeak" not in ran.report["degraded"]


def test_the_filmed_host_speaks_the_hook_from_its_first_frame(ran: Ran) -> None:
    hook = ran.report["ads"][0]["slots"][0]

    assert [shot["source"].split("/")[0] for shot in hook["shots"]] == ["presenter"]
    assert hook["shots"][0]["source_start_frame"] == 0


def test_the_generated_clip_stands_in_a_slot_with_what_made_it(ran: Ran) -> None:
    clip = next(each for each in ran.report["generated"]["clips"] if each["name"].startswith("generated/"))
    shown = [shot["source"] for slot in ran.report["ads"][0]["slots"] for shot in slot["shots"]]

    assert clip["name"] in shown
    assert (clip["engine"], clip["licence"]) == ("wan", "unknown")
    assert ran.report["generated"]["left_out"] == []


def test_the_report_says_what_of_the_ad_models_made(ran: Ran) -> None:
    shown = ran.report["generated"]["shown"]

    assert (shown["shots"], shown["unique_seconds"]) == (1, shown["shown_seconds"])
    assert shown["unique_seconds_an_ad"] == pytest.approx(shown["unique_seconds"], abs=0.001)
