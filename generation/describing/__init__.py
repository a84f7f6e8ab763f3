"""What a video shows: boxes found in its pixels, captions by a vision model, answers to questions from both."""
