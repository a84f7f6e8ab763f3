"""What agentbot asks a language model: prompts as files, each with a version in its name."""

from __future__ import annotations

from pathlib import Path

from core.llm.prompts import PromptFolder

prompt = PromptFolder(Path(__file__).parent).prompt
