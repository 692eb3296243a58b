"""Delegations: what an editor says of the journey, beside what the event knows."""
