"""Cuts Chinese and English text into search words, the same way for indexing and asking."""

from __future__ import annotations

import logging
import re
import unicodedata
from functools import lru_cache
from pathlib import Path
from typing import Any

from core.search import concepts
from core.search.frequencies import Frequencies

_AD_WORDS = Path(__file__).with_name("ad_words.txt")
_MAX_CHARACTERS = 20_000
_TOKEN = re.compile(r"[\u3400-\u9fff]+|[a-z0-9]+(?:[.'][a-z0-9]+)*")
_HAN = re.compile(r"[\u3400-\u9fff]")

_STOP_ZH = """
的 了 是 在 和 与 也 就 都 而 及 或 被 把 给 让 从 到 对 于 这 那 一 个 我 你 他 她 它
我们 你们 他们 吗 呢 吧 啊 呀 哦 着 过 很 还 又 再 要 会 能 可 可以 一个 这个 那个
什么 怎么 有 没 没有 不
"""
_STOP_EN = """
a an the of and or to in on at for with from by is are was were be been it its this that these those
i you he she we they my your our their me us them so as but not no do does did have has had will just
"""
STOP_WORDS = frozenset((_STOP_ZH + _STOP_EN).split())


@lru_cache(maxsize=1)
def _tokenizer() -> Any:
    """jieba with our ad words and concept terms; its cache lies under ADLOOM_HOME.

    The library's default keeps the cache in the shared temporary folder, where another
    user of the machine could plant one.
    """
    import jieba
    from django.conf import settings

    jieba.setLogLevel(logging.WARNING)
    tokenizer = jieba.Tokenizer()
    folder = Path(settings.ADLOOM_HOME) / "cache"
    folder.mkdir(parents=True, exist_ok=True)
    tokenizer.tmp_dir = str(folder)
    tokenizer.initialize()
    for word in _AD_WORDS.read_text(encoding="utf-8").split():
        tokenizer.add_word(word)
    for term in concepts.terms():
        if len(term) > 1 and _HAN.search(term):
            tokenizer.add_word(term)
    tokenizer.FREQ = Frequencies(tokenizer.FREQ)
    return tokenizer


def normalise(text: str) -> str:
    """Full-width to half-width, lower case, at most 20,000 characters."""
    return unicodedata.normalize("NFKC", text[:_MAX_CHARACTERS]).casefold().replace("’", "'")


def _stem(word: str) -> str:
    """English plurals and possessives only: more would glue unrelated words together."""
    word = word.removesuffix("'s").replace("'", "")
    if len(word) > 4 and word.endswith("ies"):
        return word[:-3] + "y"
    if len(word) > 4 and word.endswith(("ches", "shes", "sses", "xes")):
        return word[:-2]
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
        return word[:-1]
    return word


@lru_cache(maxsize=256)
def all_words(text: str) -> tuple[str, ...]:
    """Every word of `text` in order, stop words kept. Chinese is cut for search: a long word
    is followed by the shorter words inside it. The last texts are remembered: full text and
    vector ask for the same one in turn."""
    found: list[str] = []
    for piece in _TOKEN.findall(normalise(text)):
        if _HAN.match(piece):
            found.extend(_tokenizer().cut_for_search(piece))
        else:
            found.append(_stem(piece))
    return tuple(found)


def words(text: str) -> list[str]:
    """The words of `text` that are worth searching, in order, repeated as often as they occur."""
    return [word for word in all_words(text) if word not in STOP_WORDS]


def cut(text: str) -> list[str]:
    """`text` as it stands, cut into words; joined they give the text back."""
    return list(_tokenizer().cut(text))
