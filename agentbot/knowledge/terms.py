"""Search terms of a text: its words, and the trade's own synonyms as one term each."""

from __future__ import annotations

import re
from functools import lru_cache

from agentbot.language import is_chinese
from agentbot.packs import Pack, load_pack
from core.contracts import Language
from core.search.words import normalise, words

_FILLER = frozenset(
    """
    请问 想 问 问下 一下 知道 了解 咨询 告诉 看看 看 下 说 说说 讲 介绍 请 麻烦 您 你好 您好 好 吗 嘛 么 啥 咱 咱们 这边 那边 里 家 们 们家
    是否 是不是 能不能 可不可以 有没有 行不行 多少 几 哪 哪个 哪些 怎样 怎么样 如何 为什么 如果 的话 现在 目前 大概 比较 觉得 感觉 但是 但 不过 而且
    发个 发我 个人 上一次 太好 不太 不太好 不好 钱 价 怎么办 报个 个价 能分 最长 最多 最少 最快 最久 请问下
    几天 哪天 多久 几点 多长 时间 哪几天 几个 多大 多远 多高 一般 是不是 会不会 有 吗 呀 约 带 办 找 选 收 开 上 下 行 会 能 方便 可 别 自己 准备好 过来 过去 里面 位置 人 次
    还有 另外 然后 因为 所以 就是 应该 需要 要求 东西 事 时候 情况 问题 一些 有点 真 真的 挺 太 最 更 得 做 来 去 用 买 们的 贵 店 公司 打算 准备 希望
    问问 就问问 就 报 免费 付钱 花钱 要钱 收钱 用不用 要不要 用 费 车子 这车 这台 那台 这台车 那台车 车 车是 是车 多少期
    minimum lowest least smallest still yet free
    tell know want like would could can should please hi hello hey there what which how when where who why much many if
    about any some need get got give let see ask asking question guy really also still too very so then than more most
    one thing something anything interested looking look wondering wonder think maybe okay ok yes yeah now because but am does
    join joining people person doe doing like long far big early late often soon right able kind come pay per us they have has doesn't don't isn't aren't else between
    your you're i'm i'd i've it's that's don't im ive id dont make take go come use good great thank thanks sure else
    """.split()
)


def is_foreign(text: str, language: Language) -> bool:
    """Whether `text` is in the other language than what it is held against."""
    if language == "en":
        return is_chinese(text)
    return not is_chinese(text) and bool(re.search(r"[A-Za-z]{2}", text))


def terms(text: str, pack: Pack) -> list[str]:
    """What to index or look for in `text`: kept words, then "g:" and the name of each glossary group met."""
    kept = [word for word in words(text) if _says_something(word)]
    return kept + [f"g:{name}" for name in groups(text, pack)]


def groups(text: str, pack: Pack) -> list[str]:
    """Names of the glossary groups that `text` speaks of."""
    flat = normalise(text)
    found = [name for name, pattern in _patterns(pack.vertical, pack.language, pack) if pattern.search(flat)]
    return found + [name for name, pattern in _SHAPES if name not in found and pattern.search(flat)]


_SHAPES = (
    (
        "address",
        re.compile(
            r"(?:路|街|大道|巷|弄)\s*\d+\s*号|地铁|\b\d+ [a-z]+(?: [a-z]+)? (?:street|road|lane|avenue|square|drive|way)\b|\bnext to\b"
        ),
    ),
    (
        "hours",
        re.compile(
            r"\d{1,2}[:：]\d{2}|\d\s?[ap]\.?m\b|周[一二三四五六日天]|星期[一二三四五六日天]|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day"
        ),
    ),
)
"""What an address or opening hours look like, whatever words stand round them."""


def residue(text: str, pack: Pack, without: frozenset[str]) -> list[str]:
    """The words of `text` that no group in `without` and no filler accounts for."""
    flat = normalise(text)
    for name, pattern in _SHAPES:
        if name in without:
            flat = pattern.sub(" ", flat)
    for name, pattern in _patterns(pack.vertical, pack.language, pack):
        if name in without:
            flat = pattern.sub(" ", flat)
    return [word for word in words(flat) if _says_something(word)]


def _says_something(word: str) -> bool:
    return word not in _FILLER and not _DONE.match(word)


_DONE = re.compile(r"^[\u3400-\u9fff][完好过掉]$|^[能一几有][\u3400-\u9fff]$")
"""Words of form, not of matter: 洗完, 做好, 能办, 一颗."""


def _patterns(vertical: str, language: str, pack: Pack) -> tuple[tuple[str, re.Pattern[str]], ...]:
    return _compiled(vertical, language, tuple(pack.glossary.items()))


@lru_cache(maxsize=64)
def _compiled(
    vertical: str, language: str, glossary: tuple[tuple[str, tuple[str, ...]], ...]
) -> tuple[tuple[str, re.Pattern[str]], ...]:
    other = load_pack(vertical, "en" if language == "zh-CN" else "zh-CN").glossary

    def pattern(name: str, found: tuple[str, ...]) -> re.Pattern[str]:
        joined = "|".join(_alternatives(words) for words in (found, other.get(name, ())) if words)
        return re.compile(joined)

    return tuple((name, pattern(name, found)) for name, found in glossary)


def _alternatives(words: tuple[str, ...]) -> str:
    """Any of `words`, all of one language; English ones only whole, plural or not."""
    joined = "|".join(re.escape(normalise(word)) for word in sorted(words, key=len, reverse=True))
    return rf"\b(?:{joined})(?:e?s)?\b" if joined.isascii() else joined
