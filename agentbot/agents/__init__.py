"""The two agents of a turn: one answers, one looks after the lead."""
