"""Which pipelines give way to another one, and how far they go."""

from __future__ import annotations

from generation.model_host.residency import Moves, Resident, Room, make_room

ROOM = Room(device_bytes=100, memory_bytes=100)
WAN, LTX, SD = (Resident("wan", 60, "device", 1), Resident("ltx", 30, "device", 2), Resident("sd", 80, "memory", 3))


def test_what_fits_beside_the_others_moves_nobody():
    assert make_room([WAN], 40, ROOM) == Moves()


def test_the_one_used_longest_ago_is_put_off_into_memory():
    assert make_room([WAN, LTX], 50, ROOM) == Moves(offload=("wan",))


def test_what_memory_cannot_hold_is_let_go_the_oldest_first():
    assert make_room([WAN, LTX, SD], 50, ROOM) == Moves(evict=("wan",), offload=())


def test_a_machine_without_a_gpu_lets_go_at_once():
    assert make_room([WAN, LTX], 50, Room(100)) == Moves(evict=("wan",))


def test_what_fits_nowhere_still_gets_all_the_room_there_is():
    moves = make_room([WAN, LTX], 200, ROOM)

    assert (moves.fits, sorted(moves.offload + moves.evict)) == (False, ["ltx", "wan"])
