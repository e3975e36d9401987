"""Turns the environment of a Spilo container into a Patroni configuration, and keeps Patroni running."""
