"""Files by name in a bucket, on a real S3 server."""

from __future__ import annotations

import boto3
import pytest

from core.errors import ServiceDown
from core.storage.named import NamedFiles


@pytest.fixture
def files(s3_endpoint, monkeypatch):
    for name, value in [("ACCESS_KEY_ID", "k"), ("SECRET_ACCESS_KEY", "s"), ("DEFAULT_REGION", "us-east-1")]:
        monkeypatch.setenv(f"AWS_{name}", value)
    bucket = boto3.resource("s3", endpoint_url=s3_endpoint).Bucket("ads")
    bucket.create()
    yield NamedFiles("s3://ads/blobs", s3_endpoint, "segments")
    bucket.objects.delete()


def test_what_one_machine_keeps_another_fetches(files, s3_endpoint, tmp_path):
    (tmp_path / "a").write_bytes(b"segment")
    files.keep("abcd.mp4", tmp_path / "a")

    assert NamedFiles("s3://ads/blobs", s3_endpoint, "segments").fetch("abcd.mp4", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"segment"


def test_what_is_kept_again_is_replaced(files, tmp_path):
    for content in (b"first", b"second"):
        (tmp_path / "a").write_bytes(content)
        files.keep("abcd.json", tmp_path / "a")

    files.fetch("abcd.json", tmp_path / "b")
    assert (tmp_path / "b").read_bytes() == b"second"


def test_what_nobody_kept_is_not_there(files, tmp_path):
    assert files.fetch("abcd.mp4", tmp_path / "b") is False
    assert not (tmp_path / "b").exists()


def test_a_bucket_that_is_gone_is_a_service_that_is_down(files, s3_endpoint, tmp_path):
    (tmp_path / "a").write_bytes(b"segment")
    gone = NamedFiles("s3://no-such-bucket/x", s3_endpoint, "segments")
    with pytest.raises(ServiceDown, match="storage"):
        gone.keep("abcd.mp4", tmp_path / "a")
