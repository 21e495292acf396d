"""Writing the promise of a programme that is not approved."""

from collections.abc import Iterator
from typing import Any

from tests.indirizzi import corpi
from tests.indirizzi.indirizzo import INVIO, LETTURA, MODULO, SCRIVONO, Indirizzo
from tests.indirizzi.mondo import del_distretto, programma_di


def _scrittura() -> Iterator[Indirizzo]:
    """Writing the promise of a programme that is not approved: a stranger does not know it exists."""

    def riga(nome: str, metodi: tuple[str, ...], corpo: Any, *altri: str, query: str = "") -> Indirizzo:
        return Indirizzo(
            nome,
            programma_di("bozza", *altri),
            metodi,
            leggono=SCRIVONO if "GET" in metodi else (),
            scrivono=SCRIVONO if "POST" in metodi else (),
            fuori=404,
            corpo=corpo,
            query=query,
        )

    yield Indirizzo(
        "programma-nuovo",
        del_distretto,
        MODULO,
        leggono=SCRIVONO,
        scrivono=SCRIVONO,
        corpo=corpi.programma_nuovo,
    )
    yield riga("programma-modifica", LETTURA, corpi.niente)
    yield riga("programma-dati", MODULO, corpi.dati)
    yield riga("programma-premessa", MODULO, corpi.premessa)
    yield riga("programma-attori", MODULO, corpi.attori)
    yield riga("programma-canali", MODULO, corpi.canali)
    yield riga("progettualita-nuova", MODULO, corpi.progettualita_nuova)
    yield riga("progettualita-modifica", MODULO, corpi.progettualita, "azione")
    yield riga("progettualita-elimina", INVIO, corpi.niente, "azione")
    yield riga("progettualita-sposta", INVIO, corpi.giu, "azione")
    yield riga("indicatore-nuovo", MODULO, corpi.riga_nuova, "azione")
    yield riga("obbligatoria-nuova", MODULO, corpi.riga_nuova)
    yield riga("indicatore-modifica", MODULO, corpi.riga, "riga")
    yield riga("indicatore-elimina", INVIO, corpi.niente, "riga")
    yield riga("indicatore-sposta", INVIO, corpi.giu, "riga")
    yield riga("indicatore-regola", MODULO, corpi.regola, "riga")
    for tipo in ("fasce", "nessuna"):
        yield riga("indicatore-regola", MODULO, corpi.regola, "riga", query=f"?tipo={tipo}")


RIGHE = (*_scrittura(),)
