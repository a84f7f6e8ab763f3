"""A spokesperson clip from a text: through the command, the embedded voice and the tiny head of another machine."""

from __future__ import annotations

import io
import json
import shutil
from functools import partial

import av
import pytest
from django.utils import timezone

from core.errors import InputError
from core.models import Advertiser
from creative.management.commands import make_presenter
from creative.management.commands.make_presenter import Command
from creative.services.spokesperson import make_spokesperson
from generation import services
from generation.engines.heads.contracts import HeadConsentMissing
from generation.hosted_heads import say_whose_heads_are_here, withdraw_hosted
from generation.models import RenderJob
from generation.provenance.labels import verify_labels

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(settings, tmp_path, head_model, ann, monkeypatch):
    """Ann is the night shop's and can speak here. The lease outlasts the test, whose rows nobody else sees."""
    settings.ADLOOM_HOME, settings.HEAD_MODEL_DIR, settings.MODEL_DEVICE = tmp_path / "home", head_model, "cpu"
    monkeypatch.setattr(services, "LEASE_SECONDS", 600.0)
    monkeypatch.setattr(services, "send", lambda task, arguments: False)
    Advertiser.objects.create(slug="night", name="澄夜")
    shutil.copytree(ann, settings.ADLOOM_HOME / "heads" / "prepared" / "night" / "ann")
    return settings.ADLOOM_HOME


@pytest.fixture
def make(tmp_path):
    def run(**more):
        said = io.StringIO()
        asked = {"head": "ann", "advertiser": "night", "text": "夜里也有好咖啡。", "size": "216x384", "voice": ""}
        asked |= {"language": None, "platform": "douyin", "out": tmp_path / "clip.mp4", "json": True}
        Command(stdout=said).work(**(asked | more))
        return json.loads(said.getvalue())

    return run


@pytest.fixture
def host(home, settings, head_model, monkeypatch):
    """From now on this machine has no model; one that has it works while this one waits."""
    say_whose_heads_are_here()
    settings.HEAD_MODEL_DIR = None
    done = []

    def watch(look):
        while (found := look()) is None:
            work()
        return found

    def work() -> None:
        settings.HEAD_MODEL_DIR = head_model
        for job in RenderJob.objects.filter(kind=RenderJob.Kind.PRESENT, ended_at=None):
            services.run_job(str(job.pk))
            done.append(job.pk)
        settings.HEAD_MODEL_DIR = None

    monkeypatch.setattr(make_presenter, "make_spokesperson", partial(make_spokesperson, watch=watch))
    return done


def test_a_text_becomes_a_labelled_signed_clip_of_the_person_who_agreed(home, host, make, tmp_path):
    made = make()

    assert len(host) == 1
    assert (made["frames"], made["takes"], made["size"]) == (64, 1, "216x384")
    assert (made["person"], made["consents"]) == ("Ann Example", ["paper-likeness", "paper-voice"])
    assert made["degraded"] == ["voice:espeak"]
    assert made["label"]["visible_to_frame"] >= 60
    facts = verify_labels(tmp_path / "clip.mp4", home)
    assert (facts.aigc["Label"], facts.signature.state) == ("1", "Trusted")
    with av.open(str(tmp_path / "clip.mp4")) as container:
        assert sum(1 for _ in container.decode(video=0)) == 64


@pytest.mark.parametrize(
    ("odd", "reason"),
    [
        ({"head": "bob"}, "presenter: no prepared head is called 'bob'; prepare_head makes one"),
        ({"advertiser": "nobody"}, "advertiser: 'nobody' is not known"),
        ({"text": " …！ "}, "text: there is nothing in it to say"),
        ({"text": "好" * 4001}, "text: has 4001 characters"),
        ({"size": "217x384"}, "size: '217x384' is not WIDTHxHEIGHT of even sides"),
        ({"size": "big"}, "size: 'big' is not WIDTHxHEIGHT"),
    ],
)
def test_what_cannot_be_used_is_named_before_anything_is_made(home, make, odd, reason):
    with pytest.raises(InputError) as refused:
        make(**odd)
    assert str(refused.value).startswith(reason)


def test_a_place_that_cannot_be_written_is_named_first(home, make, tmp_path):
    for out in (tmp_path / "clip.gif", tmp_path / "nowhere" / "clip.mp4"):
        with pytest.raises(InputError, match="out: "):
            make(out=out)


def test_who_took_a_consent_back_is_not_made_to_speak(home, make):
    say_whose_heads_are_here()
    withdraw_hosted("paper-likeness", timezone.now())

    with pytest.raises(HeadConsentMissing, match="withdrew consent"):
        make()


def test_a_clip_whose_person_steps_back_while_it_is_made_is_not_handed_out(home, host, make, monkeypatch, tmp_path):
    drawn = services.run_job

    def step_back_then(job):
        drawn(job)
        withdraw_hosted("paper-likeness", timezone.now())

    monkeypatch.setattr(services, "run_job", step_back_then)

    with pytest.raises(HeadConsentMissing, match="withdrew consent"):
        make()
    assert not (tmp_path / "clip.mp4").exists()
