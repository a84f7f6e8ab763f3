"""Which test files are run first."""

from __future__ import annotations

LONG_FILES = (
    "tests/real/test_make_ads.py",
    "tests/real/test_browser.py",
    "tests/rules/test_tenancy.py",
    "tests/real/test_bulk.py",
    "tests/real/test_kills.py",
    "tests/real/test_conversations.py",
    "tests/real/test_bulk_kills.py",
    # By now the environment of its server is made, which .ci/run began at its start.
    "tests/real/test_vllm.py",
    "tests/real/test_models.py",
    "tests/real/test_parts.py",
    "tests/real/test_vllm_embeddings.py",
    "tests/real/test_vllm_vision.py",
    "tests/generation/engines/clips/test_contract.py",
    "tests/real/test_guest.py",
    "tests/generation/quality/test_planted_defects.py",
    "tests/real/test_conversations_browser.py",
    "tests/real/test_live_control_room.py",
    "tests/real/test_live_room.py",
    "tests/bench/test_bulk_rows.py",
    "tests/flows/test_serve.py",
    "tests/avatar/live/test_processes.py",
    "tests/avatar/live/test_long_run.py",
)
"""Those of more than 20 s, the longest first. A file that is missing here costs only a little time at the end."""


def long_files_first(test: str) -> int:
    """Sort key of a test's id; tests of equal keys keep their order."""
    file = test.partition("::")[0]
    return LONG_FILES.index(file) if file in LONG_FILES else len(LONG_FILES)
