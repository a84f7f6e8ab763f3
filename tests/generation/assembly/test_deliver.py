"""Ads as files: whole or not at all, signed without being written, blocks shared where the file system can."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import shutil

import pytest

from core.clock import ManualClock
from generation.assembly import deliver
from generation.assembly.deliver import Written, shares_blocks, sign_for_sharing, sign_head, signed_virtual, write_file
from generation.assembly.recipe import check_structure, make_recipe, open_pieces, open_recipe
from generation.assembly.virtual import DamagedSegment
from generation.provenance.boxes import walk_boxes
from generation.provenance.labels import read_labels_of
from generation.provenance.signing import SigningFailed
from generation.segments.store import SegmentStore, StoreFull
from tests.generation.assembly.conftest import SLOTS
from tests.generation.assembly.pieces import LABEL, PROVENANCE
from tests.generation.assembly.watching import frame_hashes, watch


@pytest.fixture(scope="module")
def signed_head(made, chain):
    with made.open() as virtual:
        return sign_head(virtual, PROVENANCE, chain, ManualClock())


@pytest.fixture(scope="module")
def signed_path(made, signed_head, tmp_path_factory):
    path = tmp_path_factory.mktemp("signed") / "ad-0000.mp4"
    with made.open().with_head(signed_head) as virtual:
        write_file(virtual, path)
    return path


def test_a_written_ad_is_the_ad_to_the_byte(made, ad_path, tmp_path):
    with made.open() as virtual:
        written = write_file(virtual, tmp_path / "deep" / "ad.mp4")
    assert (tmp_path / "deep" / "ad.mp4").read_bytes() == ad_path.read_bytes()
    assert written.bytes_shared + written.bytes_copied == ad_path.stat().st_size
    assert os.listdir(tmp_path / "deep") == ["ad.mp4"]


def test_a_file_system_without_direct_writing_is_written_too(made, ad_path, tmp_path, monkeypatch):
    refused = []

    def pwrite(target, content, at, real=os.pwrite):
        if not refused:
            refused.append(at)
            raise OSError(errno.EINVAL, "Invalid argument")
        return real(target, content, at)

    monkeypatch.setattr(os, "pwrite", pwrite)
    with made.open() as virtual:
        write_file(virtual, tmp_path / "ad.mp4")
        assert hashlib.sha256(ad_path.read_bytes()).hexdigest() == virtual.sha256()
    assert (tmp_path / "ad.mp4").read_bytes() == ad_path.read_bytes()
    assert refused == [0]


def test_a_full_disk_leaves_nothing_half_written(made, tmp_path, monkeypatch):
    def pwrite(target, content, at):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "pwrite", pwrite)
    with made.open() as virtual, pytest.raises(StoreFull, match="no room left"):
        write_file(virtual, tmp_path / "ad.mp4")
    assert os.listdir(tmp_path) == []


def test_ads_larger_than_the_buffer_are_written_whole(made, tmp_path, monkeypatch):
    monkeypatch.setattr(deliver, "_BUFFER_BYTES", 8192)
    with made.open() as virtual:
        write_file(virtual, tmp_path / "ad.mp4")
        assert (tmp_path / "ad.mp4").read_bytes() == virtual.read(0, virtual.size)


def test_an_ad_with_a_damaged_segment_leaves_what_was_there(made, tmp_path):
    shutil.copytree(made.store.folder, tmp_path / "store")
    own = SegmentStore(tmp_path / "store")
    path = own.get(made.segments[3].key).path
    path.write_bytes(path.read_bytes()[:-1] + b"!")
    out = tmp_path / "out"
    out.mkdir()
    (out / "ad.mp4").write_bytes(b"the ad of yesterday")
    with open_recipe(made.recipe, own) as virtual, pytest.raises(DamagedSegment):
        write_file(virtual, out / "ad.mp4")
    assert (out / "ad.mp4").read_bytes() == b"the ad of yesterday"
    assert os.listdir(out) == ["ad.mp4"]


def test_a_signed_ad_is_trusted_and_labelled_once(signed_path, chain):
    facts = read_labels_of(signed_path, chain.root_pem)
    assert (facts.signature.state, facts.aigc, facts.aigc_count) == ("Trusted", LABEL, 1)
    assert facts.signature.created_at == "2026-01-01T00:00:00Z"


def test_the_manifest_stands_before_moov_and_the_samples_are_the_same_bytes(made, signed_head, signed_path):
    with signed_path.open("rb") as file:
        kinds = [box.kind for box in walk_boxes(file, 0, signed_path.stat().st_size)]
    assert kinds == ["ftyp", "uuid", "moov", "mdat"]
    with made.open() as plain:
        samples = plain.read(len(plain.head), plain.size)
    assert signed_path.read_bytes() == signed_head + samples


def test_a_signed_ad_plays_like_the_plain_one(made, signed_path):
    seen = watch(signed_path)
    assert seen.numbers == list(range(sum(SLOTS)))
    assert seen.warnings == []
    assert frame_hashes(signed_path) == [each for segment in made.segments for each in frame_hashes(segment.path)]


def test_a_signed_head_passes_the_structural_checks(made, signed_head):
    size = made.recipe.size_bytes - len(made.recipe.head) + len(signed_head)
    tables = [each.picture for each in made.segments], [each.sound for each in made.stems]
    assert all(check.ok for check in check_structure(signed_head, size, *tables))


def test_only_a_few_kilobytes_are_kept_of_a_signed_ad(made, signed_head):
    assert len(signed_head) - len(made.recipe.head) < 8192


def test_one_changed_byte_of_a_signed_ad_is_found(signed_path, chain, tmp_path):
    content = bytearray(signed_path.read_bytes())
    content[-1000] ^= 1
    (tmp_path / "forged.mp4").write_bytes(content)
    assert read_labels_of(tmp_path / "forged.mp4", chain.root_pem).signature.state == "Invalid"


def test_a_signer_that_changes_more_than_it_may_is_refused(made, chain, monkeypatch):
    def scribble(reading, writing, *rest):
        content = bytearray(reading.read())
        content[100] ^= 1
        writing.write(bytes(content[:32]) + bytes(3000) + bytes(content[32:]))

    monkeypatch.setattr("generation.assembly.signing.sign_stream", scribble)
    with made.open() as virtual, pytest.raises(SigningFailed, match="more than its manifest"):
        sign_head(virtual, PROVENANCE, chain)


def test_where_blocks_cannot_be_shared_they_are_copied(made, tmp_path):
    recipe = make_recipe(made.segments, made.stems, LABEL, "t", "aligned")
    with open_recipe(recipe, made.store) as virtual:
        written = write_file(virtual, tmp_path / "ad.mp4")
    can_share = shares_blocks(made.segments[0].path, tmp_path)
    assert (written.bytes_shared > 0) == can_share
    assert written.bytes_shared + written.bytes_copied == recipe.size_bytes
    assert frame_hashes(tmp_path / "ad.mp4") == [e for segment in made.segments for e in frame_hashes(segment.path)]


def test_every_segment_of_an_aligned_ad_is_offered_for_sharing(made, chain, tmp_path, monkeypatch):
    offered = []

    def share(source, source_at, target, target_at, length):
        offered.append((source_at % 4096, target_at % 4096, length))
        with open(f"/proc/self/fd/{target}", "r+b") as file:
            file.seek(target_at)
            file.write(os.pread(source, length, source_at))
        return True

    monkeypatch.setattr(deliver, "_share", share)
    with sign_for_sharing(made.segments, made.stems, LABEL, PROVENANCE, chain) as virtual:
        written = write_file(virtual, tmp_path / "ad.mp4")
    blocks = [-(-segment.picture.payload_bytes // 4096) * 4096 for segment in made.segments]
    assert offered == [(0, 0, length) for length in blocks]
    assert written == Written(sum(blocks), virtual.size - sum(blocks))
    facts = read_labels_of(tmp_path / "ad.mp4", chain.root_pem)
    assert (facts.signature.state, facts.aigc_count) == ("Trusted", 1)
    assert watch(tmp_path / "ad.mp4").numbers == list(range(sum(SLOTS)))


def test_players_that_cannot_seek_back_find_the_tables_first(made):
    with made.open() as virtual:
        head = io.BytesIO(virtual.read(0, len(virtual.head)))
        assert [box.kind for box in walk_boxes(head, 0, len(virtual.head))] == ["ftyp", "moov"]


def test_signing_again_by_the_same_clock_gives_a_head_of_the_same_size(made, signed_head, chain):
    with made.open() as virtual, signed_virtual(virtual, PROVENANCE, chain, ManualClock()) as again:
        assert len(again.head) == len(signed_head)
    with open_pieces(signed_head, made.segments, made.stems) as opened:
        assert opened.size == made.recipe.size_bytes - len(made.recipe.head) + len(signed_head)
