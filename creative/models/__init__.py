"""The books of `creative`: materials, references, briefs, scripts, batches and ads."""

from creative.models.ads import Ad, AdShot, Batch, BatchChunk, BatchEvent
from creative.models.briefs import Brief, FactChange, Pick, Script, ScriptLine
from creative.models.materials import Material, Shot
from creative.models.references import Reference, ReferenceSlot
from creative.models.studio import StudioShot

__all__ = [
    "Ad",
    "AdShot",
    "Batch",
    "BatchChunk",
    "BatchEvent",
    "Brief",
    "FactChange",
    "Material",
    "Pick",
    "Reference",
    "ReferenceSlot",
    "Script",
    "ScriptLine",
    "Shot",
    "StudioShot",
]
