"""`python -m generation.sherpa.trial_process voice|hearing FOLDER`: loads the model and prints what it is as JSON."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from core.errors import AdloomError


def main() -> int:
    """0 and one line of JSON, or 1 and the reason as the last line of stderr; sherpa-onnx may also end the process."""
    kind, folder = sys.argv[1], Path(sys.argv[2])
    try:
        told = _voice(folder) if kind == "voice" else _hearing(folder)
    except (AdloomError, RuntimeError, ValueError, AssertionError) as error:
        print(" ".join(str(error).split()), file=sys.stderr)
        return 1
    print(json.dumps(told), flush=True)
    return 0


def _voice(folder: Path) -> dict[str, int]:
    from generation.engines.voiceover.sherpa import load_voice

    model = load_voice(folder)
    return {"sample_rate": int(model.sample_rate), "speakers": int(model.num_speakers)}


def _hearing(folder: Path) -> dict[str, str]:
    from generation.hearing.sherpa_models import find_hearing_model, load_hearing

    found = find_hearing_model(folder)
    load_hearing(found)
    return {"kind": found.kind}


if __name__ == "__main__":
    sys.exit(main())
