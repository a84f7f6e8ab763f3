"""What a video, picture or sound shows and says, after a whitelist let it in."""
