"""Filmed hosts: a folder with a talking head's weights (unet/, vae/, whisper/); without one the host is drawn."""

from __future__ import annotations

from config.settings.environment import read_folder

HEAD_MODEL_DIR = read_folder("HEAD_MODEL_DIR")
