"""Articles cut into chunks: a few sentences each, a question kept with its answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from agentbot.contracts import Article
from agentbot.language import sentences, width

CHUNK_WIDTH = 120.0
"""Two message parts' worth."""
_ASKED = re.compile(r"^(?:[QqAa][:：.]|问[:：]|答[:：])\s*|[?？]$")
_LABEL = re.compile(r"^(?:[QqAa]|问|答)\s*[:：.]\s*")
_BULLET = re.compile(r"^(?:[-*•·]\s+|\d{1,2}[.、)）]\s+|#+\s*)")


@dataclass(frozen=True)
class Sentence:
    """One approved sentence; `asked` is the question an FAQ puts before it."""

    text: str
    asked: str = ""


@dataclass(frozen=True)
class Chunk:
    """Neighbouring sentences of one article."""

    article: str
    title: str
    sentences: tuple[Sentence, ...]

    @property
    def text(self) -> str:
        return " ".join([self.title, *(f"{each.asked} {each.text}" for each in self.sentences)])


def cut_article(article: Article) -> Iterator[Chunk]:
    """Chunks of about 120 characters, never across an FAQ's questions."""
    held: list[Sentence] = []
    size = 0.0
    for sentence in _sentences(article.text):
        is_new_question = bool(held) and sentence.asked != held[-1].asked
        if held and (is_new_question or size + width(sentence.text) > CHUNK_WIDTH):
            yield Chunk(article.id, article.title, tuple(held))
            held, size = [], 0.0
        held.append(sentence)
        size += width(sentence.text)
    if held:
        yield Chunk(article.id, article.title, tuple(held))


def _sentences(text: str) -> Iterator[Sentence]:
    asked = ""
    for paragraph in text.splitlines():
        for piece in sentences(_BULLET.sub("", paragraph.strip())):
            if piece.endswith(("?", "？")) and _ASKED.search(piece):
                asked = _LABEL.sub("", piece)
            elif said := _LABEL.sub("", piece):
                yield Sentence(said, asked)
        if paragraph.strip() == "":
            asked = ""
