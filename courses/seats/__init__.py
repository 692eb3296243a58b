"""How many people of a company may take a course that an agreement limits."""
