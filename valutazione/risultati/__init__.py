"""The result of a year: frozen with its package, read only if nobody altered it, shown once published."""
