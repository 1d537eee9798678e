"""Gridscape's domain: geometry, ownership, reach, sight, editions and the stores. It imports nothing of ours."""
