"""Opening a channel on a platform from the command line: no secret is ever an argument, none is shown."""

from __future__ import annotations

import io
import json

import pytest

from agentbot.management.commands.open_channel import Command
from agentbot.models import ChannelAccount
from agentbot.pii import unwrap_key
from core.errors import InputError
from core.models import Advertiser
from tests.agentbot.channels.vendors import samples

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def advertiser() -> Advertiser:
    return Advertiser.objects.create(slug="tea", name="Tea")


def opened(*arguments: str) -> dict[str, str]:
    out = io.StringIO()
    command = Command(stdout=out)
    parser = command.create_parser("manage.py", "open_channel")
    command.work(**vars(parser.parse_args(["--advertiser", "tea", *arguments, "--json"])))
    return json.loads(out.getvalue())


def kept() -> dict[str, str]:
    return json.loads(unwrap_key(bytes(ChannelAccount.objects.get().secret)))


def test_secrets_come_from_the_environment_and_the_rest_from_arguments(monkeypatch):
    for name in ("client_secret", "access_token"):
        monkeypatch.setenv(f"DOUYIN_{name}".upper(), samples.DOUYIN[name])

    told = opened("--kind", "douyin", "--set", "client_key=ck", "--set", "open_id=shop")

    account = ChannelAccount.objects.get()
    assert set(told) == {"channel", "inbound_url", "secret", "crm_secret"}
    assert (told["channel"], told["secret"]) == (str(account.pk), "")
    assert told["inbound_url"].endswith(f"/in/{account.inbound_token}")
    assert kept() == {
        "client_key": "ck",
        "client_secret": samples.DOUYIN["client_secret"],
        "open_id": "shop",
        "access_token": samples.DOUYIN["access_token"],
        "refresh_token": "",
    }
    assert (account.takes_ids, account.reply_window_seconds, account.replies_per_message) == (False, 172800, 5)


def test_credentials_come_from_a_file_and_metas_console_gets_a_token_of_ours(tmp_path):
    given = {name: value for name, value in samples.WHATSAPP.items() if name != "verify_token"}
    (tmp_path / "whatsapp.json").write_text(json.dumps(given))

    told = opened("--kind", "whatsapp", "--credentials", str(tmp_path / "whatsapp.json"))

    assert told["secret"] == kept()["verify_token"]
    assert len(told["secret"]) == 32


def test_credentials_come_by_standard_input(monkeypatch):
    monkeypatch.setattr("sys.stdin", io.StringIO(json.dumps(samples.WECOM)))
    opened("--kind", "wecom", "--credentials", "-")
    assert kept() == samples.WECOM


@pytest.mark.parametrize(
    ("arguments", "thing"),
    [
        (("--set", "client_secret=x"), "--set"),
        (("--set", "client_key"), "--set"),
        (("--credentials", "/nowhere.json"), "--credentials"),
        (("--set", "client_key=ck", "--set", "open_id=shop"), "DOUYIN_CLIENT_SECRET"),
    ],
)
def test_what_is_missing_or_odd_is_named(monkeypatch, arguments, thing):
    monkeypatch.setattr("sys.stdin", io.StringIO(""))
    with pytest.raises(InputError) as refused:
        opened("--kind", "douyin", *arguments)
    assert refused.value.thing == thing
    assert not ChannelAccount.objects.exists()


def test_a_signed_channel_is_opened_as_ever():
    told = opened("--kind", "webhook", "--callback", "http://127.0.0.1:9/cb")
    assert list(told) == ["channel", "inbound_url", "secret", "crm_secret"]
    assert told["secret"].startswith("whsec_")
    account = ChannelAccount.objects.get()
    assert (account.takes_ids, account.reply_window_seconds) == (True, None)
