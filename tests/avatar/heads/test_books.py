"""A filmed host in the books: only with the consents of the person who is filmed, and gone with them."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.utils import translation

from avatar.heads.choosing import DRAWN, cast
from avatar.heads.naming import heads_of
from avatar.heads.preparing import origin_of_books, origin_of_paper
from avatar.hosting.booking import Books
from avatar.live.setup import FACES
from avatar.management.commands.prepare_head import Command
from avatar.models import LikenessConsent
from avatar.page_data.control import gauges
from avatar.rooms import load_room
from avatar.services.personas import record_consent, save_persona, withdraw_consent
from core.errors import InputError
from generation import presenting
from generation.api import home_of_head
from generation.engines.heads.contracts import HeadConsentMissing
from generation.engines.heads.preparing import prepare_head
from generation.models import ConsentWithdrawal, HostedHead
from tests.avatar.stage import a_broadcast, a_live_shop
from tests.support.heads import AGREED, ScriptedHead, footage

pytestmark = pytest.mark.django_db
GIVEN = dt.datetime(2026, 11, 1, tzinfo=dt.UTC)
FORM = {"name": "周周", "base": "Lin", "language": "zh-CN", "likeness_of": "周晴", "head": "zhou"}


@pytest.fixture
def home(settings, tmp_path):
    settings.ADLOOM_HOME = tmp_path
    return tmp_path


@pytest.fixture
def shop(home):
    return a_live_shop()


def agreed(shop) -> list:
    kinds = ("likeness", "voice")
    return [record_consent(shop.member, "周晴", kind, "我同意。", "合同 7", GIVEN) for kind in kinds]


def film(shop, name: str = "zhou") -> None:
    origin = origin_of_books(shop.advertiser, "周晴")
    prepare_head(ScriptedHead(), footage(), home_of_head(name, shop.advertiser.slug), name, origin)


def test_a_room_goes_on_air_with_its_filmed_host_until_a_consent_is_withdrawn(shop):
    consents = agreed(shop)
    film(shop)
    shop.room.own_persona = save_persona(shop.advertiser, FORM)
    shop.room.save()

    config = load_room(str(shop.room.pk)).config
    assert config.head == str(home_of_head("zhou", shop.advertiser.slug).resolve())

    withdraw_consent(consents[1])
    with pytest.raises(InputError):
        load_room(str(shop.room.pk))
    with pytest.raises(HeadConsentMissing, match="withdrew consent"):
        cast(config, home_of_head("faces"))


def test_a_film_serves_nobody_but_the_person_it_shows(shop):
    agreed(shop)
    film(shop)

    with pytest.raises(InputError, match="the film shows 周晴"):
        save_persona(shop.advertiser, {**FORM, "likeness_of": ""})
    with pytest.raises(InputError, match="no prepared head 'nobody'"):
        save_persona(shop.advertiser, {**FORM, "head": "nobody"})


def test_a_film_that_lies_on_another_machine_can_be_chosen_by_the_person_it_shows(shop):
    consents = [str(each.pk) for each in agreed(shop)]
    HostedHead.objects.create(
        device="cuda", advertiser=shop.advertiser, name="zhou", person="周晴", consents=consents, checkpoint_hash=""
    )

    assert heads_of(shop.advertiser.slug) == ("zhou",)
    assert save_persona(shop.advertiser, FORM).head == "zhou"
    with pytest.raises(InputError, match="the film shows 周晴"):
        save_persona(shop.advertiser, {**FORM, "name": "新", "likeness_of": ""})
    withdraw_consent(LikenessConsent.objects.get(pk=consents[0]))
    with pytest.raises(HeadConsentMissing, match="withdrew consent"):
        save_persona(shop.advertiser, {**FORM, "name": "新"})


def test_a_consent_is_withdrawn_though_the_film_may_only_be_read_here(shop, monkeypatch):
    consents = agreed(shop)
    film(shop)
    monkeypatch.setattr("generation.engines.heads.cache._write_whole", read_only)

    withdraw_consent(consents[1])

    assert ConsentWithdrawal.objects.get().consent == str(consents[1].pk)


def read_only(path, content):
    raise OSError(30, "Read-only file system", str(path))


def test_another_advertiser_does_not_see_the_film(shop):
    agreed(shop)
    film(shop)

    assert heads_of(shop.advertiser.slug) == ("zhou",)
    assert heads_of("somebody-else") == ()


def test_without_a_model_the_drawn_host_stands_in_and_is_marked(shop, settings, tmp_path):
    settings.HEAD_MODEL_DIR = None
    agreed(shop)
    film(shop)
    shop.room.own_persona = save_persona(shop.advertiser, FORM)
    shop.room.save()

    casting = cast(load_room(str(shop.room.pk)).config, tmp_path)

    assert (casting.stage, casting.head, casting.worker) == (FACES, None, ())
    assert DRAWN in casting.config.degraded
    assert casting.why_drawn.startswith("HEAD_MODEL_DIR is not set")


def test_a_voice_that_may_not_be_used_is_decided_on_before_the_room_is_on_air(shop, settings, tmp_path):
    settings.MODELS_DIR = tmp_path / "models"
    settings.VOICE_MODEL_DIR = settings.MODELS_DIR / "vits-zh-aishell3"
    settings.VOICE_MODEL_DIR.mkdir(parents=True)

    casting = cast(load_room(str(shop.room.pk)).config, tmp_path)

    assert casting.config.degraded[-1] == "voice:espeak"
    assert "add vits-zh-aishell3 to MODEL_AGREEMENTS" in casting.why_embedded


def test_footage_is_prepared_by_a_command_with_the_consents_on_record(shop, monkeypatch, tmp_path):
    monkeypatch.setattr(presenting, "_head", ScriptedHead)
    monkeypatch.setattr("generation.engines.heads.footage.read_footage", lambda *_: iter(footage()))
    path = filmed_file(tmp_path / "zhou.mp4")
    said = io.StringIO()
    asked = {"footage": path, "name": "zhou", "consent": "周晴", "invented": None, "seconds": 2.0}
    asked["advertiser"] = shop.advertiser.slug

    with pytest.raises(HeadConsentMissing, match="no likeness consent of 周晴"):
        Command().work(**asked)
    agreed(shop)
    Command(stdout=said).work(**asked)

    assert said.getvalue().startswith("zhou: 12 pictures of 216×384")
    assert heads_of(shop.advertiser.slug) == ("zhou",)


def filmed_file(path):
    import av

    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=25)
        stream.width, stream.height, stream.pix_fmt = 216, 384, "yuv420p"
        for frame in footage() * 3:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(frame, format="rgb24")))
        container.mux(stream.encode(None))
    return path


def test_a_signed_paper_is_a_consent_too(tmp_path):
    paper = tmp_path / "ann.yaml"
    paper.write_text(
        "person: Ann Example\nwords: my face and voice may be used\ngiven_at: 2026-11-01\nevidence: folder 7\n"
    )

    origin = origin_of_paper(paper)

    assert origin.person == AGREED.person
    assert [each.kind for each in origin.consents] == ["likeness", "voice"]
    paper.write_text("person: Ann Example\nwords: yes\n")
    with pytest.raises(InputError, match=r"ann.yaml.given_at: is missing"):
        origin_of_paper(paper)


def test_the_control_room_says_who_stands_in(shop):
    broadcast = a_broadcast(shop.room)
    books = Books(broadcast)
    told = {"event": "degraded", "tick": 66, "media_seconds": 2.64, "wall_ms": 0, "epoch": 0}
    books.book([{**told, "event": "label_check", "ok": True}, {**told, "degraded": [DRAWN]}], broadcast.epoch, 100)
    broadcast.refresh_from_db()

    label = label_gauge(broadcast)

    assert (label.level, label.below) == ("look", "the drawn host stands in for the filmed one")
    books.book([{**told, "degraded": []}], broadcast.epoch, 200)
    broadcast.refresh_from_db()
    assert label_gauge(broadcast).level == "fine"


def label_gauge(broadcast):
    with translation.override("en"):
        return next(gauge for gauge in gauges(broadcast.room, broadcast) if gauge.name == "AI label")
