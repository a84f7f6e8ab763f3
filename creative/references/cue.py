"""What a cue is: a regular expression and the log-odds it adds to a role.

Weights: 3 a phrase that hardly occurs elsewhere, 2 strong, 1 a hint. A role counts each
of its cues once per line.
"""

from __future__ import annotations

Cue = tuple[float, str]
