"""What an ONNX file says of itself (its `metadata_props`), read without loading it and without the onnx package.

sherpa-onnx ends the whole process where a model lacks a note it needs, so they are looked at first.
Field numbers and wire types: onnx.proto's ModelProto and StringStringEntryProto, protobuf's encoding guide.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import BinaryIO

from core.errors import TerminalError

_VARINT, _EIGHT_BYTES, _LENGTH, _FOUR_BYTES = 0, 1, 2, 5
_GRAPH, _NOTE = 7, 14
_KEY, _VALUE = 1, 2
_LONGEST_NOTE = 4 * 1024 * 1024
_MOST_FIELDS = 10_000


class ModelFileBroken(TerminalError):
    """The file is no ONNX model, or ends in the middle of one."""

    code = "model_file_broken"


def model_notes(path: Path) -> dict[str, str]:
    """The notes of the model at `path` by name; ModelFileBroken says what is wrong with the file."""
    notes: dict[str, str] = {}
    has_graph = False
    size = path.stat().st_size
    with path.open("rb") as file:
        for _ in range(_MOST_FIELDS):
            if file.tell() == size:
                break
            number, kind = divmod(_varint(file, path), 8)
            if kind == _LENGTH:
                length = _varint(file, path)
                if file.tell() + length > size:
                    raise ModelFileBroken(f"{path.name} ends in the middle: it was not copied or downloaded whole")
                if number == _NOTE and length <= _LONGEST_NOTE:
                    notes.update([_note(file.read(length), path)])
                else:
                    file.seek(length, os.SEEK_CUR)
                has_graph = has_graph or number == _GRAPH
            else:
                _skip(file, number, kind, path)
    if not has_graph:
        raise ModelFileBroken(f"{path.name} is no ONNX model")
    return notes


def _skip(file: BinaryIO, number: int, kind: int, path: Path) -> None:
    if kind == _VARINT and number:
        _varint(file, path)
    elif kind in (_EIGHT_BYTES, _FOUR_BYTES) and number:
        file.seek(8 if kind == _EIGHT_BYTES else 4, os.SEEK_CUR)
    else:
        raise ModelFileBroken(f"{path.name} is no ONNX model")


def _varint(file: BinaryIO, path: Path) -> int:
    value = 0
    for place in range(10):
        byte = file.read(1)
        if not byte:
            raise ModelFileBroken(f"{path.name} ends in the middle: it was not copied or downloaded whole")
        value |= (byte[0] & 0x7F) << (7 * place)
        if byte[0] < 0x80:
            return value
    raise ModelFileBroken(f"{path.name} is no ONNX model")


def _note(entry: bytes, path: Path) -> tuple[str, str]:
    found = {_KEY: "", _VALUE: ""}
    at = 0
    while at < len(entry):
        number, at = entry[at] >> 3, at + 1
        length, at = _length_in(entry, at, path)
        if number in found:
            found[number] = entry[at : at + length].decode("utf-8", "replace")
        at += length
    return found[_KEY], found[_VALUE]


def _length_in(entry: bytes, at: int, path: Path) -> tuple[int, int]:
    value = shift = 0
    while at < len(entry):
        byte, at = entry[at], at + 1
        value |= (byte & 0x7F) << shift
        if byte < 0x80:
            return value, at
        shift += 7
    raise ModelFileBroken(f"{path.name} has a note that ends in the middle")
