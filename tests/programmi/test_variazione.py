"""Aprire una variazione, scriverla, applicarla quando è approvata."""

from collections.abc import Callable
from datetime import date
from io import StringIO
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.core.management import call_command
from django.db import IntegrityError, transaction

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.models import Evento, Ritiro, Utente
from programmi.completezza import completezza
from programmi.contenuto.documento import promessa_di
from programmi.models import (
    AzionePassaggio,
    GenereVersione,
    Indicatore,
    Progettualita,
    Programma,
    StatoProgramma,
)
from programmi.procedura import compi
from programmi.services import (
    DatiProgettualita,
    DatiRiga,
    Direzione,
    crea_progettualita,
    crea_riga,
    elimina_progettualita,
    elimina_riga,
    salva_attori,
    salva_premessa,
    salva_regola,
    salva_riga,
    sposta_progettualita,
)
from programmi.variazione import apri_variazione
from programmi.variazione.riporto import CONTENUTO, PROPRI
from programmi.verifica_versioni import alterazioni_dei_programmi
from programmi.versioni_congelate import leggi
from tests.conftest import Persone
from tests.programmi.ingressi import MEZZO, in_due
from tests.programmi.variazioni import MOTIVO, alla_firma, aperta, approvata, riga, trasmessa


def promessa(programma: Programma) -> dict[str, Any]:
    """Ciò che il programma promette, senza gli atti e i passaggi della sua procedura."""
    documento = promessa_di(Programma.objects.get(pk=programma.pk))
    return {k: v for k, v in documento.items() if k not in ("passaggi", "atti", "fonte")}


def test_si_apre_uguale_al_programma(programma: Programma, persone: Persone) -> None:
    variazione = aperta(programma, persone)
    assert variazione.stato == StatoProgramma.BOZZA
    assert variazione.riferimento == "dfa-alta-valsugana/2025-v1"
    assert persone.manager in variazione.autori.all()  # who opens it does not approve it
    assert promessa(variazione) == promessa(programma)
    for modello in (Progettualita, Indicatore):
        origini = modello.objects.filter(programma=variazione).values_list("origine", flat=True)
        assert set(origini) == set(modello.objects.filter(programma=programma).values_list("pk", flat=True))
    assert list(variazione.atti_citati.values_list("atto", "ordine")) == list(
        programma.atti_citati.values_list("atto", "ordine")
    )
    assert Evento.objects.filter(azione="programma.apertura_variazione").count() == 1


def test_ogni_campo_del_programma_ha_la_sua_parte() -> None:
    """Un campo nuovo di Programma va detto: è promessa, e si riporta, oppure è della procedura."""
    campi = {campo.name for campo in Programma._meta.concrete_fields}
    assert campi == {*CONTENUTO, *PROPRI}


@pytest.mark.parametrize(
    "chi", ["coordinatore", "agenzia", "dirigente", "auditor", "manager_scaduto", "estraneo"]
)
def test_non_la_apre_chi_non_scrive_il_programma(programma: Programma, persone: Persone, chi: str) -> None:
    with pytest.raises(PermissionDenied):
        apri_variazione(programma=programma, utente=getattr(persone, chi), motivo=MOTIVO)
    assert not programma.variazioni.exists()


def test_si_apre_su_un_programma_approvato_e_con_un_motivo(
    bozza: Programma, programma: Programma, persone: Persone
) -> None:
    with pytest.raises(StatoNonAmmesso, match="si varia un programma approvato"):
        aperta(bozza, persone)
    with pytest.raises(DatiNonValidi):
        apri_variazione(programma=programma, utente=persone.manager, motivo="  ")
    variazione = aperta(programma, persone)
    with pytest.raises(StatoNonAmmesso, match=r"La variazione n\. 1 è in corso"):
        aperta(programma, persone)
    with pytest.raises(StatoNonAmmesso, match="sul programma dell'anno"):
        aperta(variazione, persone)
    assert programma.variazioni.count() == 1


