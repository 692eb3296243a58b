"""What is written by the list."""
