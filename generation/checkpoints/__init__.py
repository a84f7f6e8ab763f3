"""Checkpoints: what is known of each, who may use it, where its files lie and whether they are whole."""
