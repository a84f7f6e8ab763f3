"""Where text may be cut: words that stay together, phrases for captions. Chinese and English.

Words, numbers with their sign and unit, and the phrases a caller protects (product name,
bound facts) stay whole; no line starts with a closing mark, none ends with an opening
one; particles stay with the word before them.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from core.search.words import cut

CLOSING = frozenset("，。！？；：、,.!?;:）】」』》〉〕”’%％…—～·)]}")
OPENING = frozenset("（【「『《〈〔“‘([{¥￥$€£#")
PARTICLES = frozenset("的了着过吗呢吧啊呀嘛们地得么")
LEADERS = frozenset("不很太最更再就都也还把被给让这那每一在和与或")
TRAILERS = frozenset("到上下里中完好成出来去起掉")
UNITS = (
    "分钟|小时|毫升|毫克|公斤|千克|公里|厘米|毫米|百分点|"
    "[元块角折天秒分时年月日克斤升米度倍杯瓶件盒袋包罐支片台套双个张人次款种道层步岁晚万亿]"
)
STRONG = frozenset("。！？!?；;.\n")
WEAK = frozenset("，、：,:—…")
_NUMBER = r"\d(?:[\d,.]*\d)?"
_AMOUNT = re.compile(rf"[¥￥$€£]?{_NUMBER}\s?(?:[%％℃]|{UNITS}|[A-Za-z]+)?")
_TOKEN = re.compile(
    rf"[¥￥$€£]?{_NUMBER}[%％℃]?(?:\s?[a-zA-Z]+)?(?:{UNITS})?|[A-Za-zÀ-ž][A-Za-zÀ-ž0-9'’&+\-]*|\s+|[\u4e00-\u9fff]+|.",
    re.S,
)
PHRASE_WEIGHT = {"zh": 13.0, "en": 11.0}
"""Reading weight of the longest caption phrase: a line and a half of the caption's type."""


def is_cjk(character: str) -> bool:
    """Whether a character is a Han character, kana or a full-width form."""
    return "\u2e80" <= character <= "\u9fff" or "\uf900" <= character <= "\ufaff" or "\uff00" <= character <= "\uffef"


def reading_weight(text: str) -> float:
    """How long a text takes to read, in Chinese characters: a Latin word of average length 1.6, a mark little."""
    return sum(map(_weight, text))


def _weight(character: str) -> float:
    if character.isdigit():
        return 0.7
    if is_cjk(character):
        return 0.12 if character in CLOSING or character in OPENING else 1.0
    return 0.32 if character.isalpha() else 0.12


def amounts(text: str) -> list[str]:
    """The numbers in `text` as a person reads them: each with its sign and its unit."""
    return _AMOUNT.findall(text)


def pieces(text: str, protected: Sequence[str] = ()) -> list[str]:
    """Text as stretches that may not be broken inside; joined they give `text` back."""
    marks = sorted((p for p in protected if p), key=len, reverse=True)
    guard = "|".join(re.escape(mark) for mark in marks)
    tokens: list[str] = []
    for part in re.split(f"({guard})", text) if guard else [text]:
        tokens += [part] if part in marks else _words_of(part)
    return _glued([token for token in tokens if token])


def _words_of(text: str) -> list[str]:
    found: list[str] = []
    for token in _TOKEN.findall(text):
        found += _chinese_words(token) if "\u4e00" <= token[0] <= "\u9fff" else [token]
    return found


def _chinese_words(run: str) -> list[str]:
    """A run of Han characters as words; short runs as they are (nobody breaks two characters)."""
    return [run] if len(run) <= 2 else cut(run)


def _glued(tokens: list[str]) -> list[str]:
    """Tokens with everything joined that a line end must not part."""
    whole: list[str] = []
    for token in tokens:
        if token[0] in CLOSING and len(whole) > 1 and whole[-1].isspace():
            space = whole.pop()
            whole[-1] += space
        if whole and _belongs(whole[-1], token):
            whole[-1] += token
        else:
            whole.append(token)
    return whole


def _belongs(before: str, token: str) -> bool:
    """Whether `token` stays with what stands before it: marks, particles, and the word a number counts."""
    if token[0] in CLOSING:
        return True
    if before.isspace():
        return False
    if before[-1].isspace():
        end = before.rstrip()[-1:]
        return end in OPENING or (end.isdigit() and is_cjk(token[0]))
    if token in PARTICLES or before[-1] in OPENING:
        return True
    return token.isspace() and before[-1].isdigit()


