"""The room on the demo's page: its log read as a story."""

from __future__ import annotations

import json
from pathlib import Path

from avatar.demonstration.section import live_section, steps_of

SAMPLE = Path(__file__).resolve().parents[3] / "demo" / "live"

LOG = [
    {"event": "sentence_started", "media_seconds": 0.2, "sentence": 0, "text": "冷萃咖啡，今天 39.9 元一盒。"},
    {"event": "comment_received", "media_seconds": 1.0, "comment": 1, "viewer": "小雨"},
    {"event": "comment_received", "media_seconds": 1.1, "comment": 2, "viewer": "路人"},
    {"event": "comment_dropped", "media_seconds": 1.2, "comment": 2, "reason": "abuse"},
    {"event": "answer_ready", "media_seconds": 1.5, "comment": 1, "seconds": 0.5, "source": "canned"},
    {"event": "cut", "media_seconds": 1.6, "kind": "clause", "sentence": 0, "clause": 0, "heard": "冷萃咖啡，"},
    {"event": "answer_started", "media_seconds": 1.64, "comments": [1], "text": "包邮的，放心拍。"},
    {"event": "answer_ended", "media_seconds": 3.0, "comments": [1], "text": "包邮的，放心拍。"},
    {"event": "sentence_started", "media_seconds": 3.1, "sentence": None, "text": "好，接着说。"},
    {"event": "resumed", "media_seconds": 4.0, "rule": "clause", "sentence": 0, "clause": 1},
]
SAID = {1: "包邮吗", 2: "骗子"}


def test_a_cut_sentence_shows_the_words_that_were_heard_and_a_bridge_is_no_step():
    steps = steps_of(LOG, SAID)

    assert [step["kind"] for step in steps] == ["sentence", "comment", "comment", "dropped", "answer", "resumed"]
    assert steps[0]["heard"] == "冷萃咖啡，"
    assert steps[1] == {"kind": "comment", "at": 1.0, "viewer": "小雨", "text": "包邮吗"}
    assert steps[3]["reason"] == "abuse"


def test_the_section_counts_cuts_and_answers_and_escapes_what_viewers_wrote(tmp_path):
    (tmp_path / "live.jsonl").write_text("\n".join(json.dumps(event) for event in LOG) + "\n", encoding="utf-8")
    (tmp_path / "room.yaml").write_text(
        (SAMPLE / "room.yaml").read_text(encoding="utf-8").replace("picture:", "# picture:"), encoding="utf-8"
    )
    (tmp_path / "comments.jsonl").write_text(
        json.dumps({"at": 1.0, "viewer": "小雨", "text": "<b>包邮吗"})
        + "\n"
        + json.dumps({"at": 1.1, "viewer": "路人", "text": "骗子"})
        + "\n",
        encoding="utf-8",
    )

    html = live_section(tmp_path, tmp_path, "zh-CN")

    assert "&lt;b&gt;包邮吗" in html
    assert "1 次打断，1 个回答" in html
    assert "短语库" in html
