"""Hearing: a folder with a sherpa-onnx model, or a text file whose lines stand in for what guests say."""

from __future__ import annotations

from config.settings.environment import read_file, read_model_folder

HEARING_MODEL_DIR = read_model_folder("HEARING_MODEL_DIR")
HEARING_SCRIPT = read_file("HEARING_SCRIPT")
