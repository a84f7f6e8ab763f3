"""The voice of a live room: text in, finished `Utterance`s out.

voicing    voice_sentence(text, language, voice, emotion="warm", cues=(), kind="script") -> Utterance
           voice_answer(text, language, voice, emotion, cues, kind) -> Iterator[Utterance], a sentence at a time,
               so that the first is ready while the rest is still written on paper
clauses    split_sentences(text), split_clauses(text, language): pure; never inside a number, a price or an abbreviation
voices     VOICES, check_voice(name): the names that `voice` takes in room.yaml
skew       lip_lag(samples, visemes) -> seconds by which the mouth moves after the sound (negative: before)

Samples are 48 kHz mono int16 in .npy files under ADLOOM_HOME/speech; the first sound comes one tick
(1,920 samples) after the start and the whole is a whole number of ticks long.
"""
