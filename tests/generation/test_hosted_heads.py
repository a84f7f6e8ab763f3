"""A presenter ordered where there is no model: a host elsewhere says whom it has, and makes the clip."""

from __future__ import annotations

import datetime as dt
import shutil
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import boto3
import pytest
from django.apps import apps
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.errors import InputError
from core.models import Advertiser
from core.storage import bring_here
from generation import runner, services
from generation.api import PlacedVoice, PresenterOrder, order_presenter
from generation.checkpoints.router import LicenceRefused
from generation.engines.heads.cache import read_origin, write_origin
from generation.engines.heads.contracts import HeadConsent, HeadConsentMissing, HeadMissing
from generation.hosted_heads import (
    HeadElsewhere,
    find_presenter,
    head_here,
    hosted_head_names,
    person_of_hosted,
    say_whose_heads_are_here,
    withdraw_hosted,
)
from generation.model_host.hosted import SILENT_AFTER
from generation.models import HostedHead, RenderAttempt, RenderJob
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


def agree_anew(folder: Path) -> None:
    """The person agrees to the use of the voice once more, and the footage is prepared again."""
    origin = read_origin(folder)
    likeness = next(each for each in origin.consents if each.kind == "likeness")
    voice = HeadConsent("paper-2", "voice", "yes again", "2026-11-24", "paper 2")
    write_origin(folder, replace(origin, consents=(likeness, voice), withdrawn_at=""))


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


def test_everybodys_head_is_in_the_books_once_a_device(shop):
    HostedHead.objects.create(device="cpu", name="li", head="1", checkpoint_hash="2")

    with pytest.raises(IntegrityError), transaction.atomic():
        HostedHead.objects.create(device="cpu", name="li", head="3", checkpoint_hash="4")


def test_twins_from_before_that_become_one_and_keep_the_withdrawal(shop):
    constraint = HostedHead._meta.constraints[0]
    with connection.schema_editor() as editor:
        editor.remove_constraint(HostedHead, constraint)
    for head in ("old", "new"):
        HostedHead.objects.create(device="cpu", name="li", head=head, checkpoint_hash="", consents=["a", "b"])
    HostedHead.objects.filter(head="old").update(withdrawn_at=WITHDRAWN_AT)
    HostedHead.objects.create(device="cpu", name="li", head="own", checkpoint_hash="", advertiser=shop)

    import_module("generation.migrations.0010_consent_withdrawals").keep_one_of_each(apps, None)

    rows = HostedHead.objects.order_by("head").values_list("head", "withdrawn_at")
    assert list(rows) == [("new", WITHDRAWN_AT), ("own", None)]
    connection.check_constraints()
    with connection.schema_editor() as editor:
        editor.add_constraint(HostedHead, constraint)


def test_a_withdrawal_outlasts_a_host_that_says_its_heads_at_that_moment(host, machines, shop):
    withdraw_hosted("paper-voice", WITHDRAWN_AT)
    # What it read before the consent was withdrawn, it writes after.
    HostedHead.objects.update(withdrawn_at=None)

    machines("web")
    with pytest.raises(HeadConsentMissing, match="withdrew consent on 2026-11-23"):
        find_presenter("ann", shop)
    machines("host")
    with pytest.raises(HeadConsentMissing, match="withdrew consent on 2026-11-23"):
        find_presenter("ann", shop)


def test_a_fresh_consent_on_one_machine_does_not_free_the_old_folder_of_another(host, machines, shop, ann):
    old = machines("host") / "old"
    shutil.copytree(host / "heads" / "prepared" / "night" / "ann", old)
    withdraw_hosted("paper-voice", WITHDRAWN_AT)
    folder = host / "heads" / "prepared" / "night" / "ann"
    agree_anew(folder)
    say_whose_heads_are_here("cpu")
    assert HostedHead.objects.get().withdrawn_at is None
    assert head_here("ann", shop) == folder

    shutil.rmtree(folder)
    shutil.copytree(old, folder)

    with pytest.raises(HeadElsewhere, match="with a consent that was taken back"):
        head_here("ann", shop)
    assert read_origin(folder).withdrawn_at == WITHDRAWN_AT.isoformat()
    say_whose_heads_are_here("cpu")
    row = HostedHead.objects.get()
    assert (row.withdrawn_at, row.consents) == (None, ["paper-likeness", "paper-2"])
    assert find_presenter("ann", shop).folder is None


