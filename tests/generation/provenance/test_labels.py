"""Labelling and signing: exactly one lawful AIGC label, a trusted signature, and nothing half done."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from core.clock import ManualClock
from core.errors import InputError
from core.media import run_ffmpeg
from generation.contracts import LabelReport, Provenance
from generation.provenance import aigc, boxes, chain, signing
from generation.provenance.labels import label_and_sign, label_checks, verify_labels
from tests.support.mp4_boxes import top_level_boxes

PRODUCER = "001191110000MA0000000X00001"
ORDER = Provenance(PRODUCER, "ad-0001", "冷萃咖啡")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def composed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A second of picture and sound, with a phone's metadata still in it."""
    path = tmp_path_factory.mktemp("composed") / "composed.mp4"
    picture = ("-f", "lavfi", "-i", "testsrc2=s=180x320:r=30:d=1")
    sound = ("-f", "lavfi", "-i", "sine=440:r=48000:d=1")
    metadata = ("-metadata", "location=+31.2304+121.4737/", "-metadata", "AIGC=old", "-movflags", "use_metadata_tags")
    codecs = ("-pix_fmt", "yuv420p", "-preset", "ultrafast", "-c:a", "aac")
    run_ffmpeg([*picture, *sound, *codecs, *metadata, str(path)])
    return path


@pytest.fixture(scope="module")
def signed(composed: Path, home: Path) -> Path:
    out = composed.with_name("ad.mp4")
    label_and_sign(composed, out, ORDER, (60, 54), home)
    return out


def test_the_signature_names_the_consents_a_persons_voice_or_face_rests_on(
    composed: Path, signed: Path, home: Path, tmp_path: Path
) -> None:
    lent = Provenance(PRODUCER, "ad-0002", "冷萃咖啡", consents=("c-voice", "c-likeness"))
    label_and_sign(composed, tmp_path / "ad.mp4", lent, (60, 54), home)
    root = chain.read_root(home)

    facts = signing.read_signature(tmp_path / "ad.mp4", root)

    assert (facts.state, facts.consents) == ("Trusted", ("c-voice", "c-likeness"))
    assert signing.read_signature(signed, root).consents == ()


def test_the_report_says_what_stands_in_the_file(composed: Path, home: Path, tmp_path: Path) -> None:
    report = label_and_sign(composed, tmp_path / "ad.mp4", ORDER, (60, 54), home)

    assert report == LabelReport(
        visible_to_frame=60,
        visible_glyph_px=54,
        aigc={
            "Label": "1",
            "ContentProducer": PRODUCER,
            "ProduceID": "ad-0001",
            "ReservedCode1": "",
            "ContentPropagator": PRODUCER,
            "PropagateID": "ad-0001",
            "ReservedCode2": "",
        },
        c2pa_state="Trusted",
    )


def test_the_aigc_key_stands_once_in_moov_udta_meta_and_replaces_an_older_one(signed: Path) -> None:
    entries = [entry for entry in boxes.read_metadata(signed) if entry.key == "AIGC"]

    assert [entry.at for entry in entries] == ["moov.udta.meta"]
    assert list(json.loads(entries[0].text)) == list(aigc.FIELDS)


def test_where_the_footage_was_filmed_does_not_leave_with_the_ad(composed: Path, signed: Path) -> None:
    assert any(entry.key == "location" for entry in boxes.read_metadata(composed))
    assert not any(entry.key == "location" for entry in boxes.read_metadata(signed))


def test_no_frame_and_no_sample_is_touched(composed: Path, signed: Path) -> None:
    assert _decoded(composed) == _decoded(signed)


def test_the_first_action_says_created_by_what_and_when(composed: Path, home: Path, tmp_path: Path) -> None:
    clock = ManualClock()
    label_and_sign(composed, tmp_path / "ad.mp4", ORDER, (60, 54), tmp_path / "home", clock)

    facts = verify_labels(tmp_path / "ad.mp4", tmp_path / "home").signature

    assert facts.source_type == signing.COMPOSITE
    assert facts.agent == f"Adloom {signing.agent_version()}"
    assert facts.created_at == "2026-01-01T00:00:00Z"


