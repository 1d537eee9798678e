"""Reach: how long it takes over the street network from one place to others."""