def test_a_head_whose_host_is_silent_is_not_ordered_from(host, machines, shop):
    HostedHead.objects.update(seen_at=timezone.now() - SILENT_AFTER - dt.timedelta(minutes=1))

    machines("web")
    with pytest.raises(HeadMissing, match=r"the model worker that has 'ann' was last heard of on .* UTC; start it"):
        find_presenter("ann", shop)
    machines("host")
    say_whose_heads_are_here("cpu")
    machines("web")
    assert find_presenter("ann", shop).device == "cpu"


def test_what_no_host_has_said_for_a_month_is_let_go(host, shop):
    HostedHead.objects.create(device="cpu", advertiser=shop, name="bob", head="", checkpoint_hash="")
    HostedHead.objects.update(seen_at=timezone.now() - dt.timedelta(days=31))

    say_whose_heads_are_here("cpu")

    assert HostedHead.objects.get().name == "ann"


def test_a_hosts_model_that_may_not_be_used_is_refused_before_it_is_ordered(host, machines, shop):
    HostedHead.objects.update(card="flux-dev")
    machines("web")

    with pytest.raises(LicenceRefused, match=r"flux-dev: FLUX\.1 dev non-commercial licence forbids"):
        find_presenter("ann", shop)


def test_who_is_to_be_seen_is_known_where_the_head_is_not(host, machines, shop):
    machines("web")

    assert hosted_head_names("night") == {"ann"}
    assert hosted_head_names("day") == set()
    assert person_of_hosted("ann", shop) == "Ann Example"
    assert person_of_hosted("bob", shop) is None
    withdraw_hosted("paper-likeness", WITHDRAWN_AT)
    with pytest.raises(HeadConsentMissing, match="withdrew consent"):
        person_of_hosted("ann", shop)


def test_a_row_from_before_hosts_said_who_is_to_be_seen_is_as_good_as_none(host, shop):
    HostedHead.objects.update(person="")

    assert person_of_hosted("ann", shop) is None


def test_half_a_head_and_a_date_written_by_hand_stop_nobody(machines, ann, shop):
    folder = machines("host") / "heads" / "prepared" / "night"
    for name in (".ann.1a2b3c4d", "ann"):
        shutil.copytree(ann, folder / name)
    write_origin(folder / "ann", replace(read_origin(ann), withdrawn_at="last Tuesday"))

    say_whose_heads_are_here("cpu")

    row = HostedHead.objects.get()
    assert (row.name, row.withdrawn_at is not None) == ("ann", True)


def test_no_name_leads_out_of_the_advertisers_folder(host, shop):
    with pytest.raises(InputError, match=r"no prepared head is called '\.\./night/ann'"):
        find_presenter("../night/ann", Advertiser.objects.create(slug="day", name="Day"))


def test_a_worker_without_the_head_has_not_tried(host, machines, order, sent, monkeypatch):
    job = order(machines("web"))
    machines("third")
    for _ in range(7):
        RenderJob.objects.update(not_before=None)
        services.run_job(str(job.pk))

    job.refresh_from_db()
    assert (job.state, job.attempts, job.error_code) == ("queued", 0, "head_elsewhere")
    assert not RenderAttempt.objects.exists()

    RenderJob.objects.update(not_before=None, created_at=timezone.now() - services.ELSEWHERE_FOR)
    services.run_job(str(job.pk))
    job.refresh_from_db()
    assert (job.state, job.attempts) == ("queued", 1)
