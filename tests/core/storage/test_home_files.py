"""Files that machines with homes of their own share through a bucket, on a real S3 server."""

from __future__ import annotations

import os

import boto3
import pytest

from core.storage import bring_all_here, bring_here, lend, put_bytes, share, share_all
from core.storage.trimming import YOUNG_SECONDS, trim


@pytest.fixture
def homes(s3_endpoint, monkeypatch, settings, tmp_path):
    """`homes("name")` goes on as the machine of that name; all share one bucket."""
    for name, value in [("ACCESS_KEY_ID", "k"), ("SECRET_ACCESS_KEY", "s"), ("DEFAULT_REGION", "us-east-1")]:
        monkeypatch.setenv(f"AWS_{name}", value)
    bucket = boto3.resource("s3", endpoint_url=s3_endpoint).Bucket("files")
    bucket.create()
    settings.STORAGE_URL, settings.S3_ENDPOINT_URL = "s3://files/adloom", s3_endpoint

    def go_to(name):
        settings.ADLOOM_HOME = tmp_path / name
        return settings.ADLOOM_HOME

    yield go_to
    bucket.objects.delete()


def written(home, name, content=b"pictures"):
    path = home / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    return path


def test_what_one_machine_shares_another_reads_under_its_own_home(homes):
    path = written(homes("one"), "materials/ab12.mp4")
    share(path)

    other = homes("two")
    here = bring_here(path)

    assert here.is_relative_to(other)
    assert here.read_bytes() == b"pictures"
    assert bring_here(path) == here


def test_a_file_of_this_home_stays_where_it_is(homes):
    path = written(homes("one"), "ads/job-1.mp4")
    share(path)

    assert bring_here(path) == path


def test_a_request_is_brought_whole(homes):
    home = homes("one")
    sound, facts = written(home, "voice/aa.wav", b"words"), written(home, "voice/aa.json", b"{}")
    share_all({"take": {"path": str(sound)}, "facts_path": str(facts), "paths": 3})

    homes("two")
    request = bring_all_here({"tracks": [{"path": str(sound), "sha256": "aa"}], "picture_path": "", "note": str(sound)})

    assert (homes("two") / "cache/files/voice/aa.wav").read_bytes() == b"words"
    assert request == {
        "tracks": [{"path": str(homes("two") / "cache/files/voice/aa.wav"), "sha256": "aa"}],
        "picture_path": "",
        "note": str(sound),
    }
    assert bring_here(facts).read_bytes() == b"{}"


def test_a_blob_is_known_by_its_hash_wherever_it_lay(homes):
    homes("one")
    sha256 = put_bytes(b"a picture")
    path = homes("one") / "cache/blobs" / sha256[:2] / sha256[2:4] / sha256

    other = homes("two")
    here = bring_here(path)

    assert here.is_relative_to(other)
    assert here.read_bytes() == b"a picture"


def test_what_lies_outside_of_the_home_is_lent_by_a_copy(homes, tmp_path):
    footage = written(tmp_path, "Videos/Pour Coffee.MP4")
    homes("one")
    lent = lend(footage)

    homes("two")

    assert lent.suffix == ".mp4"
    assert bring_here(lent).read_bytes() == b"pictures"


def test_what_nobody_shared_is_named_as_it_was_recorded(homes, tmp_path):
    homes("two")

    assert bring_here("/app/demo/music/dawn.flac").as_posix() == "/app/demo/music/dawn.flac"
    assert bring_here(tmp_path / "one/materials/never.mp4") == tmp_path / "one/materials/never.mp4"


def test_without_a_bucket_paths_are_what_they_are(settings, tmp_path):
    settings.STORAGE_URL = ""
    path = written(tmp_path, "elsewhere/materials/ab.mp4")
    share(path)

    assert bring_here(path) == path
    assert lend(path) == path
    assert bring_all_here({"path": str(path)}) == {"path": str(path)}


def test_copies_used_longest_ago_go_first_and_young_ones_stay(tmp_path):
    for age, name in ((3 * YOUNG_SECONDS, "old"), (2 * YOUNG_SECONDS, "middle"), (0, "young")):
        path = written(tmp_path, f"materials/{name}", b"x" * 100)
        os.utime(path, (path.stat().st_mtime - age,) * 2)

    trim([tmp_path], most_bytes=200)
    assert sorted(path.name for path in tmp_path.rglob("*") if path.is_file()) == ["middle", "young"]

    trim([tmp_path], most_bytes=10)
    assert [path.name for path in tmp_path.rglob("*") if path.is_file()] == ["young"]
