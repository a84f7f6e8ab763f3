"""What the libraries only warn about while they load: weights that a checkpoint lacks are made up at random.

A picture made with such weights is noise that nobody can explain, so a lacking weight is a refusal here.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from generation.engines.clips.base import CheckpointRefused

_LACKING = re.compile(r"^(\S+)\s*\|\s*MISSING\b", re.MULTILINE)
"""A line of the table that transformers logs after loading."""


class _Reports(logging.Handler):
    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.lacking: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.lacking += _LACKING.findall(re.sub(r"\x1b\[[0-9;]*m", "", record.getMessage()))


@contextmanager
def lacking_weights_refused(checkpoint: str) -> Iterator[None]:
    """CheckpointRefused at the block's end when transformers said that weights were missing. Nothing is printed."""
    from diffusers.utils import logging as diffusers_logging
    from transformers.utils import logging as transformers_logging

    for library in (diffusers_logging, transformers_logging):
        library.disable_progress_bar()
        library.set_verbosity_error()
    logger = logging.getLogger("transformers")
    reports = _Reports()
    transformers_logging.disable_default_handler()
    logger.addHandler(reports)
    logger.setLevel(logging.WARNING)
    try:
        yield
    finally:
        logger.removeHandler(reports)
        transformers_logging.enable_default_handler()
        transformers_logging.set_verbosity_error()
    if reports.lacking:
        raise CheckpointRefused(checkpoint, f"lacks weights: {', '.join(reports.lacking[:3])}")


def check_is_whole(pipeline: Any, checkpoint: str) -> None:
    """CheckpointRefused where a part of `pipeline` has weights that no file filled (diffusers leaves them empty)."""
    import torch

    for name, part in pipeline.components.items():
        if not isinstance(part, torch.nn.Module):
            continue
        empty = [weight for weight, values in part.named_parameters() if values.is_meta]
        if empty:
            raise CheckpointRefused(f"{checkpoint}/{name}", f"lacks weights: {', '.join(empty[:3])}")
