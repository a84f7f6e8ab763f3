"""Stems: a slot's voice over its stretch of the music, encoded so that packets of any two slots join unheard."""

from generation.sound.stems.levels import Levels, loudness_of
from generation.sound.stems.making import MadeStem, make_stems
from generation.sound.stems.specs import Agreed, StemSpec, agreed_of, stem_key, stem_spec, stem_versions

__all__ = [
    "Agreed",
    "Levels",
    "MadeStem",
    "StemSpec",
    "agreed_of",
    "loudness_of",
    "make_stems",
    "stem_key",
    "stem_spec",
    "stem_versions",
]
