"""Keeping the register: staff of the authority only."""
