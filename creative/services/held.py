"""Why a finished ad goes out no more, whoever asks: such an ad is never made again as it was planned."""

from __future__ import annotations

OUTDATED = "shows a fact that has changed"
WITHDRAWN = "shows a person who has taken their consent back"

FOR_GOOD = (OUTDATED, WITHDRAWN)
