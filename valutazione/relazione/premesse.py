"""The premises of the act: those of the authority, and the facts of this programme."""

from datetime import date

from distretti.basi.italiano import conta, data_estesa, del_giorno, il_giorno
from programmi.models import StatoProgramma
from programmi.parole import AzionePassaggio
from valutazione.parole import StatoImputazione
from valutazione.relazione.fatti import (
    atto_del_passaggio,
    atto_di_approvazione,
    nome_atto,
    nome_programma,
    segnaposto,
    stato_programma,
)
from valutazione.relazione.modello import RisultatoStampato
from valutazione.relazione.testi import TestiRelazione, nomina, riempi
from valutazione.scheda.modello import Passaggio, Scheda


def premesse(
    scheda: Scheda,
    testi: TestiRelazione,
    valori: dict[str, str],
    giorno: date,
    risultato: RisultatoStampato | None,
) -> list[str]:
    """Those of the authority, with the facts of this programme where the approval is told."""
    paragrafi: list[str] = []
    procedura = _procedura(scheda)
    for testo in testi.premesse:
        if procedura and nomina(testo, "atto_approvazione"):
            paragrafi += procedura
            procedura = []
        paragrafi.append(riempi(testo, valori) or _approvazione(scheda))
    paragrafi += procedura
    if not any(nomina(testo, "atto_approvazione") for testo in testi.premesse):
        paragrafi.append(_approvazione(scheda))
    situazione = _situazione(scheda, giorno) if risultato is None else _definito(risultato)
    paragrafi += [_contributo(scheda), _evidenze(scheda, giorno), situazione]
    return list(dict.fromkeys(paragrafi))


def _procedura(scheda: Scheda) -> list[str]:
    fatti = []
    giorno = scheda.aderenti_al or scheda.al
    membri = len(scheda.aderenti_nel_giorno(giorno))
    if membri:
        verbo = "risultava aderente" if membri == 1 else "risultavano aderenti"
        quanti = conta(membri, "organizzazione", "organizzazioni")
        fatti.append(f"Alla data {del_giorno(giorno)} {verbo} al Distretto {quanti}.")
    trasmissioni = [p for p in scheda.passaggi if p.azione is AzionePassaggio.TRASMISSIONE]
    if trasmissioni:
        fatti.append(_trasmissione(scheda, trasmissioni[-1]))
    return fatti


def _trasmissione(scheda: Scheda, passaggio: Passaggio) -> str:
    atto = atto_del_passaggio(scheda, passaggio)
    protocollo = passaggio.protocollo_ricevente or passaggio.protocollo_mittente
    prot = f" prot. {protocollo}" if protocollo else ""
    approvato = f", approvato con {nome_atto(atto)}" if atto else ""
    capofila = segnaposto(scheda)["capofila"]
    chi = f"L'ente capofila, {capofila}," if capofila else "L'ente capofila"
    quando = data_estesa(passaggio.il)
    return f"{chi} ha trasmesso in data {quando}{prot} lo Schema del Programma di lavoro{approvato}."


def _approvazione(scheda: Scheda) -> str:
    """Said in place of a premise of the authority that does not fit this programme."""
    atto = atto_di_approvazione(scheda)
    quante = conta(len(scheda.progettualita), "progettualità", "progettualità")
    if atto is None:
        stato = StatoProgramma(stato_programma(scheda)).label
        come = f"non risulta approvato (stato: {stato})"
    else:
        come = f"è stato approvato con {nome_atto(atto)}"
    nome = nome_programma(scheda)
    return f"Il {nome} {come}. Esso comprende {quante} da realizzarsi entro {il_giorno(scheda.al)}."


def _contributo(scheda: Scheda) -> str:
    if scheda.richiede_contributo:
        quante = conta(len(scheda.obbligatorie), "azione", "azioni")
        return (
            "Il Distretto ha richiesto il contributo: sono pertanto valutate anche le azioni obbligatorie di "
            f"responsabilità diretta del Manager territoriale ({quante})."
        )
    return (
        "Il Distretto non ha richiesto il contributo: le azioni obbligatorie di responsabilità diretta del "
        "Manager territoriale non sono pertanto valutate."
    )


def _evidenze(scheda: Scheda, giorno: date) -> str:
    avvenute = [evidenza for evidenza in scheda.evidenze if not evidenza.pianificata]
    stati = [imputazione.stato for evidenza in avvenute for imputazione in evidenza.imputazioni]
    if not avvenute:
        return f"Alla data {del_giorno(giorno)} non risultano evidenze registrate."
    accolte, respinte, in_attesa = (
        stati.count(stato)
        for stato in (StatoImputazione.ACCOLTA, StatoImputazione.RESPINTA, StatoImputazione.IN_ATTESA)
    )
    verbo = "risulta registrata" if len(avvenute) == 1 else "risultano registrate"
    return (
        f"Alla data {del_giorno(giorno)} {verbo} {conta(len(avvenute), 'evidenza', 'evidenze')}, per "
        f"{conta(len(stati), 'imputazione', 'imputazioni')} alle righe di valutazione: "
        f"{conta(accolte, 'accolta', 'accolte')}, {conta(respinte, 'respinta', 'respinte')} e "
        f"{in_attesa} in attesa di verifica."
    )


def _situazione(scheda: Scheda, giorno: date) -> str:
    if giorno <= scheda.al:
        return (
            f"Le azioni possono essere realizzate entro {il_giorno(scheda.al)}: la presente valutazione "
            "descrive la situazione alla data indicata e non è definitiva."
        )
    return (
        "La presente valutazione descrive la situazione alla data indicata e non tiene conto di quanto "
        "registrato o verificato in seguito. Il risultato dell'anno non è ancora definito."
    )


def _definito(risultato: RisultatoStampato) -> str:
    """Which result it is, and of a correction what it corrects."""
    corretto = f" Esso corregge il risultato precedente: {risultato.motivo}" if risultato.motivo else ""
    return (
        f"La presente valutazione riporta il {risultato.nome} a conclusione della verifica, com'è stato "
        f"allora conservato: quanto registrato o verificato in seguito non lo cambia.{corretto}"
    )
