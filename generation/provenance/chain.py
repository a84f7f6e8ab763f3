"""This install's own certificate chain: one root, one leaf that signs (C2PA 2.x profile, ES256).

Made once under ``ADLOOM_HOME/signing`` and kept 0600. Keys never leave the machine;
whoever wants to verify is given `root.pem`. An operator with a certificate from a
trusted authority puts its chain and key in place of ours. Machines of one install are
given one root (`adopt_root`), so that each signs with a leaf of its own and all verify.
"""

from __future__ import annotations

import datetime as dt
import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

from core.clock import Clock, system_clock

ROOT_LIFE = dt.timedelta(days=3650)
LEAF_LIFE = dt.timedelta(days=365)
RENEW_BEFORE = dt.timedelta(days=30)
_BACKDATED = dt.timedelta(minutes=5)
_ROOT_PAIR = "root-pair.pem"
_LEAF_PAIR = "leaf-pair.pem"


@dataclass(frozen=True)
class SigningChain:
    """PEM text: the root to trust, the chain that goes into files (leaf, then root), the leaf's key."""

    root_pem: str
    chain_pem: str
    key_pem: str


def load_chain(home: Path, clock: Clock = system_clock) -> SigningChain:
    """The chain under `home`, made or renewed when it has to be; safe when two processes ask at once."""
    folder = home / "signing"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.chmod(folder, 0o700)
    with _locked(folder / "lock"):
        if not _lasts(folder / _ROOT_PAIR, clock, LEAF_LIFE):
            _make_root(folder, clock)
            _make_leaf(folder, clock)
        elif not _lasts(folder / _LEAF_PAIR, clock, RENEW_BEFORE):
            _make_leaf(folder, clock)
        root, leaf = _read_pair(folder / _ROOT_PAIR), _read_pair(folder / _LEAF_PAIR)
        if not (folder / "root.pem").exists():
            _write(folder / "root.pem", root.certificate_pem)
    return SigningChain(
        root.certificate_pem.decode(), (leaf.certificate_pem + root.certificate_pem).decode(), leaf.key_pem.decode()
    )


def new_root(clock: Clock = system_clock) -> str:
    """PEM text of a fresh root's key and certificate, for `adopt_root` on every machine of an install."""
    pair = _root_pair(clock)
    return (pair.key_pem + pair.certificate_pem).decode()


def adopt_root(home: Path, pair_pem: str) -> None:
    """Sign under this root from now on. ValueError for anything that is not a key with its certificate."""
    folder = home / "signing"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    with _locked(folder / "lock"):
        path = folder / _ROOT_PAIR
        if path.exists() and path.read_text() == pair_pem:
            return
        pair = _parse_pair(pair_pem.encode(), "the root")
        (folder / _LEAF_PAIR).unlink(missing_ok=True)
        _write(folder / "root.pem", pair.certificate_pem)
        _write(path, pair_pem.encode())
        _make_leaf(folder, system_clock)


def read_root(home: Path) -> str | None:
    """The root certificate of this install, or None where nothing was ever signed."""
    path = home / "signing" / "root.pem"
    return path.read_text() if path.exists() else None


@contextmanager
def _locked(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


@dataclass(frozen=True)
class _Pair:
    """A key and its certificate; one file, so that a crash can never part them."""

    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )

    @property
    def certificate_pem(self) -> bytes:
        return self.certificate.public_bytes(serialization.Encoding.PEM)


def _read_pair(path: Path) -> _Pair:
    return _parse_pair(path.read_bytes(), path.name)


def _parse_pair(content: bytes, name: str) -> _Pair:
    key = serialization.load_pem_private_key(content, password=None)
    if not isinstance(key, ec.EllipticCurvePrivateKey):
        raise TypeError(f"{name} does not hold an elliptic-curve key")
    return _Pair(key, x509.load_pem_x509_certificate(content))


def _lasts(path: Path, clock: Clock, margin: dt.timedelta) -> bool:
    return path.exists() and _read_pair(path).certificate.not_valid_after_utc - clock.now() >= margin


def _name(common_name: str) -> x509.Name:
    return x509.Name(
        [
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "Adloom"),
            x509.NameAttribute(NameOID.COMMON_NAME, common_name),
        ]
    )


def _builder(
    subject: str, issuer: str, key: ec.EllipticCurvePublicKey, clock: Clock, life: dt.timedelta
) -> x509.CertificateBuilder:
    now = clock.now()
    return (
        x509.CertificateBuilder()
        .subject_name(_name(subject))
        .issuer_name(_name(issuer))
        .public_key(key)
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - _BACKDATED)
        .not_valid_after(now + life)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key), critical=False)
    )


_ROOT_NAME = "Adloom install root"
_LEAF_NAME = "Adloom content signer"


def _key_usage(*, signs_content: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=signs_content, content_commitment=False, key_encipherment=False, data_encipherment=False,
        key_agreement=False, key_cert_sign=not signs_content, crl_sign=not signs_content,
        encipher_only=False, decipher_only=False,
    )  # fmt: skip


def _make_root(folder: Path, clock: Clock) -> None:
    pair = _root_pair(clock)
    _write(folder / _ROOT_PAIR, pair.key_pem + pair.certificate_pem)
    _write(folder / "root.pem", pair.certificate_pem)


def _root_pair(clock: Clock) -> _Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _builder(_ROOT_NAME, _ROOT_NAME, key.public_key(), clock, ROOT_LIFE)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(_key_usage(signs_content=False), critical=True)
        .sign(key, hashes.SHA256())
    )
    return _Pair(key, certificate)


def _make_leaf(folder: Path, clock: Clock) -> None:
    root = _read_pair(folder / _ROOT_PAIR)
    key = ec.generate_private_key(ec.SECP256R1())
    certificate = (
        _builder(_LEAF_NAME, _ROOT_NAME, key.public_key(), clock, LEAF_LIFE)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(_key_usage(signs_content=True), critical=True)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.EMAIL_PROTECTION]), critical=False)
        .add_extension(_issued_by(root.certificate), critical=False)
        .sign(root.key, hashes.SHA256())
    )
    pair = _Pair(key, certificate)
    _write(folder / _LEAF_PAIR, pair.key_pem + pair.certificate_pem)


def _issued_by(root: x509.Certificate) -> x509.AuthorityKeyIdentifier:
    identifier = root.extensions.get_extension_for_class(x509.SubjectKeyIdentifier).value
    return x509.AuthorityKeyIdentifier.from_issuer_subject_key_identifier(identifier)


def _write(path: Path, content: bytes) -> None:
    """Whole or not at all, and never readable by others for an instant."""
    temporary = path.with_suffix(path.suffix + ".new")
    descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    os.replace(temporary, path)
