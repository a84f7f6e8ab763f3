"""make_ads as a user runs it, its files judged by other programs than the ones that wrote them."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import shutil
from pathlib import Path

import av
import c2pa
import pytest

from core.media import run_ffmpeg
from tests.real.boxes import values_of_key
from tests.real.footage import CLIPS
from tests.real.running import make_ads, manage
from tests.support.homes import a_home


@pytest.fixture(params=[0, 1])
def ad(request, made):
    return made.report["ads"][request.param]


def test_all_ads_are_made(made):
    assert made.code == 0, made.err + str(made.report.get("missing"))
    assert (made.report["made"], made.report["missing"]) == (2, [])


def test_slots_tile_every_ad_and_shots_tile_every_slot(ad):
    at = 0
    for slot in ad["slots"]:
        assert slot["start_frame"] == at
        inside = slot["start_frame"]
        for shot in slot["shots"]:
            assert shot["start_frame"] == inside
            inside = shot["end_frame"]
        assert inside == slot["end_frame"]
        at = slot["end_frame"]
    assert at == ad["frames"]


def test_every_frame_is_there_evenly_spaced_and_decodes_in_silence(ad):
    with av.open(ad["path"]) as container:
        packets = [packet for packet in container.demux(video=0) if packet.dts is not None]
        dts = [packet.dts for packet in packets]
        pts = sorted(packet.pts for packet in packets)
    steps = {later - earlier for earlier, later in itertools.pairwise(pts)}

    assert len(packets) == ad["frames"]
    assert dts == sorted(set(dts))
    assert len(steps) == 1
    assert run_ffmpeg(["-v", "error", "-i", ad["path"], "-f", "null", "-"]).log.strip() == ""


def test_sound_and_picture_end_within_a_frame_of_each_other(ad):
    with av.open(ad["path"]) as container:
        ends = {
            stream.type: float((stream.start_time + stream.duration) * stream.time_base) for stream in container.streams
        }
    assert abs(ends["video"] - ends["audio"]) <= 1 / 30


def test_loudness_holds_by_ffmpegs_own_meter(ad):
    log = run_ffmpeg(["-v", "info", "-i", ad["path"], "-af", "ebur128=peak=true", "-f", "null", "-"]).log
    summary = log[log.rindex("Summary:") :]
    loudness = float(re.search(r"I:\s+(-?[\d.]+) LUFS", summary)[1])
    peak = float(re.search(r"Peak:\s+(-?[\d.]+) dBFS", summary)[1])

    assert loudness == pytest.approx(-14, abs=0.5)
    assert peak <= -1.0


def test_the_implicit_label_stands_exactly_once(ad):
    values = values_of_key(Path(ad["path"]), "AIGC")

    assert len(values) == 1
    assert json.loads(values[0]) == ad["label"]["aigc"]
    assert len(json.loads(values[0])) == 7


def test_the_signature_is_read_as_valid_by_c2pas_own_reader(ad):
    with c2pa.Reader(ad["path"]) as reader:
        manifest = json.loads(reader.json())

    assert manifest["validation_state"] in ("Valid", "Trusted")
    assert ad["label"]["c2pa"]["state"] == "Trusted"


def test_every_number_on_screen_or_spoken_is_in_the_brief(made):
    known = {number for fact in made.report["facts"] for number in _whole_numbers(fact["text"])}
    for ad in made.report["ads"]:
        for slot in ad["slots"]:
            assert _whole_numbers(slot["line"]) <= known, slot["line"]


def _whole_numbers(text: str) -> set[str]:
    """Numbers as they stand, never a part of one: 39.9 holds no 9 and no 39."""
    return set(re.findall(r"\d+(?:,\d{3})*(?:\.\d+)?", text))


def test_what_stood_in_is_said(made):
    assert {"script:phrasebook", "voice:espeak", "clips:by-words"} <= set(made.report["degraded"])


def test_at_least_half_of_every_ad_is_own_footage(ad):
    own = sum(
        shot["end_frame"] - shot["start_frame"]
        for slot in ad["slots"]
        for shot in slot["shots"]
        if not shot["source"].startswith("card:")
    )
    assert own * 2 >= ad["frames"]


def test_captions_lie_beside_the_ad(ad):
    srt = Path(ad["path"]).with_suffix(".srt").read_text(encoding="utf-8")

    assert all(slot["line"] in srt for slot in ad["slots"])


def test_a_square_ad_with_fades_between_its_slots(home, footage, reference, tmp_path):
    ran = make_ads(
        home, footage, tmp_path, "--count", "1", "--draft", "--ratio", "1:1", "--transition", "fade",
        "--references", str(reference),
    )  # fmt: skip

    assert ran.code == 0, ran.err
    ad = ran.report["ads"][0]
    assert {check["name"]: check["measured"] for check in ad["checks"]}["size"].startswith("540x540")
    with av.open(ad["path"]) as container:
        assert sum(1 for _ in container.decode(video=0)) == ad["frames"]


def test_the_same_order_in_another_home_decodes_to_the_same_frames(made, footage, reference, home, tmp_path):
    order = ("--count", "1", "--draft", "--seed", "7", "--references", str(reference))
    with a_home(is_migrated=True) as elsewhere:
        here = make_ads(home, footage, tmp_path / "here", *order)
        there = make_ads(elsewhere, footage, tmp_path / "there", *order)

    assert frames_of(here.report["ads"][0]["path"]) == frames_of(there.report["ads"][0]["path"])


def frames_of(path):
    """A hash of every decoded frame."""
    return run_ffmpeg(["-i", str(path), "-map", "0:v", "-f", "framemd5", "-"], capture=True).output


def test_a_forbidden_word_in_the_brief_ends_with_2_and_names_the_field(home, footage, tmp_path):
    ran = make_ads(home, footage, tmp_path, need="15 秒，国家级咖啡，39.9 元，上班族，快手")

    assert (ran.code, ran.err.splitlines()[-1].split(":")[0]) == (2, "product.name")


def test_the_same_order_again_is_handed_over_at_once(made, home, footage, tmp_path):
    again = make_ads(home, footage, tmp_path, "--count", "2", "--draft")

    assert again.code == 0
    assert [ad["sha256"] for ad in again.report["ads"]] == [ad["sha256"] for ad in made.report["ads"]]


def test_a_changed_line_makes_the_ad_and_its_report_anew_and_leaves_the_other_slots(made, home, tmp_path):
    ad = made.report["ads"][0]
    target = Path(shutil.copy(ad["path"], tmp_path))
    (tmp_path / "report.json").write_text(json.dumps(made.report), encoding="utf-8")

    ran = manage(home, "change_slot", "--ad", str(target), "--slot", "1", "--line", "会还没开完，人先困了。")

    assert ran.code == 0, ran.err
    assert "会还没开完" in target.with_suffix(".srt").read_text(encoding="utf-8")
    assert ad["slots"][0]["line"] in target.with_suffix(".srt").read_text(encoding="utf-8")
    told = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))["ads"]
    assert told[0]["slots"][1]["line"] == "会还没开完，人先困了。"
    assert told[0]["sha256"] == hashlib.sha256(target.read_bytes()).hexdigest()
    assert told[1:] == made.report["ads"][1:]


def test_a_swapped_clip_shows_the_frames_asked_for(made, home, tmp_path):
    target = tmp_path / "swapped.mp4"

    ran = manage(
        home, "change_slot", "--ad", made.report["ads"][0]["path"], "--slot", "0",
        "--clip", unused_clip(made), "--out", str(target),
    )  # fmt: skip

    assert ran.code == 0, ran.err
    assert frames_of(target) != frames_of(made.report["ads"][0]["path"])


def unused_clip(made):
    """SOURCE@FRAME of a file the first ad does not show."""
    shown = {shot["source"] for slot in made.report["ads"][0]["slots"] for shot in slot["shots"]}
    return next(name for name in CLIPS if name not in shown) + "@10"


def test_a_line_no_fact_supports_is_refused(made, home):
    ran = manage(
        home, "change_slot", "--ad", made.report["ads"][0]["path"], "--slot", "1", "--line", "全网最低价 9.9 元"
    )

    assert ran.code == 2
    assert "slot 1" in ran.err


def test_a_wrong_brief_ends_with_2_and_names_the_field(home, footage, tmp_path):
    brief = tmp_path / "brief.yaml"
    brief.write_text(
        "product: {name: A, category: 咖啡, price: '-3'}\nlanguage: zh-CN\nplatform: kuaishou\ncolour: red\n"
    )

    ran = make_ads(home, footage, tmp_path, "--brief", str(brief))

    assert ran.code == 2
    assert "product.price" in ran.err
    assert "colour" in ran.err


def test_a_folder_that_is_not_there_ends_with_2(home, tmp_path):
    ran = make_ads(home, tmp_path / "nowhere", tmp_path)

    assert (ran.code, "materials" in ran.err) == (2, True)
