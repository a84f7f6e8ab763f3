"""One worker for all rooms, over a real socket: batches across rooms, stale work dropped, nothing drawn twice."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from avatar.contracts import SAMPLE_RATE, Utterance
from avatar.heads.client import HeadClient
from avatar.heads.door import try_lock
from avatar.heads.sentences import Sentences
from bench.live_talk import utterance
from generation.engines.heads.consents import withdraw_from
from generation.engines.heads.contracts import HeadBroken, HeadOutOfMemory
from generation.engines.heads.preparing import prepare_head
from tests.support.heads import AGREED, ScriptedHead, footage, speech

PATIENCE = 15.0


def voiced(folder: Path, name: str, seconds: float = 0.8, silent_from: float = 1e9) -> Utterance:
    path = folder / f"{name}.npy"
    samples = np.rint(speech(seconds, SAMPLE_RATE, silent_from) * 32_767).astype(np.int16)
    samples[: 10 + len(name)] = len(name) + sum(name.encode()) % 50
    np.save(path, samples)
    return replace(utterance(name), samples=len(samples), path=path)


def eventually(is_so: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    until = time.monotonic() + seconds
    while not is_so() and time.monotonic() < until:
        time.sleep(0.002)
    return is_so()


@pytest.fixture
def room(tmp_path, ann):
    """Connected rooms, hung up at the end."""
    made: list[HeadClient] = []

    def connect(cache=ann) -> HeadClient:
        made.append(HeadClient(tmp_path / "worker", cache.folder))
        return made[-1]

    yield connect
    for each in made:
        each.close()


def test_every_tick_gets_the_mouth_of_its_picture(serving, room, tmp_path):
    with serving():
        client = room()
        assert client.await_ready(PATIENCE)
        client.ring.tell(0, 98)
        client.play(voiced(tmp_path, "one"), 0, 100, 3, 12)

        taken = [client.take(0, tick, patience=PATIENCE) for tick in range(100, 112)]

    assert [int(each.mouth[0, 0, 0]) for each in taken] == list(range(3, 15))
    assert taken[0].mouth.shape == (128, 256, 3)


def test_the_network_is_never_asked_about_silence(serving, room, tmp_path):
    head = ScriptedHead()
    with serving(head):
        client = room()
        client.await_ready(PATIENCE)
        client.play(voiced(tmp_path, "one", 0.8, silent_from=0.2), 0, 0, 0, 20)

        taken = [client.take(0, tick, patience=PATIENCE) for tick in range(20)]

    assert [each.mouth is None for each in taken] == [False] * 6 + [True] * 14
    assert sorted(head.pictures) == list(range(6))


def test_two_rooms_share_a_batch(serving, room, tmp_path, ann):
    head = ScriptedHead()
    with serving(head) as worker:
        one, other = room(), room()
        assert one.await_ready(PATIENCE)
        assert other.await_ready(PATIENCE)
        worker.step = lambda: False
        one.play(voiced(tmp_path, "one"), 0, 0, 0, 2)
        other.play(voiced(tmp_path, "other"), 0, 0, 10, 2)
        del worker.step

        assert (one.take(0, 1, PATIENCE).is_there, other.take(0, 1, PATIENCE).is_there) == (True, True)

    assert sorted(head.pictures) == [0, 1, 10, 11]
    assert max(len(batch) for batch in head.asked) <= 4


def test_what_a_cut_made_void_is_dropped_unseen(serving, room, tmp_path):
    head = ScriptedHead()
    with serving(head) as worker:
        client = room()
        client.await_ready(PATIENCE)
        client.ring.tell(1, 0)
        client.play(voiced(tmp_path, "old"), 0, 0, 0, 20)
        client.play(voiced(tmp_path, "new"), 1, 0, 0, 20)

        assert client.take(1, 19, patience=PATIENCE).is_there
        assert eventually(lambda: all(play.epoch == 1 for session in worker.sessions for play in session.plays))
        assert not client.take(0, 5).is_there

    assert len(head.pictures) == 20


def test_a_sentence_that_comes_again_costs_nothing_in_another_worker_too(serving, room, tmp_path):
    first, second = ScriptedHead(), ScriptedHead()
    said = voiced(tmp_path, "one")
    with serving(first) as worker:
        client = room()
        client.await_ready(PATIENCE)
        client.want(said)
        assert eventually(lambda: bool(list((tmp_path / "worker" / "patches").glob("*.npy"))))
        client.ring.tell(0, 50)
        client.play(said, 0, 50, 0, 20)
        assert client.take(0, 69, patience=PATIENCE).is_there
        client.close()
        assert eventually(lambda: not worker.sessions)
    with serving(second):
        client = room()
        client.await_ready(PATIENCE)
        client.play(said, 0, 0, 0, 20)

        taken = [client.take(0, tick, patience=PATIENCE) for tick in range(20)]

    assert [int(each.mouth[0, 0, 0]) for each in taken] == list(range(20))
    assert len(first.pictures) == 20
    assert second.asked == []


def test_drawn_sentences_are_bounded_on_disk(tmp_path, ann):
    kept = Sentences(tmp_path / "patches", disk_bytes=5_000_000)
    for number in range(4):
        sentence = kept.get(ann, f"s{number}", voiced(tmp_path, f"s{number}").path)
        for index in sentence.undrawn():
            sentence.keep(index, np.zeros((128, 256, 3), np.uint8))
        kept.save(sentence)

    left = list((tmp_path / "patches").glob("*.npy"))
    assert 0 < sum(path.stat().st_size for path in left) <= 5_000_000


def test_a_torn_file_of_drawn_mouths_is_drawn_anew(serving, room, tmp_path):
    said = voiced(tmp_path, "one")
    with serving():
        client = room()
        client.await_ready(PATIENCE)
        client.want(said)
        assert eventually(lambda: bool(list((tmp_path / "worker" / "patches").glob("*.npy"))))
    (path,) = (tmp_path / "worker" / "patches").glob("*.npy")
    path.write_bytes(path.read_bytes()[:1000])
    head = ScriptedHead()

    with serving(head):
        client = room()
        client.await_ready(PATIENCE)
        client.play(said, 0, 0, 0, 20)
        assert int(client.take(0, 19, patience=PATIENCE).mouth[0, 0, 0]) == 19

    assert len(head.pictures) == 20


def test_a_room_comes_back_to_a_worker_that_was_started_anew(serving, room, tmp_path):
    client = room()
    assert not client.is_ready
    with serving():
        assert client.await_ready(PATIENCE)
    assert eventually(lambda: not client.is_ready)
    with serving():
        assert client.await_ready(PATIENCE)
        assert client.calls == 2


def test_a_person_who_does_not_agree_any_more_is_not_drawn(serving, room, tmp_path):
    gone = replace(AGREED, withdrawn_at="2026-11-23")
    cache = prepare_head(ScriptedHead(), footage(), tmp_path / "bob", "bob", gone)
    with serving():
        client = room(cache)

        assert not client.await_ready(PATIENCE)
        assert "withdrew consent" in client.refusal


def test_a_consent_withdrawn_on_air_ends_the_film(serving, room, tmp_path, monkeypatch):
    monkeypatch.setattr("avatar.heads.worker.CONSENT_SECONDS", 0.0)
    cache = prepare_head(ScriptedHead(), footage(), tmp_path / "bob", "bob", AGREED)
    with serving():
        client = room(cache)
        assert client.await_ready(PATIENCE)

        withdraw_from(cache.folder, "paper-voice", "2026-11-23")

        assert eventually(lambda: "withdrew consent" in client.refusal)
        assert not client.is_ready


def test_a_head_prepared_with_other_weights_is_refused(serving, room):
    head = ScriptedHead()
    head.checkpoint_hash = "others"
    with serving(head):
        client = room()

        assert not client.await_ready(PATIENCE)
        assert client.refusal == "ann: was prepared with other weights than these; prepare its footage again"


def test_too_little_memory_makes_smaller_batches(serving, room, tmp_path):
    class Small(ScriptedHead):
        def render_latents(self, latents, features):
            if len(latents) > 1:
                raise HeadOutOfMemory("no room")
            return super().render_latents(latents, features)

    head = Small()
    with serving(head):
        client = room()
        client.await_ready(PATIENCE)
        client.play(voiced(tmp_path, "one"), 0, 0, 0, 6)

        assert int(client.take(0, 5, patience=PATIENCE).mouth[0, 0, 0]) == 5

    assert {len(batch) for batch in head.asked} == {1}


def test_a_picture_that_cannot_be_drawn_leaves_the_mouth_closed(serving, room, tmp_path):
    class Broken(ScriptedHead):
        def render_latents(self, latents, features):
            raise HeadBroken("NaN")

    with serving(Broken()):
        client = room()
        client.await_ready(PATIENCE)
        client.play(voiced(tmp_path, "one"), 0, 0, 0, 6)

        taken = client.take(0, 5, patience=PATIENCE)

    assert taken.is_there
    assert taken.mouth is None


def test_a_sound_that_is_gone_costs_its_sentence_the_mouth_and_nothing_else(serving, room, tmp_path):
    with serving():
        client = room()
        client.await_ready(PATIENCE)
        client.play(replace(voiced(tmp_path, "one"), path=tmp_path / "none.npy"), 0, 0, 0, 5)
        client.play(voiced(tmp_path, "two"), 0, 10, 0, 5)

        assert client.take(0, 14, patience=PATIENCE).is_there
        assert not client.take(0, 3).is_there


def test_one_worker_has_the_lock_and_the_next_takes_it_over(tmp_path):
    import os

    held = try_lock(tmp_path / "worker")

    assert try_lock(tmp_path / "worker") is None
    os.close(held)
    again = try_lock(tmp_path / "worker")
    assert again is not None
    os.close(again)
