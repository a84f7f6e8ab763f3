"""How an ad sounds: voice, ducked music, loudness, one continuous AAC encode."""
