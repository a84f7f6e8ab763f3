"""From a picked structure to new words: lengths, checks, originality; the phrasebook or a language model writes."""
