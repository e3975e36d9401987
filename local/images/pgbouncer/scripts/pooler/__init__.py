"""Turns the environment of a pooler's pod into a PgBouncer configuration."""
