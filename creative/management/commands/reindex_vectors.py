"""Make search vectors anew after EMBEDDINGS_BASE_URL or EMBEDDINGS_MODEL has changed."""

from __future__ import annotations

from typing import Any

from core.commands import OK, AdloomCommand
from creative.references.reindexing import reindex_references, reindex_shots


class Command(AdloomCommand):
    help = "Make the search vectors of references and shots with the embedder that is configured now."

    def work(self, **options: Any) -> int:
        self.stdout.write(f"references: {reindex_references()}, shots: {reindex_shots()}")
        return OK
