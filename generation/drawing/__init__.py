"""Text and shapes as pixels: fonts, glyph coverage, line breaking, captions, labels, stickers."""
