"""The path for the company’s people, and for those who advise it."""
