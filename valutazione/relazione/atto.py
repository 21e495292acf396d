"""The act: object, premises, "visti" and points, true for an evaluation as it stands on a day.

Source of the form: determinazione n. 6607 of 19 June 2025 (dominio.md §4). The facts come from the
scheda alone: steps, acts, members, evidence.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from distretti.basi.italiano import con_preposizione, conta, del_giorno, elenco
from valutazione.parole import StatoImputazione
from valutazione.relazione.fatti import nome_programma, segnaposto
from valutazione.relazione.modello import NON_VALUTATA, RisultatoStampato, TestoAtto, Valori
from valutazione.relazione.premesse import premesse
from valutazione.relazione.testi import TestiRelazione, riempi
from valutazione.scheda.modello import Scheda


@dataclass(frozen=True, slots=True)
class Quadro:
    """What the act says of the evaluation: the values of the programme and what is not scored."""

    programma: Valori
    obbligatorie: Valori
    progettualita: Valori
    non_valutate: tuple[str, ...]
    incomplete: tuple[str, ...]


def testo_atto(
    scheda: Scheda,
    quadro: Quadro,
    testi: TestiRelazione,
    giorno: date,
    risultato: RisultatoStampato | None,
) -> TestoAtto:
    """The act of ``scheda`` on ``giorno``, with the words of the authority; of ``risultato`` if it is one."""
    valori = segnaposto(scheda)
    oggetto = riempi(testi.oggetto, valori) if testi.oggetto else None
    proprio = f"Valutazione della realizzazione alla data {del_giorno(giorno)}."
    if risultato is not None:
        proprio = f"Valutazione della realizzazione: {risultato.nome}."
    return TestoAtto(
        titolo=testi.titolo_atto,
        oggetto=f"{oggetto or _oggetto(scheda, valori)} {proprio}",
        premesse=tuple(premesse(scheda, testi, valori, giorno, risultato)),
        organo=testi.organo,
        visti=tuple(filter(None, (riempi(visto, valori) for visto in testi.visti))),
        verbo=testi.verbo,
        determina=tuple(_determina(scheda, quadro, giorno)),
        titolo_allegato=f"Relazione di valutazione del {nome_programma(scheda)}",
        clausola_firma=testi.clausola_firma,
    )


def _oggetto(scheda: Scheda, valori: dict[str, str]) -> str:
    approvato = f", approvato con {valori['atto_approvazione']}" if valori["atto_approvazione"] else ""
    return f"{nome_programma(scheda)}{approvato}."


def _determina(scheda: Scheda, quadro: Quadro, giorno: date) -> list[str]:
    """What is declared and what is recognised, said apart; then what is still open."""
    alla_data = f"alla data {del_giorno(giorno)}"
    punti = [
        f"di prendere atto che, sulla base delle evidenze registrate e non respinte {alla_data}, la "
        f"realizzazione del {nome_programma(scheda)}, come dichiarata dal Distretto, "
        f"{_misura(quadro, 'dichiarato')}, come da documento allegato parte integrante e sostanziale del "
        "presente provvedimento",
        f"di riconoscere, sulla base delle sole evidenze verificate e accolte {alla_data}, le percentuali di "
        f"realizzazione riportate riga per riga nel medesimo allegato: la realizzazione riconosciuta del "
        f"Programma di lavoro {_misura(quadro, 'riconosciuto')}",
        *_punti_aperti(scheda, quadro),
        "di dare atto che il presente provvedimento non determina la misura del contributo e che da esso non "
        "derivano oneri di spesa",
    ]
    return [*(f"{punto};" for punto in punti[:-1]), f"{punti[-1]}."]


def _punti_aperti(scheda: Scheda, quadro: Quadro) -> Iterator[str]:
    """What keeps the evaluation open, when there is any of it."""
    in_attesa = sum(
        imputazione.stato is StatoImputazione.IN_ATTESA
        for evidenza in scheda.evidenze
        if not evidenza.pianificata
        for imputazione in evidenza.imputazioni
    )
    if in_attesa:
        quante = conta(in_attesa, "imputazione in attesa", "imputazioni in attesa")
        yield (
            f"di dare atto che {quante} di verifica non {'concorre' if in_attesa == 1 else 'concorrono'} "
            "alle percentuali riconosciute, che potranno variare a seguito della verifica"
        )
    if quadro.incomplete:
        righe = "la riga" if len(quadro.incomplete) == 1 else "le righe"
        yield (
            f"di dare atto che la valutazione è incompleta per {righe} {elenco(quadro.incomplete)}, in "
            "attesa del dato che spetta all'amministrazione indicare"
        )
    if quadro.non_valutate:
        yield (
            "di dare atto che non sono valutate, e non entrano in alcuna media, le seguenti azioni: "
            f"{elenco(quadro.non_valutate)}"
        )


def _misura(quadro: Quadro, lettura: str) -> str:
    """ "è pari al 54,00% (azioni obbligatorie: 55,00%; progettualità: 50,00%)" """
    totale, obbligatorie, progettualita = (
        getattr(valori, lettura) for valori in (quadro.programma, quadro.obbligatorie, quadro.progettualita)
    )
    if not quadro.programma.valutata:
        return "non è valutata"
    parti = f"azioni obbligatorie: {obbligatorie}; progettualità: {progettualita}"
    return f"è pari {con_preposizione('al', totale)} ({parti.replace(NON_VALUTATA, 'non valutate')})"
