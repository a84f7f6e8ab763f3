"""Publishing through TLS: a certificate that is trusted, and those that are not."""

from __future__ import annotations

import pytest

from avatar.outputs.encoder import Encoder
from avatar.outputs.output import Output
from avatar.outputs.rtmp import OutputLost, RtmpPublisher, parse_address
from avatar.outputs.sinks import RtmpSink
from bench.live_ingest import Ingest
from bench.live_tls import TlsDoor, write_certificate
from tests.avatar.outputs.test_rtmp import Engine


@pytest.fixture(scope="module")
def encoder():
    return Encoder(160, 96)


@pytest.fixture
def ingest():
    made = Ingest()
    yield made
    made.reads.set()
    made.close()


def door(ingest: Ingest, folder, host: str) -> tuple[TlsDoor, str]:
    """A door whose certificate is for `host`, and where the certificate lies."""
    certificate = write_certificate(folder, host)
    return TlsDoor(ingest.port, certificate), str(certificate[0])


def test_a_session_through_tls_is_a_session_like_any_other(encoder, ingest, tmp_path, monkeypatch):
    tls, trusted = door(ingest, tmp_path, "127.0.0.1")
    monkeypatch.setenv("SSL_CERT_FILE", trusted)
    output = Output(1, RtmpSink(parse_address(f"rtmps://127.0.0.1:{tls.port}/live/k3y"), encoder))

    with Engine(encoder, output):
        session = ingest.wait(pictures=40)

    assert [each.time for each in session.pictures()[:40]] == [n * 40 for n in range(40)]
    assert output.take_changes() == []
    tls.close()


def test_a_certificate_nobody_vouches_for_is_refused_and_the_reason_said(encoder, ingest, tmp_path):
    tls, _ = door(ingest, tmp_path, "127.0.0.1")

    with pytest.raises(OutputLost, match=r"certificate is not accepted \(self-signed certificate\)") as caught:
        RtmpPublisher(parse_address(f"rtmps://127.0.0.1:{tls.port}/live/k3y")).connect(encoder.codecs)

    assert "k3y" not in str(caught.value)
    assert not ingest.sessions
    tls.close()


def test_a_certificate_for_another_host_is_refused(encoder, ingest, tmp_path, monkeypatch):
    tls, trusted = door(ingest, tmp_path, "push.example")
    monkeypatch.setenv("SSL_CERT_FILE", trusted)

    with pytest.raises(OutputLost, match=r"certificate is not accepted \(.*127\.0\.0\.1"):
        RtmpPublisher(parse_address(f"rtmps://127.0.0.1:{tls.port}/live/k3y")).connect(encoder.codecs)

    tls.close()
