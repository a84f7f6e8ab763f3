"""What an engine logs becomes transcript, comments and health, once."""

from __future__ import annotations

import datetime as dt
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.utils import timezone

from avatar.hosting.booking import Books
from avatar.hosting.children import tree_cpu_seconds
from avatar.hosting.costs import half_hour
from avatar.hosting.following import new_lines
from avatar.hosting.health import read_health, save_health
from avatar.models import Broadcast, Guest, LiveComment, SpokenUtterance
from core.errors import LeaseLost
from tests.avatar.stage import a_broadcast


@pytest.fixture
def broadcast(shop):
    return a_broadcast(shop.room)


@pytest.fixture
def books(broadcast):
    return Books(broadcast)


def line(event: str, tick: int, **fields) -> dict:
    return {"event": event, "tick": tick, "media_seconds": tick / 25, "wall_ms": 1_790_000_000_000 + tick * 40} | fields


def said() -> list[tuple]:
    return list(SpokenUtterance.objects.order_by("id").values_list("kind", "state", "text", "heard", "rule"))


def test_a_sentence_cut_for_an_answer_and_taken_up_again(books, broadcast):
    text = "一瓶三百毫升，开盖就能喝。"
    LiveComment.objects.create(
        advertiser=broadcast.advertiser, broadcast=broadcast, number=1, external_id="e1", viewer="小满", text="多少钱"
    )
    books.book(
        [
            line("sentence_started", 0, sentence=3, clauses=2, text=text, epoch=0),
            line("answer_ready", 20, comment=1, seconds=2.1, source="canned"),
            line("cut", 30, kind="clause", sentence=3, clause=1, heard="一瓶三百毫升", epoch=1),
            line("answer_started", 32, comments=[1], text="三十九块九。"),
            line("answer_ended", 80, comments=[1], text="三十九块九。"),
            line("resumed", 84, rule="clause", sentence=3, clause=1),
            line("sentence_ended", 130, sentence=3, clauses=2, text=text),
        ],
        1,
        900,
    )

    assert said() == [
        ("script", "cut", text, "一瓶三百毫升", ""),
        ("answer", "said", "三十九块九。", "三十九块九。", ""),
        ("script", "said", "开盖就能喝。", "开盖就能喝。", "clause"),
    ]
    assert SpokenUtterance.objects.first().cut == {"kind": "clause", "clause": 1, "tick": 30, "epoch": 1}
    assert LiveComment.objects.values_list("state", "source").get() == ("answered", "canned")
    assert Broadcast.objects.values_list("log_bytes", "sentence", "media_seconds").get() == (900, 3, 5.2)


def test_a_sentence_mostly_heard_is_followed_by_the_next(books):
    books.book(
        [
            line("sentence_started", 0, sentence=0, text="第一句。"),
            line("cut", 40, kind="hard", sentence=0, clause=0, heard="第一句"),
            line("sentence_skipped", 40, sentence=0, reason="mostly heard"),
            line("resumed", 60, rule="next_sentence", sentence=1, clause=0),
            line("sentence_started", 60, sentence=1, text="第二句。"),
        ],
        1,
        10,
    )

    assert said() == [
        ("script", "cut", "第一句。", "第一句", "mostly heard"),
        ("script", "on_air", "第二句。", "", "next_sentence"),
    ]


def test_a_skipped_sentence_says_which_words_were_not_said(books, shop):
    books.book([line("sentence_skipped", 5, sentence=0, reason="operator")], 1, 10)

    kind, state, text, _, rule = said()[0]
    assert (kind, state, rule) == ("script", "skipped", "operator")
    assert "{" not in text
    assert len(text) > 3


def test_a_comment_of_a_replay_and_why_it_was_dropped(books):
    books.book(
        [
            line("comment_received", 10, comment=1, viewer="momo", text="主播好漂亮"),
            line("comment_dropped", 12, comment=1, reason="small talk"),
        ],
        1,
        10,
    )

    assert LiveComment.objects.values_list("viewer", "state", "reason").get() == ("momo", "dropped", "small talk")


def test_health_and_lost_outputs_stand_in_the_figures(books):
    books.book(
        [
            line("output_lost", 30, output=2),
            line("output_restored", 55, output=2),
            line("label_check", 60, ok=True, box=[18, 18, 232, 92]),
            line("something_new", 61),
        ],
        1,
        10,
    )
    figures = Broadcast.objects.get().figures

    assert figures["reconnects"] == 1
    assert figures["label"]["ok"] is True
    assert figures["output_states"]["2"]["lost"] is False


def test_health_passes_from_the_brain_to_the_host_by_a_file(tmp_path):
    save_health(tmp_path, {"kind": "status", "late_ms": 3.4, "lap": 2, "lost": [2], "jumps": 0, "tick": 5})

    assert read_health(tmp_path) == {"late_ms": 3.4, "lap": 2, "lost": [2], "jumps": 0}
    assert read_health(tmp_path / "elsewhere") == {}


def test_a_host_whose_epoch_is_over_writes_nothing(books):
    Broadcast.objects.update(epoch=2)

    with pytest.raises(LeaseLost):
        books.book([line("sentence_started", 0, sentence=0, text="第一句。")], 1, 10)
    assert said() == []


def test_a_growing_log_is_read_in_whole_lines_and_a_new_one_from_its_start(tmp_path):
    log = tmp_path / "events.jsonl"
    log.write_text(json.dumps(line("status", 1)) + "\n" + '{"event": "sta')
    first, offset = new_lines(log, 0)
    with log.open("a") as file:
        file.write('tus", "tick": 2}\nnonsense\n')
    second, end = new_lines(log, offset)
    log.write_text(json.dumps(line("status", 9)) + "\n")

    assert [each["tick"] for each in (*first, *second, *new_lines(log, end)[0])] == [1, 2, 9]


def test_the_time_of_a_childs_child_counts():
    burn = "import time; t = time.process_time()\nwhile time.process_time() - t < 0.3: pass\ntime.sleep(60)"
    outer = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {burn!r}], start_new_session=True).wait()"
    parent = subprocess.Popen([sys.executable, "-c", outer])
    try:
        deadline = time.monotonic() + 20
        while tree_cpu_seconds(parent.pid) < 0.3:
            assert time.monotonic() < deadline
            time.sleep(0.05)
    finally:
        for pid in children_of(parent.pid):
            os.kill(pid, signal.SIGKILL)
        parent.wait()


def children_of(pid: int) -> list[int]:
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_a_half_hour_costs_what_it_took_so_far_and_is_not_told_too_soon():
    cost = half_hour(cpu_seconds=120.0, bytes_sent=31_250_000, media_seconds=100.0)

    assert cost is not None
    assert round(cost.minor, 1) == round((120 / 3600 * 35 + 0.03125 * 80) * 18, 1)
    assert half_hour(1.0, 0, 2.0) is None


def test_a_guests_stretch_on_air_stands_in_the_books(books, broadcast):
    later = timezone.now() + dt.timedelta(minutes=30)
    guest = Guest.objects.create(advertiser=broadcast.advertiser, broadcast=broadcast, number=1, expires_at=later)

    books.book([line("guest_joined", 50, guest=1, picture=True), line("guest_speaking", 80, guest=1)], 1, 10)
    books.book([line("guest_joined", 300, guest=1, picture=True)], 1, 20)
    books.book([line("dumped", 400, seconds=4.0), line("guest_left", 401, guest=1, reason="dumped")], 1, 30)

    guest.refresh_from_db()
    broadcast.refresh_from_db()
    assert (guest.joined_tick, guest.left_tick) == (50, 401)
    assert broadcast.figures["dumps"] == 1