def break_penalty(before: str, after: str) -> float:
    """How bad a line end between two pieces reads; 0 is neutral, negative is welcome."""
    end, start = before.rstrip()[-1:], after.lstrip()[:1]
    if end in STRONG:
        return -0.06
    if end in WEAK:
        return -0.04
    if before[-1:].isspace() and is_cjk(start):
        return -0.05
    if end in LEADERS and is_cjk(start):
        return 0.05
    if start in TRAILERS and len(after.strip()) == 1:
        return 0.05
    return 0.0 if before[-1:].isspace() or not is_cjk(end) else 0.01


def split_phrases(line: str, language: str, protected: Sequence[str] = ()) -> tuple[str, ...]:
    """A spoken line as caption phrases of at most `PHRASE_WEIGHT` each.

    Cut at sentence marks, then at commas, then between words, into parts of like length.
    Marks at the end of a phrase are dropped except ! ? ！ ？ and those that close a pair.
    """
    most = PHRASE_WEIGHT["zh" if language.startswith("zh") else "en"]
    phrases: list[str] = []
    for sentence in _split_after(pieces(line, protected), STRONG):
        for clause in _merge(_split_after(sentence, WEAK), most):
            phrases += _halve(clause, most)
    return tuple(clean for phrase in phrases if (clean := phrase.strip().rstrip("，。、；：,.;:—…").strip()))


def split_takes(text: str, weight: float, longest: int) -> tuple[str, ...]:
    """A text as stretches to be said in one go: whole sentences, about `weight` of reading each.

    None has more than `longest` characters: a longer sentence is cut at commas, then between words, a longer word
    inside it. A short end goes with what stands before it. What has nothing to say is left out.
    """
    takes: list[str] = []
    for part in _parts_within(text, longest):
        is_full = not takes or reading_weight(takes[-1]) >= weight or len(takes[-1]) + len(part) > longest
        if is_full:
            takes.append(part)
        else:
            takes[-1] += part
    if len(takes) > 1 and reading_weight(takes[-1]) < weight / 3 and len(takes[-2] + takes[-1]) <= longest:
        takes[-2:] = [takes[-2] + takes[-1]]
    return tuple(" ".join(take.split()) for take in takes if any(character.isalnum() for character in take))


def _parts_within(text: str, longest: int) -> list[str]:
    """Sentences; clauses of one that is too long, words of a clause that is, stretches of a word that is."""
    parts: list[str] = []
    for sentence in _split_after(pieces(text), STRONG):
        for clause in [sentence] if _length(sentence) <= longest else _split_after(sentence, WEAK):
            parts += ["".join(clause)] if _length(clause) <= longest else _cut_to(clause, longest)
    return parts


def _cut_to(words: Sequence[str], longest: int) -> list[str]:
    return [word[at : at + longest] for word in words for at in range(0, len(word), longest)]


def _length(parts: Sequence[str]) -> int:
    return sum(map(len, parts))


def _split_after(parts: Sequence[str], marks: frozenset[str]) -> list[list[str]]:
    groups: list[list[str]] = [[]]
    for part in parts:
        groups[-1].append(part)
        if part.rstrip()[-1:] in marks:
            groups.append([])
    return [group for group in groups if group]


def _merge(clauses: list[list[str]], most: float) -> list[list[str]]:
    """Neighbouring clauses joined while both together stay short."""
    merged: list[list[str]] = []
    for clause in clauses:
        if merged and reading_weight("".join(merged[-1] + clause)) <= most * 0.75:
            merged[-1] = merged[-1] + clause
        else:
            merged.append(clause)
    return merged


def _halve(parts: list[str], most: float) -> list[str]:
    text = "".join(parts)
    if reading_weight(text) <= most or len(parts) < 2:
        return [text]

    def badness(index: int) -> float:
        left, right = "".join(parts[:index]), "".join(parts[index:])
        total = reading_weight(text)
        return abs(reading_weight(left) - reading_weight(right)) / total + 4 * break_penalty(
            parts[index - 1], parts[index]
        )

    cut = min(range(1, len(parts)), key=badness)
    return _halve(parts[:cut], most) + _halve(parts[cut:], most)
