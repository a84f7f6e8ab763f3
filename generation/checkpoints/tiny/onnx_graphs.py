"""Small ONNX graphs written by hand, with the notes sherpa-onnx reads. Needs the package onnx (extra `dev`)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

OPSET, IR_VERSION = 13, 8
"""Old enough for any onnxruntime that sherpa-onnx carries."""


class Graph:
    """Collects nodes and constants; `save` checks the whole and writes it."""

    def __init__(self, name: str) -> None:
        self.name = name
        self._nodes: list[Any] = []
        self._constants: list[Any] = []
        self._inputs: list[Any] = []
        self._outputs: list[Any] = []

    def take(self, name: str, shape: Sequence[int | str], is_whole: bool = False) -> str:
        """An input of f32, or of int64 where `is_whole`; a name in `shape` is any size."""
        self._inputs.append(_value(name, shape, is_whole))
        return name

    def give(self, name: str, shape: Sequence[int | str], is_whole: bool = False) -> None:
        self._outputs.append(_value(name, shape, is_whole))

    def constant(self, name: str, content: NDArray[Any] | np.generic) -> str:
        from onnx import numpy_helper

        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(content), name))
        return name

    def add(self, operator: str, inputs: Sequence[str], output: str, **attributes: Any) -> str:
        from onnx import helper

        self._nodes.append(helper.make_node(operator, list(inputs), [output], name=output, **attributes))
        return output

    def save(self, path: Path, notes: Mapping[str, object]) -> None:
        """Write the model with `notes` as its metadata."""
        import onnx
        from onnx import helper

        graph = helper.make_graph(self._nodes, self.name, self._inputs, self._outputs, self._constants)
        model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
        model.ir_version = IR_VERSION
        helper.set_model_props(model, {name: str(value) for name, value in notes.items()})
        onnx.checker.check_model(model)
        onnx.save(model, str(path))


def _value(name: str, shape: Sequence[int | str], is_whole: bool) -> Any:
    from onnx import TensorProto, helper

    return helper.make_tensor_value_info(name, TensorProto.INT64 if is_whole else TensorProto.FLOAT, list(shape))
