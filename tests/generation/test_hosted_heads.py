"""A presenter ordered where there is no model: a host elsewhere says whom it has, and makes the clip."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

import boto3
import pytest

from core.errors import InputError
from core.models import Advertiser
from core.storage import bring_here
from generation import runner, services
from generation.api import PlacedVoice, PresenterOrder, order_presenter
from generation.engines.heads.contracts import HeadConsentMissing, HeadMissing
from generation.hosted_heads import HeadElsewhere, say_whose_heads_are_here, withdraw_hosted
from generation.models import HostedHead, RenderJob
from generation.provenance.labels import verify_labels
from generation.sound.wave_files import write_wav
from tests.support.heads import speech

pytestmark = pytest.mark.django_db
WITHDRAWN_AT = dt.datetime(2026, 11, 23, tzinfo=dt.UTC)


@pytest.fixture
def shop():
    return Advertiser.objects.create(slug="night", name="Night")


@pytest.fixture
def machines(s3_endpoint, monkeypatch, settings, tmp_path, head_model):
    """`machines("host")` goes on as the one with the head_model, any other name as one without; all share a bucket."""
    for name, value in [("ACCESS_KEY_ID", "k"), ("SECRET_ACCESS_KEY", "s"), ("DEFAULT_REGION", "us-east-1")]:
        monkeypatch.setenv(f"AWS_{name}", value)
    boto3.resource("s3", endpoint_url=s3_endpoint).Bucket("heads").create()
    settings.STORAGE_URL, settings.S3_ENDPOINT_URL = f"s3://heads/{tmp_path.name}", s3_endpoint

    def go_to(name: str) -> Path:
        has_model = name == "host"
        settings.ADLOOM_HOME = tmp_path / name
        settings.HEAD_MODEL_DIR, settings.MODEL_DEVICE = (head_model, "cpu") if has_model else (None, "cuda")
        return settings.ADLOOM_HOME

    return go_to


@pytest.fixture
def host(machines, ann, shop):
    """The host's home, in which Ann lies and of which the books know."""
    home = machines("host")
    shutil.copytree(ann, home / "heads" / "prepared" / "night" / "ann")
    say_whose_heads_are_here("cpu")
    return home


def said(voice: Path) -> PresenterOrder:
    return PresenterOrder("ann", (PlacedVoice(str(voice), 3),), 15, 216, 384)


@pytest.fixture
def order(shop, monkeypatch, django_capture_on_commit_callbacks):
    """Has Ann say a third of a second, by a voice that lies in this home; the job."""

    def place(home: Path) -> RenderJob:
        voice = home / "voice" / "aa.wav"
        voice.parent.mkdir(parents=True, exist_ok=True)
        write_wav(voice, speech(0.3, 48_000).astype(float), 48_000)
        with django_capture_on_commit_callbacks(execute=True):
            key = order_presenter(shop, said(voice), "")
        return RenderJob.objects.get(pk=key)

    return place


@pytest.fixture
def sent(monkeypatch):
    messages: list[str] = []
    monkeypatch.setattr(services, "send", lambda task, arguments: messages.append(task) or True)
    return messages


def test_the_host_that_has_the_head_makes_the_clip_and_the_orderer_reads_it_from_storage(host, machines, order, sent):
    web = machines("web")
    job = order(web)

    machines("host")
    result = runner.run(job, 1, lambda share: None)

    assert sent == ["generation.cpu_models.run_job"]
    assert (host / "cache" / "files" / "voice" / "aa.wav").is_file()
    assert (result["frames"], result["person"]) == (15, "Ann Example")
    machines("web")
    clip = bring_here(result["path"])
    assert clip.is_relative_to(web)
    assert verify_labels(clip, web).aigc["Label"] == "1"


def test_a_worker_without_the_head_leaves_the_job_to_another(host, machines, order, sent):
    job = order(machines("web"))

    machines("third")
    with pytest.raises(HeadElsewhere, match="this model worker has no prepared head called 'ann'"):
        runner.run(job, 1, lambda share: None)


def test_where_nobody_has_the_head_the_way_out_is_named(machines, order, ann):
    home = machines("web")
    with pytest.raises(InputError, match="no prepared head is called 'ann'; prepare_head makes one"):
        order(home)

    shutil.copytree(ann, home / "heads" / "prepared" / "night" / "ann")
    with pytest.raises(HeadMissing, match="HEAD_MODEL_DIR is not set"):
        order(home)
    assert not RenderJob.objects.exists()


def test_a_machine_without_the_model_says_nothing_of_its_heads(machines, ann, shop):
    shutil.copytree(ann, machines("web") / "heads" / "prepared" / "night" / "ann")

    say_whose_heads_are_here()

    assert not HostedHead.objects.exists()


def test_a_consent_withdrawn_on_one_machine_holds_on_all(host, machines, order, sent):
    job = order(machines("web"))

    assert withdraw_hosted("paper-voice", WITHDRAWN_AT) == 1

    with pytest.raises(HeadConsentMissing, match="withdrew consent"):
        order(machines("web"))
    machines("host")
    with pytest.raises(HeadConsentMissing, match="withdrew consent"):
        runner.run(job, 1, lambda share: None)
    say_whose_heads_are_here("cpu")
    assert HostedHead.objects.get().withdrawn_at == WITHDRAWN_AT


def test_another_advertiser_does_not_get_the_head(host, machines):
    other = Advertiser.objects.create(slug="day", name="Day")
    home = machines("web")

    with pytest.raises(InputError, match="no prepared head is called 'ann'"):
        order_presenter(other, said(home / "voice" / "aa.wav"), "")
