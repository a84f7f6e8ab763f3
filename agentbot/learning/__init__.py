"""From what came of decisions to the next policy: rewards, logged rows, verdicts, promotion and the way back."""
