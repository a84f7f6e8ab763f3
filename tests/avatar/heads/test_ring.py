"""Mouths in shared memory: there for their tick and epoch, for no other."""

from __future__ import annotations

import os

import numpy as np
import pytest

from avatar.heads.ring import MOUTH, SLOTS, Ring, Taken


def mouth(number: int) -> np.ndarray:
    return np.full(MOUTH, number, np.uint8)


@pytest.fixture
def ends():
    ours = Ring.make()
    theirs = Ring.open(os.dup(ours.fd))
    yield ours, theirs
    theirs.close()
    ours.close()


def test_what_the_worker_puts_in_the_room_takes_out(ends):
    room, worker = ends

    assert worker.offer(0, 7, mouth(9))

    taken = room.take(0, 7)
    assert taken.is_there
    assert (taken.mouth == 9).all()


def test_a_tick_nobody_drew_is_not_there(ends):
    room, worker = ends
    worker.offer(0, 7, mouth(9))

    assert room.take(0, 8) == Taken(False)
    assert room.take(0, 7 + SLOTS) == Taken(False)


def test_a_closed_mouth_is_there_without_a_picture(ends):
    room, worker = ends
    worker.offer(0, 7, None)

    assert room.take(0, 7) == Taken(True, None)


def test_after_a_cut_older_work_is_dropped_at_both_ends(ends):
    room, worker = ends
    worker.offer(0, 8, mouth(1))
    room.tell(1, 7)

    assert room.take(1, 8) == Taken(False)
    assert not worker.offer(0, 8, mouth(2))
    assert worker.offer(1, 8, mouth(3))
    assert (room.take(1, 8).mouth == 3).all()


def test_the_worker_sees_where_the_room_is(ends):
    room, worker = ends
    room.tell(4, 1000)

    assert (worker.epoch, worker.position) == (4, 1000)


def test_a_slot_that_is_being_written_is_not_there_yet(ends):
    room, worker = ends
    worker.offer(0, 7, mouth(9))
    worker._slots[7][0] += 1

    assert room.take(0, 7) == Taken(False)


def test_a_taken_mouth_stays_what_it_is_when_the_slot_is_used_again(ends):
    room, worker = ends
    worker.offer(0, 7, mouth(9))
    taken = room.take(0, 7)

    worker.offer(0, 7 + SLOTS, mouth(1))

    assert (taken.mouth == 9).all()


def test_other_memory_is_no_ring():
    fd = os.memfd_create("other")
    os.ftruncate(fd, 100)

    with pytest.raises(ValueError, match="no ring"):
        Ring.open(fd)
    os.close(fd)
