"""The result of a year: frozen with its package, read only if nobody altered it, shown once published."""

from valutazione.risultati.congela import (
    annuncia_pubblicazione,
    congela_risultato,
    e_correzione,
    risultato_da_pubblicare,
)
from valutazione.risultati.errori import RisultatoAlterato

__all__ = [
    "RisultatoAlterato",
    "annuncia_pubblicazione",
    "congela_risultato",
    "e_correzione",
    "risultato_da_pubblicare",
]
