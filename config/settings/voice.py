"""Voice engines beyond the embedded espeak-ng: an HTTP server, or a folder with a sherpa-onnx model."""

from __future__ import annotations

from config.settings.environment import read_choice, read_model_folder, read_text, read_url, read_whole_number

VOICE_BASE_URL = read_url("VOICE_BASE_URL", ("http", "https"))
VOICE_API = read_choice("VOICE_API", ("openai", "cosyvoice"), "openai")
VOICE_API_KEY = read_text("VOICE_API_KEY")
VOICE_MODEL = read_text("VOICE_MODEL")
VOICE_NAME = read_text("VOICE_NAME")
VOICE_SAMPLE_RATE = read_whole_number("VOICE_SAMPLE_RATE", 24_000, 8_000, 96_000)
VOICE_MODEL_DIR = read_model_folder("VOICE_MODEL_DIR")
