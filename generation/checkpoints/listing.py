"""Checkpoints as people read them: what a card says in words, and what lies on this machine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from generation.checkpoints.cards import Card, Shape
from generation.checkpoints.folders import Installed
from generation.checkpoints.hub import Listing

UNKNOWN = "unknown"


def card_lines(card: Card) -> list[str]:
    """What somebody reads before a download: the licence first."""
    lines = [f"{card.id}: {card.name}", f"  licence: {card.licence} {card.licence_url}".rstrip()]
    lines.append(f"  commercial use: {commercial_text(card)}")
    lines += [f"  terms: {card.terms}"] if card.terms else []
    lines.append(f"  repository: {card.repo}; download: {download_text(card)}; shapes: {shape_text(card.shape)}")
    lines.append(f"  memory its weights take: {memory_text(card)}{_parts_text(card)}")
    return lines + ([f"  beside it: {card.beside}"] if card.beside else [])


def size_text(listing: Listing, here_bytes: int, free_bytes: int) -> str:
    """What a download takes, as the hub lists it: said before anything is fetched."""
    here = f", {here_bytes / 1e9:.2f} GB of it here already" if here_bytes else ""
    whole = f"{listing.size_bytes / 1e9:.2f} GB in {len(listing.files)} files"
    return f"  to fetch: {whole}{here}; free on the disk: {free_bytes / 1e9:.1f} GB"


def listed(cards: Sequence[Card], installed: Sequence[Installed]) -> list[dict[str, Any]]:
    """Every card, then every folder here that has none, as JSON-ready values."""
    by_id = {each.card.id: each for each in installed if each.card is not None}
    entries = [_entry(card, by_id.get(card.id)) for card in cards]
    return entries + [_unregistered(each) for each in installed if each.card is None]


def _entry(card: Card, found: Installed | None) -> dict[str, Any]:
    return {
        "id": card.id,
        "name": card.name,
        "kind": card.kind,
        "engine": card.engine,
        "repo": card.repo,
        "licence": card.licence,
        "licence_url": card.licence_url,
        "commercial": card.commercial,
        "commercial_text": commercial_text(card),
        "terms": card.terms,
        "refused_in": list(card.refused_in),
        "revenue_below_usd": card.revenue_below_usd or None,
        "download_gb": card.download_gb or None,
        "download_text": download_text(card),
        "least_memory_bytes": card.least_memory_bytes or None,
        "part_bytes": card.part_bytes,
        "memory_text": memory_text(card),
        "shape_text": shape_text(card.shape),
        "state": "" if found is None else ("here" if found.manifest else "here, not verified"),
        "folder": str(found.folder) if found else "",
    }


def _unregistered(found: Installed) -> dict[str, Any]:
    """Usable, and marked: whether its licence covers anything is for whoever put it there to know."""
    return {
        "id": found.name,
        "name": found.name,
        "kind": UNKNOWN,
        "engine": "",
        "repo": "",
        "licence": found.licence,
        "licence_url": "",
        "commercial": UNKNOWN,
        "commercial_text": "unregistered: yours to answer for",
        "terms": "",
        "refused_in": [],
        "revenue_below_usd": None,
        "download_gb": None,
        "download_text": "",
        "least_memory_bytes": None,
        "part_bytes": {},
        "memory_text": UNKNOWN,
        "shape_text": UNKNOWN,
        "state": "here" if found.manifest else "here, not verified",
        "folder": str(found.folder),
    }


def commercial_text(card: Card) -> str:
    words = {
        "yes": "yes",
        "no": "no",
        "agreement": "after an agreement",
        "unknown": "unknown: read the licence",
    }[card.commercial]
    limits = [f"below {card.revenue_below_usd / 1e6:g} M USD a year"] if card.revenue_below_usd else []
    limits += [f"not in {', '.join(card.refused_in)}"] if card.refused_in else []
    return "; ".join([words, *limits])


def memory_text(card: Card) -> str:
    """Weights only: what a run takes besides goes by its size and frames."""
    return f"about {card.least_memory_bytes / 1e9:.2g} GB" if card.least_memory_bytes else UNKNOWN


def _parts_text(card: Card) -> str:
    parts = card.part_bytes
    return f" ({', '.join(f'{name} {size / 1e9:.2g}' for name, size in parts.items())})" if len(parts) > 1 else ""


def download_text(card: Card) -> str:
    return f"about {card.download_gb:g} GB" if card.download_gb else UNKNOWN


def shape_text(shape: Shape) -> str:
    parts = [shape.frames, f"sides x{shape.multiple}" if shape.multiple else ""]
    parts += [f"{shape.window} a run" if shape.window else "", shape.size, f"{shape.fps} fps" if shape.fps else ""]
    return ", ".join(part for part in parts if part) or UNKNOWN
