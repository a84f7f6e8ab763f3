"""Blobs are named by what is in them."""

from __future__ import annotations

import hashlib
import io

import pytest

from core import storage
from core.storage.base import BlobMissing
from core.storage.local import LocalBlobStore

HELLO = hashlib.sha256(b"hello").hexdigest()


def files_under(folder):
    return [path for path in folder.rglob("*") if path.is_file()]


def test_what_was_put_comes_back_under_its_hash(tmp_path):
    store = LocalBlobStore(tmp_path)

    assert store.put(io.BytesIO(b"hello")) == HELLO
    assert store.path(HELLO).read_bytes() == b"hello"
    assert store.has(HELLO)


def test_the_same_bytes_twice_are_one_blob(tmp_path):
    store = LocalBlobStore(tmp_path)
    store.put(io.BytesIO(b"hello"))
    store.put(io.BytesIO(b"hello"))

    assert files_under(tmp_path) == [store.path(HELLO)]


def test_a_copy_that_breaks_off_leaves_nothing(tmp_path):
    class Breaking(io.BytesIO):
        def read(self, size=-1):
            raise OSError("the disk went away")

    with pytest.raises(OSError, match="went away"):
        LocalBlobStore(tmp_path).put(Breaking())

    assert files_under(tmp_path) == []


def test_a_missing_blob_is_named(tmp_path):
    with pytest.raises(BlobMissing, match=HELLO):
        LocalBlobStore(tmp_path).path(HELLO)


@pytest.mark.parametrize("name", ["../../etc/passwd", "", HELLO.upper(), HELLO + "\n"])
def test_a_name_that_is_no_hash_never_becomes_a_path(tmp_path, name):
    with pytest.raises(ValueError, match="not a SHA-256"):
        LocalBlobStore(tmp_path).path(name)


def test_the_platforms_store_lies_under_its_home(settings, tmp_path):
    settings.ADLOOM_HOME = tmp_path
    source = tmp_path / "a file"
    source.write_bytes(b"hello")

    assert storage.put_file(source) == HELLO == storage.hash_file(source)
    assert storage.path_for(HELLO).is_relative_to(tmp_path / "blobs")
    assert storage.open_blob(HELLO).read() == b"hello"
    assert storage.has_blob(HELLO)
    assert source.exists()
