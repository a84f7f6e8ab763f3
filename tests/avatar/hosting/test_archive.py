"""A broadcast's recording: written where it is wanted, labelled and signed once it is over, then to be had."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone

from avatar.hosting.archive import pieces_of, read_archive, sign_archive, unsigned
from avatar.hosting.children import broadcast_spec
from avatar.hosting.consents import note_consents, read_consents
from avatar.models import Broadcast
from avatar.page_data.recordings import recordings_of
from avatar.rooms import folder_of
from core.media import run_ffmpeg
from core.processes.places import Places
from generation import api as generation
from tests.avatar.stage import Shop, a_broadcast


@pytest.fixture
def broadcast(shop: Shop) -> Broadcast:
    return a_broadcast(shop.room)


@pytest.fixture
def ended(broadcast: Broadcast) -> Broadcast:
    """A broadcast that is over, with two pieces: its engine began anew once."""
    folder = folder_of(broadcast.pk)
    folder.mkdir(parents=True, exist_ok=True)
    for name in ("archive.mp4", "archive-2.mp4"):
        picture = ("-f", "lavfi", "-i", "testsrc=size=64x112:rate=25:duration=0.4", "-pix_fmt", "yuv420p")
        run_ffmpeg(["-y", *picture, str(folder / name)], timeout_seconds=30)
    Broadcast.objects.filter(pk=broadcast.pk).update(state=Broadcast.State.DONE, ended_at=timezone.now())
    broadcast.refresh_from_db()
    return broadcast


@pytest.mark.parametrize(("records", "outputs"), [(True, 2), (False, 1)])
def test_a_broadcast_is_recorded_where_the_install_wants_it(
    broadcast: Broadcast, settings, tmp_path: Path, records: bool, outputs: int
) -> None:
    settings.LIVE_ARCHIVE = records

    command = broadcast_spec(Places(tmp_path), broadcast).command

    assert command.count("--output") == outputs


def test_every_piece_is_labelled_and_signed_once(ended: Broadcast) -> None:
    assert unsigned() == [ended.pk]

    pieces = sign_archive(ended)

    assert [(piece.name, piece.failure) for piece in pieces] == [("archive.mp4", ""), ("archive-2.mp4", "")]
    assert [generation.produce_id_of(path) for path in pieces_of(ended)] == [piece.produce_id for piece in pieces]
    assert unsigned() == []


def test_a_piece_that_is_no_film_is_said_so_and_holds_up_no_other(ended: Broadcast) -> None:
    (folder_of(ended.pk) / "archive.mp4").write_bytes(b"broken")

    first, second = sign_archive(ended)

    assert first.failure
    assert second.produce_id


def test_the_page_offers_files_once_they_are_signed(ended: Broadcast) -> None:
    assert [each.url for each in recordings_of(ended.room)] == ["", ""]

    sign_archive(ended)

    assert [each.url.rsplit("/", 1)[1] for each in recordings_of(ended.room)] == ["archive.mp4", "archive-2.mp4"]
    assert read_archive(ended)


def test_consents_of_every_start_are_kept(tmp_path: Path) -> None:
    note_consents(tmp_path, ("b",))
    note_consents(tmp_path, ("a", "b"))

    assert read_consents(tmp_path) == ("a", "b")
