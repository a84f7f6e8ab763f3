"""From a picked structure to new words: lengths, checks, originality; writers are the phrasebook and a language model."""
