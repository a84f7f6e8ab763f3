"""What a room says: its script, the words round it, answers that are ready before they are asked for.

writing    generate_script(brief, persona, seed, laps=4) -> Script: checked laps of one script, each line with its cues
adapting   adapt_script(lines, brief, persona, seed) -> Adapted: a human's script, what may not be said written anew
importing  read_lines(payload, name) -> tuple[str, ...]: a human host's script (txt, srt) as sentences
marks      parse_marks("{point}链接在下方") -> Marked(text, cues, emotion), format_marks, suggest_cues
checking   check_lines(lines, facts, language, platform, today) -> tuple[LineProblem, ...]: line, word, reason
asides     bridges(language), notices(language, persona)
canned     canned_answers(facts, language, platform, today) -> tuple[CannedAnswer, ...], by topic, only from facts
"""
