"""What every site is asked for."""

from tests.indirizzi.indirizzo import Indirizzo, senza

RIGHE = tuple(Indirizzo(nome, senza, pubblico=200) for nome in ("icona", "robots", "sicurezza"))
