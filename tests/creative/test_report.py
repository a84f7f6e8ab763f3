import json

from creative.console.making import stopped_report
from creative.console.report_files import mend_reports, write_report
from creative.report import MadeAd, Run, build_report
from creative.services.main_job import Wish
from generation.contracts import Check, LabelReport, RenderResult
from tests.creative.making import a_brief
from tests.creative.test_storyboard import a_plan, a_slot

LABEL = LabelReport(80, 58, {"Label": "1"}, "Trusted")


def a_result(*checks):
    return RenderResult("/home/ads/a.mp4", "abc", 144, 30, 4.8, checks, LABEL, 3.2, 2, 1)


def a_run(*ads, requested=2):
    return Run(a_brief(), requested, 1, ads, (), "ref-1", {"script": "phrasebook"}, {"ads": 1.234})


def test_every_frame_of_an_ad_is_accounted_for():
    plan = a_plan(a_slot(frames=80), a_slot("offer", "¥39.9", 64))
    report = build_report(a_run(MadeAd(0, "out/ad-01.mp4", plan, a_result(), ("voice:espeak",)), requested=1))

    slots = report["ads"][0]["slots"]
    assert [(slot["start_frame"], slot["end_frame"]) for slot in slots] == [(0, 80), (80, 144)]
    assert slots[1]["shots"] == [{"source": "pour.mp4", "source_start_frame": 30, "start_frame": 80, "end_frame": 144}]


def test_the_labels_stand_as_they_were_verified():
    report = build_report(a_run(MadeAd(0, "out/ad-01.mp4", a_plan(), a_result(), ()), requested=1))

    assert report["ads"][0]["label"] == {
        "visible": {"to_frame": 80, "glyph_px": 58},
        "aigc": {"Label": "1"},
        "c2pa": {"state": "Trusted"},
    }


def test_a_held_ad_is_missing_with_its_reason():
    held = MadeAd(1, "", a_plan(), a_result(Check("black", False, 0.6, 0.4, 12)), (), "black from frame 12")
    good = MadeAd(0, "out/ad-01.mp4", a_plan(), a_result(), ())

    report = build_report(a_run(good, held))

    assert (report["made"], report["missing"]) == (1, [{"index": 1, "reason": "black from frame 12"}])


def test_facts_are_listed_with_the_ids_lines_use():
    ids = [fact["id"] for fact in build_report(a_run())["facts"]]

    assert ids == ["steep", "name", "price", "offer", "cta", "link"]


def test_a_run_that_was_stopped_tells_why_for_every_ad(tmp_path):
    wish = Wish(a_brief(), tmp_path, tmp_path, count=2)

    report = stopped_report(wish, 'line 2 cannot go out: no fact supports it ("9.9")')

    assert [gap["index"] for gap in report["missing"]] == [0, 1]
    assert "no fact supports it" in report["missing"][1]["reason"]


def test_a_changed_ad_is_told_anew_in_the_report_beside_it(tmp_path):
    first = MadeAd(0, "out/ad-01.mp4", a_plan(), a_result(), ("clip:card",))
    second = MadeAd(1, "out/ad-02.mp4", a_plan(), a_result(), ("voice:espeak",))
    write_report(build_report(a_run(first, second)), tmp_path / "report.json")
    changed = MadeAd(0, str(tmp_path / "ad-01.mp4"), a_plan(a_slot("hook", "换一句", 80)), a_result(), ())

    assert mend_reports(changed) == [tmp_path / "report.json"]

    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    assert [ad["slots"][0]["line"] for ad in report["ads"]] == ["换一句", second.plan.slots[0].line]
    assert (report["ads"][0]["path"], report["degraded"]) == ("out/ad-01.mp4", ["voice:espeak"])


def test_files_beside_an_ad_that_tell_of_others_stay_as_they_are(tmp_path):
    others = {"lineage.json": "[1, 2]", "notes.json": "not json", "other.json": '{"ads": [{"path": "ad-09.mp4"}]}'}
    for name, text in others.items():
        (tmp_path / name).write_text(text, encoding="utf-8")

    assert mend_reports(MadeAd(0, str(tmp_path / "ad-01.mp4"), a_plan(), a_result(), ())) == []
    assert {name: (tmp_path / name).read_text(encoding="utf-8") for name in others} == others
