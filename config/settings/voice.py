"""Voice engines beyond the embedded espeak-ng: an HTTP server, or a folder with a sherpa-onnx model."""

from __future__ import annotations

from config.settings.environment import read_folder, read_url

VOICE_BASE_URL = read_url("VOICE_BASE_URL", ("http", "https"))
VOICE_MODEL_DIR = read_folder("VOICE_MODEL_DIR")
