"""A company's page: where each of its people is, how ready it is, its path, and what waits for whom."""
