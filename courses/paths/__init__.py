"""Which courses a company takes, in which order and why: recommended from its report, adjusted by an advisor."""
