"""C2PA signing and reading with c2pa-python, by this install's own chain.

An ad is a composite: footage somebody shot, beside a script, a voice and motion
graphics that machines made. IPTC names that `compositeWithTrainedAlgorithmicMedia`;
plain `trainedAlgorithmicMedia` would claim that nobody filmed anything. Where the
phrasebook and a synthetic voice stand in for trained models the claim stays: saying
too much about the machine's part is the safe side of a label.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from importlib import metadata
from pathlib import Path
from typing import Any, BinaryIO

from core.clock import Clock, system_clock
from core.errors import TerminalError
from generation.contracts import Provenance
from generation.provenance.chain import SigningChain

CONSENTS = "org.adloom.consents"
"""Our own assertion: which recorded consents a voice or face that is a person's rests on."""
COMPOSITE = "http://cv.iptc.org/newscodes/digitalsourcetype/compositeWithTrainedAlgorithmicMedia"
AGENT_NAME = "Adloom"
_MIME_TYPE = "video/mp4"
_OFFLINE = {"remote_manifest_fetch": False, "ocsp_fetch": False}


class SigningFailed(TerminalError):
    """The file could not be signed or the signature did not verify; nothing was left at the destination."""

    code = "signing_failed"


@dataclass(frozen=True)
class SignatureFacts:
    """What a reader found. `state` is Trusted, Valid, Invalid, or Missing where there is no manifest.

    Valid means intact but signed by somebody whose root we were not given. `agent` is
    the claim's software with its version, `problems` the validator's failure codes. `consents` as
    in `Provenance`.
    """

    state: str
    source_type: str = ""
    agent: str = ""
    created_at: str = ""
    problems: tuple[str, ...] = ()
    consents: tuple[str, ...] = ()


@lru_cache(maxsize=1)
def agent_version() -> str:
    """The installed version of the product."""
    try:
        return metadata.version("adloom")
    except metadata.PackageNotFoundError:
        return "0"


def sign_file(
    source: Path, destination: Path, provenance: Provenance, chain: SigningChain, clock: Clock = system_clock
) -> None:
    """Sign `source` into `destination`, which the caller keeps temporary until it has verified it.

    Raises SigningFailed with the library's words.
    """
    with source.open("rb") as reading, destination.open("w+b") as writing:
        sign_stream(reading, writing, provenance, chain, clock)


def sign_stream(
    reading: BinaryIO, writing: BinaryIO, provenance: Provenance, chain: SigningChain, clock: Clock = system_clock
) -> None:
    """Sign what `reading` holds, the signed file written to `writing` from its beginning to its end.

    Raises SigningFailed with the library's words.
    """
    import c2pa

    try:
        info = c2pa.C2paSignerInfo(b"es256", chain.chain_pem.encode(), chain.key_pem.encode(), None)
        with (
            c2pa.Context(_settings(chain.root_pem), c2pa.Signer.from_info(info)) as context,
            c2pa.Builder(json.dumps(_manifest(provenance, clock)), context) as builder,
        ):
            builder.sign(_MIME_TYPE, reading, writing)
    except (c2pa.C2paError, ValueError, TypeError) as error:
        raise SigningFailed(f"c2pa: {error}") from error


def read_signature(path: Path, root_pem: str | None) -> SignatureFacts:
    """What C2PA's own reader says, trusting only `root_pem`; never asks the network."""
    with path.open("rb") as stream:
        return read_signature_of(stream, root_pem)


def read_signature_of(stream: BinaryIO, root_pem: str | None) -> SignatureFacts:
    """The same of a file opened already."""
    import c2pa

    try:
        with c2pa.Context(_settings(root_pem)) as context:
            reader = c2pa.Reader(_MIME_TYPE, stream, context=context)
            with reader:
                state = reader.get_validation_state() or "Invalid"
                return _facts(state, reader.get_active_manifest() or {}, reader.get_validation_results() or {})
    except c2pa.C2paError as error:
        missing = "ManifestNotFound" in type(error).__name__ or "ManifestNotFound" in str(error)
        return SignatureFacts("Missing" if missing else "Invalid", problems=(str(error)[:200],))


def _manifest(provenance: Provenance, clock: Clock) -> dict[str, Any]:
    agent = {"name": AGENT_NAME, "version": agent_version()}
    created = {
        "action": "c2pa.created",
        "digitalSourceType": COMPOSITE,
        "softwareAgent": agent,
        "when": clock.now().isoformat(timespec="seconds").replace("+00:00", "Z"),
    }
    assertions: list[dict[str, Any]] = [{"label": "c2pa.actions.v2", "data": {"actions": [created]}}]
    if provenance.consents:
        assertions.append({"label": CONSENTS, "data": {"consents": list(provenance.consents)}})
    return {
        "claim_generator_info": [agent],
        "format": _MIME_TYPE,
        "title": provenance.title,
        "assertions": assertions,
    }


def _settings(root_pem: str | None) -> Any:
    import c2pa

    trust = {"trust_anchors": root_pem} if root_pem else {}
    return c2pa.Settings.from_dict(
        {
            "trust": trust,
            "verify": {"verify_trust": bool(root_pem), "verify_after_sign": False, **_OFFLINE},
            "builder": {"thumbnail": {"enabled": False}},
        }
    )


def _facts(state: str, manifest: dict[str, Any], results: dict[str, Any]) -> SignatureFacts:
    action = _first_action(manifest)
    agent = action.get("softwareAgent", {})
    named = f"{agent.get('name', '')} {agent.get('version', '')}".strip() if isinstance(agent, dict) else str(agent)
    failures = results.get("activeManifest", {}).get("failure", [])
    return SignatureFacts(
        state=str(state),
        source_type=str(action.get("digitalSourceType", "")),
        agent=named,
        created_at=str(action.get("when", "")),
        problems=tuple(str(failure.get("code", "")) for failure in failures),
        consents=_consents(manifest),
    )


def _consents(manifest: dict[str, Any]) -> tuple[str, ...]:
    for assertion in manifest.get("assertions", []):
        if assertion.get("label") == CONSENTS:
            return tuple(str(each) for each in assertion.get("data", {}).get("consents", []))
    return ()


def _first_action(manifest: dict[str, Any]) -> dict[str, Any]:
    for assertion in manifest.get("assertions", []):
        if str(assertion.get("label", "")).startswith("c2pa.actions"):
            actions = assertion.get("data", {}).get("actions", [])
            if actions and isinstance(actions[0], dict):
                return dict(actions[0])
    return {}
