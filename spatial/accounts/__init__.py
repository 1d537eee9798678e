"""Accounts: who may sign in, in which role, bounded by which areas; sessions, tokens, passwords, guesses."""