def test_due_variazioni_in_corso_non_le_ammette_il_database(programma: Programma, persone: Persone) -> None:
    variazione = aperta(programma, persone)
    with pytest.raises(IntegrityError), transaction.atomic():
        Programma.objects.create(
            distretto=programma.distretto,
            anno=2025,
            variazione=2,
            variazione_di=programma,
            dal=programma.dal,
            al=programma.al,
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Programma.objects.filter(pk=variazione.pk).update(variazione=0)


@pytest.mark.django_db(transaction=True)
def test_due_la_aprono_insieme(a_due_mani: Persone) -> None:
    programma = Programma.objects.get(distretto__codice="dfa-alta-valsugana", anno=2025)

    def apri(chi: Utente) -> Callable[[], Programma]:
        return lambda: apri_variazione(programma=programma, utente=chi, motivo=MOTIVO)

    esiti = in_due(apri(a_due_mani.manager), apri(a_due_mani.referente))
    assert sorted(type(esito).__name__ for esito in esiti) == ["Programma", "StatoNonAmmesso"]
    assert programma.variazioni.count() == 1


def test_finche_non_e_approvata_il_programma_non_cambia(programma: Programma, persone: Persone) -> None:
    prima, quando = promessa(programma), programma.modificato_alle
    variazione = aperta(programma, persone)
    salva_premessa(programma=variazione, premessa="Un'altra premessa.")
    elimina_progettualita(progettualita=variazione.progettualita.get(numero=3))
    alla_firma(variazione, persone)
    programma.refresh_from_db()
    assert promessa(programma) == prima
    assert programma.modificato_alle == quando
    assert not Ritiro.objects.exists()


def test_approvata_diventa_il_programma(programma: Programma, persone: Persone) -> None:
    variazione = aperta(programma, persone)
    chiavi = {r.codice: r.pk for r in programma.indicatori.in_ordine()}
    _cambia(variazione)
    attesa = promessa(variazione)
    fatta = approvata(variazione, persone)
    assert fatta.stato == StatoProgramma.APPROVATO
    assert promessa(programma) == attesa
    dopo = {r.codice: r.pk for r in programma.indicatori.in_ordine()}
    # Ogni riga resta quella che era, anche con un altro numero: la 3.x è ora la 2.x.
    assert dopo["2.1"] == chiavi["3.1"]
    assert dopo["3.1"] == chiavi["4.1"]
    assert dopo["1.1"] == chiavi["1.1"]
    assert chiavi["2.1"] not in dopo.values()
    ultimo = programma.passaggi.order_by("ordine").last()
    assert ultimo is not None
    assert (ultimo.azione, ultimo.utente, ultimo.il) == (
        AzionePassaggio.VARIAZIONE,
        persone.dirigente,
        date(2026, 3, 2),
    )
    assert ultimo.atto == fatta.passaggi.get(azione=AzionePassaggio.APPROVAZIONE).atto
    programma.refresh_from_db()
    assert programma.stato == StatoProgramma.APPROVATO
    assert programma.approvato_il == date(2025, 6, 19)


def _cambia(variazione: Programma) -> None:
    """Toglie la progettualità 2, ne aggiunge una, sposta, cambia testi, regola, attori."""
    elimina_progettualita(progettualita=variazione.progettualita.get(numero=2))
    nuova = crea_progettualita(programma=variazione, dati=DatiProgettualita(titolo="Una in più"))
    nuova_riga = crea_riga(programma=variazione, progettualita=nuova, dati=DatiRiga(testo="Incontri"))
    salva_regola(riga=nuova_riga, regola=MEZZO)
    sposta_progettualita(progettualita=nuova, direzione=Direzione.SU)
    salva_riga(riga=riga(variazione, "1.1"), dati=DatiRiga(testo="Un testo nuovo"))
    salva_premessa(programma=variazione, premessa="Un'altra premessa.")
    salva_attori(programma=variazione, attori=[{"ruolo": "capofila", "nome": "Comune"}])


def test_si_congelano_le_due_versioni(programma: Programma, persone: Persone) -> None:
    variazione = aperta(programma, persone)
    salva_premessa(programma=variazione, premessa="Un'altra premessa.")
    fatta = approvata(variazione, persone)
    versione = programma.versioni.order_by("numero").last()
    assert versione is not None
    assert versione.genere == GenereVersione.APPROVAZIONE
    assert versione.passaggio.azione == AzionePassaggio.VARIAZIONE
    assert leggi(versione)["premessa"] == "Un'altra premessa."
    generi = fatta.versioni.order_by("numero").values_list("genere", flat=True)
    assert list(generi) == [GenereVersione.TRASMISSIONE, GenereVersione.APPROVAZIONE]


def test_cio_che_toglie_e_ritirato_cio_che_non_tocca_no(programma: Programma, persone: Persone) -> None:
    ferma = riga(programma, "1.1").modificato_alle
    variazione = aperta(programma, persone)
    elimina_progettualita(progettualita=variazione.progettualita.get(numero=9))
    approvata(variazione, persone)
    ritirate = set(Ritiro.objects.filter(risorsa="progettualita").values_list("chiave", flat=True))
    # La 9 ora è quella che era la 10: con il suo numero non c'è più nessuno.
    assert "dfa-alta-valsugana/2025/10" in ritirate
    assert riga(programma, "1.1").modificato_alle == ferma
    assert programma.progettualita.get(numero=9).modificato_alle > ferma


def test_il_giudizio_dato_nel_frattempo_resta(programma: Programma, persone: Persone) -> None:
    """La percentuale assegnata a mano è della valutazione: una variazione non la dà e non la toglie."""
    manuale = {"tipo": "manuale", "assegnata": None}
    assegnata = manuale | {"assegnata": "40", "motivazione": "A metà."}
    Indicatore.objects.filter(pk=riga(programma, "4.1").pk).update(regola=manuale)
    variazione = aperta(programma, persone)
    Indicatore.objects.filter(pk=riga(programma, "4.1").pk).update(regola=assegnata)
    salva_riga(riga=riga(variazione, "4.1"), dati=DatiRiga(testo="Un testo nuovo"))
    approvata(variazione, persone)
    assert riga(programma, "4.1").regola_json == assegnata
    assert riga(programma, "4.1").testo == "Un testo nuovo"


def test_il_registro_degli_eventi_e_in_ordine(programma: Programma, persone: Persone) -> None:
    variazione = aperta(programma, persone)
    _cambia(variazione)
    approvata(variazione, persone)
    assert list(alterazioni_dei_programmi()) == []
    call_command("verifica_registro", stdout=StringIO())


def test_una_dopo_l_altra(programma: Programma, persone: Persone) -> None:
    prima = aperta(programma, persone)
    salva_premessa(programma=prima, premessa="La prima.")
    approvata(prima, persone)
    seconda = aperta(programma, persone)
    assert seconda.variazione == 2
    assert seconda.premessa == "La prima."
    salva_premessa(programma=seconda, premessa="La seconda.")
    approvata(seconda, persone)
    programma.refresh_from_db()
    assert programma.premessa == "La seconda."
    azioni = programma.passaggi.order_by("ordine").values_list("azione", flat=True)
    assert list(azioni)[-2:] == [AzionePassaggio.VARIAZIONE] * 2


def test_una_variazione_superata_non_si_riapre(programma: Programma, persone: Persone) -> None:
    prima = trasmessa(aperta(programma, persone), persone)
    compi(AzionePassaggio.RITIRO, programma=prima, utente=persone.referente, nota="Non serve più.")
    aperta(programma, persone)
    with pytest.raises(StatoNonAmmesso, match=r"è stata aperta la variazione n\. 2"):
        compi(AzionePassaggio.RIAPERTURA, programma=prima, utente=persone.referente)


def test_l_atto_non_e_precedente_all_ultimo_passaggio_del_programma(
    programma: Programma, persone: Persone
) -> None:
    variazione = aperta(programma, persone)
    compi(AzionePassaggio.PUBBLICAZIONE, programma=programma, utente=persone.agenzia, il=date(2026, 3, 3))
    with pytest.raises(DatiNonValidi) as errore:
        approvata(variazione, persone)
    assert "determinazione_data" in errore.value.campi
    variazione.refresh_from_db()
    assert variazione.stato == StatoProgramma.ALLA_FIRMA


def test_senza_evidenze_si_toglie_e_si_cambia_tutto(programma: Programma, persone: Persone) -> None:
    variazione = aperta(programma, persone)
    elimina_riga(riga=riga(variazione, "4.2"))
    salva_regola(
        riga=riga(variazione, "4.1"), regola={"tipo": "unica", "percentuale": "100", "evidenze": ["mail"]}
    )
    assert not completezza(variazione).mancanze
    approvata(variazione, persone)
    assert riga(programma, "4.1").regola_json == {"tipo": "unica", "percentuale": "100", "evidenze": ["mail"]}
