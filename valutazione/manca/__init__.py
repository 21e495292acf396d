"""What a programme still lacks, line by line: the sentence, what it would bring, what to do about it.

``cosa_manca_di(utente, valutazioni, oggi) -> list[CosaManca]`` for pages: one :class:`CosaManca` for each
evaluation, in so many queries however many they are. ``cosa_manca(valutazione, sguardo)`` is the same without
any query. Nothing is invented here: the measures that lack come from the kernel.
"""

from valutazione.manca.lettura import cosa_manca, cosa_manca_di
from valutazione.manca.modello import CosaManca, Genere, Passo, Sguardo, Voce, gruppi

__all__ = ["CosaManca", "Genere", "Passo", "Sguardo", "Voce", "cosa_manca", "cosa_manca_di", "gruppi"]
