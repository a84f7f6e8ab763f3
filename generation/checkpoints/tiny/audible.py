"""Random weights that pass on what they are told.

Fresh layers are near zero where training begins: a tiny model made of them draws the same picture
whatever the prompt or the first frame, and a test of either would prove nothing.
"""

from __future__ import annotations

from typing import Any


def make_audible(*modules: Any) -> None:
    """New weights for every layer of `modules`, as large as keeps a signal's size (He et al., 2015)."""
    import torch

    layers = (torch.nn.Linear, torch.nn.Conv1d, torch.nn.Conv2d, torch.nn.Conv3d)
    for part in (part for module in modules for part in module.modules()):
        if isinstance(part, layers):
            torch.nn.init.kaiming_normal_(part.weight, nonlinearity="linear")
        elif isinstance(part, torch.nn.Embedding):
            torch.nn.init.normal_(part.weight)


def speak_softly(decoder_end: Any, share: float = 0.15) -> None:
    """Pictures near grey instead of full black and white: noise at full strength flashes, and no ad may flash."""
    import torch

    with torch.no_grad():
        decoder_end.weight.mul_(share)
        if decoder_end.bias is not None:
            decoder_end.bias.mul_(share)
