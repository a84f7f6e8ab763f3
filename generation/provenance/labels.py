"""Labels an ad last of all, and reads back what is really in a file."""

from __future__ import annotations

import os
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

from core.clock import Clock, system_clock
from generation.contracts import Check, LabelReport, Provenance
from generation.provenance import aigc, boxes, chain, signing

TRUSTED = "Trusted"


@dataclass(frozen=True)
class LabelFacts:
    """What stands in a file, read by other code than wrote it.

    `aigc` is the one well-formed implicit label, {} where there is none or it is not
    lawful; `aigc_count` how often the key occurs; `aigc_problem` why it is not accepted.
    """

    aigc: dict[str, str]
    aigc_count: int
    aigc_problem: str
    signature: signing.SignatureFacts


def label_and_sign(
    path: Path,
    out_path: Path,
    provenance: Provenance,
    visible: tuple[int, int],
    home: Path,
    clock: Clock = system_clock,
) -> LabelReport:
    """Write the implicit label, sign, verify both, and only then put the file at `out_path`.

    `visible` is (to_frame, glyph_px) of the label in the picture, carried into the report.
    Raises LabelNotWritten, SigningFailed or InputError; then `out_path` is as it was before.
    """
    keys = chain.load_chain(home, clock)
    label = aigc.build_label(provenance)
    tagged, signed = _beside(out_path, "tagged"), _beside(out_path, "signed")
    try:
        aigc.write_label(path, tagged, label, provenance.title)
        signing.sign_file(tagged, signed, provenance, keys, clock)
        facts = read_labels_of(signed, keys.root_pem)
        _must_hold(facts, label)
        _put_in_place(signed, out_path)
    finally:
        for leftover in (tagged, signed):
            with suppress(FileNotFoundError):
                leftover.unlink()
    return LabelReport(visible[0], visible[1], facts.aigc, facts.signature.state)


def verify_labels(path: Path, home: Path) -> LabelFacts:
    """The labels of any file, judged against this install's own root."""
    return read_labels_of(path, chain.read_root(home))


def read_labels_of(path: Path, root_pem: str | None) -> LabelFacts:
    """The labels of any file, trusting `root_pem` alone."""
    found = aigc.read_labels(path)
    label, problem = _only_label(found)
    if boxes.has_c2pa_box(path):
        signature = signing.read_signature(path, root_pem)
    else:
        signature = signing.SignatureFacts("Missing", problems=("no manifest in the file",))
    return LabelFacts(label, len(found), problem, signature)


def label_checks(facts: LabelFacts) -> tuple[Check, ...]:
    """Verdicts on the two labels nobody sees: the implicit one exactly once, the signature trusted."""
    aigc_ok = bool(facts.aigc)
    state = facts.signature.state
    why = "" if state == TRUSTED else _signature_words(facts.signature)
    return (
        Check("aigc", aigc_ok, float(facts.aigc_count), 1.0, None, facts.aigc_problem),
        Check("c2pa", state == TRUSTED, state, TRUSTED, None, why),
    )


def _signature_words(signature: signing.SignatureFacts) -> str:
    words = {
        "Missing": "no C2PA manifest: it is lost when a file is copied by another program",
        "Valid": "signed and intact, but not by this install",
    }
    return words.get(signature.state, f"the signature does not hold: {', '.join(signature.problems)}")


def _only_label(found: tuple[str, ...]) -> tuple[dict[str, str], str]:
    if len(found) != 1:
        return {}, "no AIGC key in the file's metadata" if not found else f"AIGC key present {len(found)} times"
    try:
        return aigc.parse_label(found[0]), ""
    except ValueError as error:
        return {}, f"AIGC label not lawful: {error}"


def _must_hold(facts: LabelFacts, label: dict[str, str]) -> None:
    if facts.aigc != label:
        raise aigc.LabelNotWritten(facts.aigc_problem or "the label read back is not the one written")
    if facts.signature.state != TRUSTED:
        raise signing.SigningFailed(f"signature is {facts.signature.state}: {', '.join(facts.signature.problems)}")


def _beside(path: Path, purpose: str) -> Path:
    """A hidden name in the same folder, so that the last rename never crosses a file system."""
    return path.with_name(f".{path.stem[:80]}.{uuid4().hex[:12]}.{purpose}.mp4")


def _put_in_place(temporary: Path, destination: Path) -> None:
    with temporary.open("rb") as file:
        os.fsync(file.fileno())
    os.replace(temporary, destination)
    folder = os.open(destination.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
