"""The pages of evidence of prior learning: those of the person who sends it, and those of the advisor."""
