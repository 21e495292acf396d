"""What deserves a look before the autovalutazione is transmitted, in sentences, each with where to go."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.urls import reverse

from distretti.basi.italiano import conta, elenco
from programmi.models import Programma
from valutazione.letture import Valutazione


@dataclass(frozen=True, slots=True)
class Avvertenza:
    """A sentence, and the page where one does something about it (with the words of its link)."""

    frase: str
    indirizzo: str
    collegamento: str


def avvertenze_di(valutazione: Valutazione, oggi: date) -> list[Avvertenza]:
    """Planned evidence whose day has come, forgotten bozze, lines at zero, lines the authority owes."""
    programma = valutazione.programma
    return [*_evidenze(programma, oggi), *_righe(valutazione)]


def _evidenze(programma: Programma, oggi: date) -> Iterator[Avvertenza]:
    dove = [programma.distretto.codice, programma.anno]
    for evidenza in programma.evidenze.arrivate(oggi):
        yield Avvertenza(
            f"«{evidenza}» era pianificata e il suo giorno è arrivato: è avvenuta?",
            evidenza.get_absolute_url(),
            "Aprila",
        )
    bozze = programma.evidenze.bozze().count()
    if bozze:
        quante = conta(
            bozze, "evidenza è rimasta in bozza e non conta", "evidenze sono rimaste in bozza e non contano"
        )
        yield Avvertenza(
            f"{quante}.", reverse("evidenza-nuova", args=dove), "Riprendile" if bozze > 1 else "Riprendila"
        )


def _righe(valutazione: Valutazione) -> Iterator[Avvertenza]:
    programma, righe = valutazione.programma, valutazione.esito.righe.values()
    perche = reverse("perche", args=[programma.distretto.codice, programma.anno])
    a_zero = [riga.codice for riga in righe if riga.valori.dichiarato == 0]
    if a_zero:
        soggetto = "La riga" if len(a_zero) == 1 else "Le righe"
        verbo = "vale" if len(a_zero) == 1 else "valgono"
        yield Avvertenza(f"{soggetto} {elenco(a_zero)} {verbo} zero.", perche, "Vedi perché")
    yield from righe_incomplete(valutazione)


def righe_incomplete(valutazione: Valutazione) -> Iterator[Avvertenza]:
    """The lines that wait for the authority: without its word they are not evaluated."""
    programma, righe = valutazione.programma, valutazione.esito.righe.values()
    perche = reverse("perche", args=[programma.distretto.codice, programma.anno])
    incomplete = [riga.codice for riga in righe if riga.incompleta]
    if incomplete:
        soggetto = "La riga" if len(incomplete) == 1 else "Le righe"
        verbo = "aspetta" if len(incomplete) == 1 else "aspettano"
        frase = f"{soggetto} {elenco(incomplete)} {verbo} ciò che l'Agenzia deve ancora stabilire."
        yield Avvertenza(frase, perche, "Vedi perché")
