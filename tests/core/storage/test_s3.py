"""Blobs in a bucket, on a real S3 server."""

from __future__ import annotations

import hashlib
import io
import os

import boto3
import pytest

from core.errors import ServiceDown
from core.storage.base import BlobMissing
from core.storage.local import LocalBlobStore
from core.storage.s3 import BlobDamaged, S3BlobStore

HELLO = hashlib.sha256(b"hello").hexdigest()


@pytest.fixture
def bucket(s3_endpoint, monkeypatch):
    for name, value in [("ACCESS_KEY_ID", "k"), ("SECRET_ACCESS_KEY", "s"), ("DEFAULT_REGION", "us-east-1")]:
        monkeypatch.setenv(f"AWS_{name}", value)
    bucket = boto3.resource("s3", endpoint_url=s3_endpoint).Bucket("ads")
    bucket.create()
    yield bucket
    bucket.objects.delete()


@pytest.fixture
def store_on(bucket, s3_endpoint, tmp_path):
    """A machine of its own: another cache in front of the same bucket."""
    return lambda machine, **options: S3BlobStore(
        "s3://ads/blobs", s3_endpoint, LocalBlobStore(tmp_path / machine), **options
    )


def test_what_one_machine_puts_another_gets(store_on, bucket):
    assert store_on("one").put(io.BytesIO(b"hello")) == HELLO

    assert [found.key for found in bucket.objects.all()] == [f"blobs/{HELLO[:2]}/{HELLO}"]
    assert store_on("two").path(HELLO).read_bytes() == b"hello"


def test_a_cached_blob_needs_no_bucket(store_on, bucket):
    one = store_on("one")
    one.put(io.BytesIO(b"hello"))
    bucket.objects.delete()

    assert one.path(HELLO).read_bytes() == b"hello"


def test_a_blob_that_is_nowhere_is_named(store_on):
    with pytest.raises(BlobMissing, match=HELLO):
        store_on("one").path(HELLO)
    assert not store_on("one").has(HELLO)


def test_a_blob_that_comes_damaged_is_not_kept(store_on, bucket):
    bucket.put_object(Key=f"blobs/{HELLO[:2]}/{HELLO}", Body=b"hullo")
    one = store_on("one")

    with pytest.raises(BlobDamaged):
        one.path(HELLO)
    assert not one.cache.has(HELLO)


def test_an_old_blob_leaves_a_full_cache(store_on, bucket):
    one = store_on("one", cache_bytes=8)
    old = one.put(io.BytesIO(b"old and big"))
    os.utime(one.cache.path(old), (0, 0))
    bucket.put_object(Key=f"blobs/{HELLO[:2]}/{HELLO}", Body=b"hello")

    one.path(HELLO)

    assert not one.cache.has(old)
    assert one.cache.has(HELLO)


def test_a_bucket_that_does_not_answer_says_storage(s3_endpoint, tmp_path, bucket):
    lost = S3BlobStore("s3://no-such-bucket", s3_endpoint, LocalBlobStore(tmp_path))

    with pytest.raises(ServiceDown, match="storage"):
        lost.put(io.BytesIO(b"hello"))
