"""What the rest of `creative` calls of the references."""

from __future__ import annotations

from creative.references.candidates import visible_references
from creative.references.importing import add_reference, take_reference
from creative.references.intents import sentence
from creative.references.library import (
    await_references,
    import_references,
    refused_references,
    samples_folder,
    take_references,
)
from creative.references.picks import record_pick
from creative.references.row import row_for
from creative.references.structure_books import reference_structure

__all__ = [
    "add_reference",
    "await_references",
    "import_references",
    "record_pick",
    "reference_structure",
    "refused_references",
    "row_for",
    "samples_folder",
    "sentence",
    "take_reference",
    "take_references",
    "visible_references",
]
