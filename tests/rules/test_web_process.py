"""The web process starts light: no model, no media library."""

from __future__ import annotations

import json
import subprocess
import sys

HEAVY = ("torch", "diffusers", "transformers", "moviepy", "av", "cv2", "scenedetect", "sherpa_onnx", "scipy")
PROGRAM = """
import json, sys
import config.asgi
from django.urls import get_resolver
get_resolver().url_patterns
from django.template import engines
engines["django"]
print(json.dumps(sorted({name.split(".")[0] for name in sys.modules})))
"""


def test_the_web_process_starts_without_heavy_packages():
    loaded = json.loads(subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, check=True).stdout)

    assert [name for name in HEAVY if name in loaded] == []