def test_one_flipped_byte_makes_the_signature_invalid(signed: Path, home: Path, tmp_path: Path) -> None:
    media = next(box for box in top_level_boxes(signed) if box.kind == "mdat")
    content = bytearray(signed.read_bytes())
    content[(media.payload + media.end) // 2] ^= 1
    (tmp_path / "flipped.mp4").write_bytes(content)

    checks = label_checks(verify_labels(tmp_path / "flipped.mp4", home))

    assert [(check.name, check.ok, check.measured) for check in checks] == [
        ("aigc", True, 1.0),
        ("c2pa", False, "Invalid"),
    ]
    assert "assertion.bmffHash.mismatch" in checks[1].reason


def test_a_label_changed_after_signing_is_noticed(signed: Path, home: Path, tmp_path: Path) -> None:
    content = signed.read_bytes().replace(b'"ProduceID":"ad-0001"', b'"ProduceID":"ad-0002"')
    (tmp_path / "changed.mp4").write_bytes(content)

    facts = verify_labels(tmp_path / "changed.mp4", home)

    assert facts.aigc["ProduceID"] == "ad-0002"
    assert facts.signature.state == "Invalid"


def test_a_copy_by_another_program_loses_both_labels_and_the_checks_say_so(
    signed: Path, home: Path, tmp_path: Path
) -> None:
    run_ffmpeg(["-i", str(signed), "-c", "copy", str(tmp_path / "copy.mp4")])

    checks = label_checks(verify_labels(tmp_path / "copy.mp4", home))

    assert [(check.name, check.ok, check.measured) for check in checks] == [
        ("aigc", False, 0.0),
        ("c2pa", False, "Missing"),
    ]
    assert checks[0].reason == "no AIGC key in the file's metadata"
    assert "no C2PA manifest" in checks[1].reason


def test_a_copy_that_keeps_metadata_keeps_the_implicit_label_only(signed: Path, home: Path, tmp_path: Path) -> None:
    run_ffmpeg(["-i", str(signed), "-c", "copy", "-movflags", "use_metadata_tags", str(tmp_path / "copy.mp4")])

    facts = verify_labels(tmp_path / "copy.mp4", home)

    assert facts.aigc["ProduceID"] == "ad-0001"
    assert facts.signature.state == "Missing"


def test_labelling_a_labelled_file_again_leaves_exactly_one_label(signed: Path, home: Path, tmp_path: Path) -> None:
    label_and_sign(signed, tmp_path / "again.mp4", Provenance(PRODUCER, "ad-0002", "again"), (60, 54), home)

    facts = verify_labels(tmp_path / "again.mp4", home)

    assert (facts.aigc_count, facts.aigc["ProduceID"], facts.signature.state) == (1, "ad-0002", "Trusted")


def test_two_labels_in_one_file_are_one_too_many(signed: Path, home: Path, tmp_path: Path) -> None:
    second = ("-metadata", f"AIGX={aigc.read_labels(signed)[0]}", "-movflags", "use_metadata_tags")
    run_ffmpeg(["-i", str(signed), "-c", "copy", *second, str(tmp_path / "two.mp4")])
    content = (tmp_path / "two.mp4").read_bytes().replace(b"AIGX", b"AIGC")
    (tmp_path / "two.mp4").write_bytes(content)

    check = label_checks(verify_labels(tmp_path / "two.mp4", home))[0]

    assert (check.ok, check.measured, check.reason) == (False, 2.0, "AIGC key present 2 times")


@pytest.mark.parametrize(
    ("label", "reason"),
    [
        ("yes", "Expecting value"),
        ('{"Label":"1"}', "must hold exactly Label, ContentProducer"),
        (json.dumps({name: "9" if name == "Label" else "" for name in aigc.FIELDS}), "Label must be 1, 2 or 3"),
        (json.dumps(dict.fromkeys(aigc.FIELDS, "咖啡")), "must be printable ASCII"),
    ],
)
def test_a_label_that_is_not_lawful_does_not_count(label: str, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        aigc.parse_label(label)


def test_the_wrapped_form_of_other_carriers_is_read_too() -> None:
    inner = dict.fromkeys(aigc.FIELDS, "1")

    assert aigc.parse_label(json.dumps({"AIGC": inner})) == inner


@pytest.mark.parametrize("producer", ["", "咖啡馆", 'a "b"', "back\\slash", "line\nbreak"])
def test_a_producer_the_standard_forbids_is_refused_by_name(
    producer: str, composed: Path, home: Path, tmp_path: Path
) -> None:
    with pytest.raises(InputError, match=r"^producer: must be printable ASCII"):
        label_and_sign(composed, tmp_path / "ad.mp4", Provenance(producer, "ad-1", ""), (60, 54), home)

    assert list(tmp_path.iterdir()) == []


def test_a_failed_signing_leaves_no_file(composed: Path, home: Path, tmp_path: Path) -> None:
    broken_home, out = tmp_path / "broken", tmp_path / "out"
    out.mkdir()
    chain.load_chain(broken_home)
    _swap_leaf_key(broken_home, home)

    with pytest.raises(signing.SigningFailed):
        label_and_sign(composed, out / "ad.mp4", ORDER, (60, 54), broken_home)

    assert list(out.iterdir()) == []


def test_an_older_file_survives_a_failed_signing(composed: Path, home: Path, tmp_path: Path) -> None:
    (tmp_path / "ad.mp4").write_bytes(b"the last good one")
    broken_home = tmp_path / "broken"
    chain.load_chain(broken_home)
    _swap_leaf_key(broken_home, home)

    with pytest.raises(signing.SigningFailed):
        label_and_sign(composed, tmp_path / "ad.mp4", ORDER, (60, 54), broken_home)

    assert (tmp_path / "ad.mp4").read_bytes() == b"the last good one"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["ad.mp4", "broken"]


def test_a_file_ffmpeg_cannot_copy_is_not_labelled(home: Path, tmp_path: Path) -> None:
    (tmp_path / "composed.mp4").write_bytes(b"nothing")

    with pytest.raises(aigc.LabelNotWritten):
        label_and_sign(tmp_path / "composed.mp4", tmp_path / "ad.mp4", ORDER, (60, 54), home)

    assert [path.name for path in tmp_path.iterdir()] == ["composed.mp4"]


def test_another_installs_signature_is_valid_but_not_trusted(signed: Path, tmp_path: Path) -> None:
    chain.load_chain(tmp_path)

    check = label_checks(verify_labels(signed, tmp_path))[1]

    assert (check.ok, check.measured) == (False, "Valid")


def _swap_leaf_key(home: Path, other: Path) -> None:
    """A leaf certificate whose key belongs to another one, as after a careless restore."""
    own = (home / "signing" / "leaf-pair.pem").read_text()
    foreign = (other / "signing" / "leaf-pair.pem").read_text()
    certificate = own[own.index("-----BEGIN CERTIFICATE") :]
    (home / "signing" / "leaf-pair.pem").write_text(foreign[: foreign.index("-----BEGIN CERTIFICATE")] + certificate)


def _decoded(path: Path) -> tuple[str, str]:
    sums = []
    for stream in ("0:v", "0:a"):
        run = run_ffmpeg(["-i", str(path), "-map", stream, "-f", "md5", "pipe:1"], capture=True)
        sums.append(run.output.decode().strip())
    return sums[0], hashlib.md5(sums[1].encode()).hexdigest()
