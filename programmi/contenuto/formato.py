"""The exchange format: its name and version."""

FORMATO = "scheda-programma/1"
