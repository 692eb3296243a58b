"""Search over everything a visitor may see."""
