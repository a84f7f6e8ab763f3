"""Nobody outside makes us call inside."""

from __future__ import annotations

import asyncio

import pytest

from core.errors import InputError
from core.webhooks.addresses import ForbiddenAddress, check_url, is_public, make_pool
from core.webhooks.posting import Poster


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0"),
        *("::1", "fe80::1", "fc00::1", "::ffff:127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "224.0.0.1"),
    ],
)
def test_addresses_inside_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["1.1.1.1", "93.184.215.14", "2606:4700:4700::1111"])
def test_addresses_outside_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "url",
    [
        *(
            "http://example.com/x",
            "https://127.0.0.1/x",
            "https://localhost/x",
            "https://printer.local/",
            "https://db/",
        ),
        *(
            "https://[::1]/",
            "https://user:pass@example.com/",
            "ftp://example.com/",
            "https://",
            "https://example.com:99999/",
        ),
    ],
)
def test_such_addresses_typed_in_a_page_are_refused(url):
    with pytest.raises(InputError) as refused:
        check_url(url, "callback", may_be_private=False)
    assert refused.value.thing == "callback"


def test_the_operator_may_name_a_loopback_address():
    assert check_url("http://127.0.0.1:9000/cb", "callback", may_be_private=True) == "http://127.0.0.1:9000/cb"


def test_a_name_that_leads_inside_is_not_called():
    async def call() -> None:
        async with make_pool(may_be_private=False) as pool:
            await pool.request("GET", "http://localhost:9/")

    with pytest.raises(ForbiddenAddress, match="private network"):
        asyncio.run(call())


def test_redirects_are_not_followed_and_answers_are_told_apart():
    async def post(reply: bytes) -> object:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(reply)
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        poster = Poster()
        answer = await poster.post(f"http://127.0.0.1:{port}/", [b"k"], "id", b"{}", may_be_private=True)
        await poster.close()
        server.close()
        return answer.status, answer.retry_after_seconds, answer.may_have_arrived

    moved = b"HTTP/1.1 302 Found\r\nlocation: http://169.254.169.254/\r\ncontent-length: 0\r\n\r\n"
    busy = b"HTTP/1.1 429 Busy\r\nretry-after: 7\r\ncontent-length: 0\r\n\r\n"
    assert asyncio.run(post(moved)) == (302, None, False)
    assert asyncio.run(post(busy)) == (429, 7.0, False)
    assert asyncio.run(post(b"")) == (0, None, True)


def test_localhost_is_found_on_whichever_of_its_addresses_it_listens():
    async def post() -> int:
        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\n")
            writer.write(b"HTTP/1.1 204 No\r\n\r\n")
            await writer.drain()
            writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        url = f"http://localhost:{server.sockets[0].getsockname()[1]}/"
        poster = Poster()
        answer = await poster.post(url, [b"k"], "id", b"{}", may_be_private=True)
        await poster.close()
        server.close()
        return answer.status

    assert asyncio.run(post()) == 204


def test_a_port_nobody_listens_on_is_no_answer():
    async def post() -> object:
        poster = Poster()
        answer = await poster.post("http://127.0.0.1:9/", [b"k"], "id", b"{}", may_be_private=True)
        await poster.close()
        return answer.status, answer.may_have_arrived

    assert asyncio.run(post()) == (0, False)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8478/cb/中文", "https://店.example/", "https://a.example/b c"])
def test_letters_no_address_has_are_refused_before_anything_is_sent_there(url):
    with pytest.raises(InputError, match="percent-encoded"):
        check_url(url, "callback", may_be_private=True)
