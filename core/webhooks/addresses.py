"""Which addresses this platform may be sent to: none inside its own network, unless the operator says so.

A name is resolved once and the connection goes to the very address that was looked at, so a
name that changes its mind between look and call (DNS rebinding) gains nothing.
"""

from __future__ import annotations

import asyncio
import ipaddress
import socket
import ssl
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

import httpcore

from core.errors import InputError, TerminalError

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address
LONGEST_URL = 500
MOST_ADDRESSES = 4


class ForbiddenAddress(TerminalError):
    """The name leads to an address nobody outside may make us call."""

    code = "forbidden_address"


def check_url(url: str, thing: str, *, may_be_private: bool) -> str:
    """`url` when it is one we would call; `InputError` naming `thing` otherwise. Names are looked up when called."""
    if not url.isascii() or any(ord(letter) <= 0x20 or ord(letter) == 0x7F for letter in url):
        raise InputError(thing, "has letters no address has; write them percent-encoded (a host as xn--…)", "bad_url")
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise InputError(thing, f"is not an address: {error}", "bad_url") from error
    if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > LONGEST_URL or port == 0:
        raise InputError(thing, "must be an http:// or https:// address", "bad_url")
    if parts.username or parts.password:
        raise InputError(thing, "must not carry a name or password", "bad_url")
    if not may_be_private:
        _check_host(parts.hostname, thing, parts.scheme)
    return url


def is_public(address: str) -> bool:
    """Whether a stranger may make us call this IP address."""
    found: IpAddress = ipaddress.ip_address(address.split("%")[0])
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if found in ipaddress.ip_network("64:ff9b::/96"):
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            found = inner
    return found.is_global and not found.is_multicast and not found.is_reserved


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Opens connections only to addresses that may be called, and to the one it looked at."""

    def __init__(self, *, may_be_private: bool) -> None:
        self._inner = httpcore.AnyIOBackend()
        self._may_be_private = may_be_private

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Address after address, so that `localhost` is found whichever of its two somebody listens on."""
        addresses = await self._look_up(host, port)
        for address in addresses[:-1]:
            try:
                return await self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return await self._inner.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)

    async def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore.AsyncNetworkStream:
        raise ForbiddenAddress("a socket file is no address to call")

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def _look_up(self, host: str, port: int) -> list[str]:
        try:
            found = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} cannot be resolved") from error
        return _callable_addresses(host, found, self._may_be_private)


class BlockingGuardedBackend(httpcore.NetworkBackend):
    """The same for clients that wait in a thread of their own."""

    def __init__(self, *, may_be_private: bool) -> None:
        self._inner = httpcore.SyncBackend()
        self._may_be_private = may_be_private

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except (OSError, UnicodeError) as error:
            raise httpcore.ConnectError(f"{host} cannot be resolved") from error
        addresses = _callable_addresses(host, found, self._may_be_private)
        for address in addresses[:-1]:
            try:
                return self._inner.connect_tcp(address, port, timeout, local_address, socket_options)
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                continue
        return self._inner.connect_tcp(addresses[-1], port, timeout, local_address, socket_options)


def _callable_addresses(host: str, found: Iterable[tuple[Any, ...]], may_be_private: bool) -> list[str]:
    """What a name was resolved to; one that may not be called among them forbids them all."""
    addresses = [str(entry[4][0]) for entry in found]
    if not may_be_private and not all(is_public(address) for address in addresses):
        raise ForbiddenAddress(f"{host} leads into a private network")
    return list(dict.fromkeys(addresses))[:MOST_ADDRESSES]


def make_pool(*, may_be_private: bool, connections: int = 300) -> httpcore.AsyncConnectionPool:
    """A pool of HTTP connections behind the guard; follows no redirects and knows no proxies."""
    return httpcore.AsyncConnectionPool(
        ssl_context=ssl.create_default_context(),
        max_connections=connections,
        max_keepalive_connections=connections // 3,
        keepalive_expiry=4.0,
        network_backend=GuardedBackend(may_be_private=may_be_private),
    )


def make_blocking_pool(*, may_be_private: bool, connections: int = 8) -> httpcore.ConnectionPool:
    """As `make_pool`, for threads."""
    return httpcore.ConnectionPool(
        ssl_context=ssl.create_default_context(),
        max_connections=connections,
        keepalive_expiry=4.0,
        network_backend=BlockingGuardedBackend(may_be_private=may_be_private),
    )


def _check_host(host: str, thing: str, scheme: str) -> None:
    """What can be said without looking the name up."""
    if scheme != "https":
        raise InputError(thing, "must be an https:// address", "bad_url")
    try:
        public = is_public(host)
    except ValueError:
        public = not (host == "localhost" or host.endswith((".localhost", ".local", ".internal")) or "." not in host)
    if not public:
        raise InputError(thing, "leads into a private network", "private_address")
