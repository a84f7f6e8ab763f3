"""TLS in front of an ingest on loopback, with a certificate of its own making: what a platform's RTMPS door does."""

from __future__ import annotations

import datetime as dt
import ipaddress
import socket
import ssl
import threading
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

DAY = dt.timedelta(days=1)


def write_certificate(folder: Path, host: str) -> tuple[Path, Path]:
    """(certificate, key) for `host` as PEM files; who trusts the certificate trusts the server."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, host)])
    now = dt.datetime.now(dt.UTC)
    made = x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), now - DAY, now + DAY)
    made = made.add_extension(x509.SubjectAlternativeName([_alternative(host)]), critical=False)
    signed = made.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True).sign(key, hashes.SHA256())
    pem, secret = folder / f"{host}.pem", folder / f"{host}.key"
    pem.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    kind = serialization.PrivateFormat.PKCS8
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, kind, serialization.NoEncryption()))
    return pem, secret


def _alternative(host: str) -> x509.GeneralName:
    try:
        return x509.IPAddress(ipaddress.ip_address(host))
    except ValueError:
        return x509.DNSName(host)


class TlsDoor:
    """Listens on a free port of 127.0.0.1 and hands what it decrypts on to `target`, both ways."""

    def __init__(self, target: int, certificate: tuple[Path, Path]) -> None:
        self._target = target
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._context.load_cert_chain(*certificate)
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        self._open: list[socket.socket] = []
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        for each in (self._listener, *self._open):
            each.close()

    def _accept(self) -> None:
        while True:
            try:
                plain, _ = self._listener.accept()
                outer = self._context.wrap_socket(plain, server_side=True)
            except ssl.SSLError:
                continue
            except OSError:
                return
            inner = socket.create_connection(("127.0.0.1", self._target))
            outer.settimeout(0.005)
            self._open += [outer, inner]
            threading.Thread(target=_relay, args=(outer, inner), daemon=True).start()


def _relay(outer: ssl.SSLSocket, inner: socket.socket) -> None:
    """One thread for both ways: an SSL socket is read and written by one thread at a time."""
    inner.setblocking(False)
    try:
        while True:
            try:
                heard = outer.recv(65536)
                if not heard:
                    break
                inner.setblocking(True)
                inner.sendall(heard)
                inner.setblocking(False)
            except TimeoutError:
                pass
            try:
                said = inner.recv(65536)
                if not said:
                    break
                outer.settimeout(5)
                outer.sendall(said)
                outer.settimeout(0.005)
            except BlockingIOError:
                pass
    except OSError:
        pass
    finally:
        outer.close()
        inner.close()
