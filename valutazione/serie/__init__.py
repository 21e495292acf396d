"""A table of evidence typed or pasted: one row for each, read into the exchange format.

Everything here is pure but ``esame``, which asks the register for names and the kernel for the effect.
"""
