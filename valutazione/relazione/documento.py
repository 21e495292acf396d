"""From the database to the document: scheda, Esito, letterhead, page."""

from datetime import date

from django.template.loader import render_to_string

from distretti.basi.italiano import data_estesa
from distretti.basi.pdf import html_in_pdf
from distretti.errori import StatoNonAmmesso
from distretti.models import Autorita, Installazione, Struttura
from programmi.models import STATI_APPROVATI, ModelloAnnuale, Programma
from valutazione.kernel import VERSIONE, Esito
from valutazione.letture import valutazione_di
from valutazione.relazione.allegato import allegato, valori
from valutazione.relazione.atto import Quadro, testo_atto
from valutazione.relazione.dati import dati_allegati
from valutazione.relazione.fatti import nome_programma, stato_programma
from valutazione.relazione.modello import Estremi, Intestazione, Relazione, RisultatoStampato
from valutazione.relazione.momento import giorno_dei_dati
from valutazione.relazione.testi import TestiRelazione, leggi_testi
from valutazione.risultati.lettura import PacchettoLetto, pacchetto_congelato
from valutazione.scheda.modello import Scheda

AVVISO_DIMOSTRAZIONE = "DIMOSTRAZIONE – dati inventati"
AVVISO_NON_APPROVATO = "PROGRAMMA NON APPROVATO"


def relazione_pdf(programma: Programma, *, estremi: Estremi | None = None) -> bytes:
    """The PDF of the evaluation of ``programma``: its last frozen result, else as it stands now.

    Same rows, same bytes, on any day. Raises ``MotorePdfAssente``, ``StatoNonAmmesso`` when ``estremi`` are
    given to a demonstration or are older than the data, and ``ErroreDominio`` when the texts of the yearly
    template cannot be used.
    """
    return in_pdf(relazione_di(programma, estremi=estremi))


def in_pdf(relazione: Relazione) -> bytes:
    """The file: the pages, and inside it the data they come from."""
    return html_in_pdf(relazione_html(relazione), incorporati=relazione.dati.file)


def relazione_html(relazione: Relazione) -> str:
    """The page that is printed: everything people wrote is escaped by the templates."""
    return render_to_string("pdf/relazione.html", {"documento": relazione})


def nome_file(programma: Programma) -> str:
    return f"relazione-valutazione-{programma.distretto.codice}-{programma.anno}.pdf"


def relazione_di(programma: Programma, *, estremi: Estremi | None = None) -> Relazione:
    """The report as plain data: from the last frozen result, or, while there is none, from the rows of the
    database as they are. Raises ``RisultatoAlterato`` besides."""
    letto = pacchetto_congelato(programma)
    if letto is None or letto.risultato is None:
        valutazione = valutazione_di(programma)
        scheda, esito = valutazione.scheda, valutazione.esito
        giorno = giorno_dei_dati(programma, scheda)
    else:
        scheda, esito = letto.pacchetto.scheda_letta, letto.pacchetto.esito_letto
        giorno = letto.risultato.passaggio.il
    autorita = programma.distretto.autorita
    testi = _testi(autorita, programma.anno)
    dimostrazione = scheda.dimostrazione or Installazione.objects.dimostrazione()
    if dimostrazione and estremi is not None:
        raise StatoNonAmmesso(
            "In una dimostrazione la relazione non è un atto: non porta numero, data e riferimento."
        )
    return componi(
        scheda,
        esito,
        testi=testi,
        intestazione=_intestazione(autorita, testi),
        giorno=_giorno(giorno, estremi),
        estremi=estremi or Estremi(),
        dimostrazione=dimostrazione,
        congelato=letto,
    )


def componi(
    scheda: Scheda,
    esito: Esito,
    *,
    testi: TestiRelazione,
    intestazione: Intestazione,
    giorno: date,
    estremi: Estremi,
    dimostrazione: bool,
    congelato: PacchettoLetto | None = None,
) -> Relazione:
    """The report of a scheda and its Esito: pure. ``estremi`` never reach a document of invented data;
    ``congelato``: the result they are of."""
    risultato = _risultato(congelato)
    atto = testo_atto(scheda, _quadro(scheda, esito), testi, giorno, risultato)
    return Relazione(
        titolo=f"Relazione di valutazione {scheda.anno} – {scheda.distretto.denominazione}",
        anno=str(scheda.anno),
        autore=" – ".join(intestazione.righe),
        descrizione=f"Valutazione della realizzazione del {nome_programma(scheda)}",
        avviso=_avviso(scheda, dimostrazione=dimostrazione),
        dimostrazione=dimostrazione,
        estremi=Estremi() if dimostrazione else estremi,
        intestazione=intestazione,
        atto=atto,
        allegato=allegato(scheda, esito, atto.titolo_allegato),
        giorno=giorno,
        dati=dati_allegati(scheda, giorno, None if congelato is None else congelato.pacchetto),
        versione_calcolo=VERSIONE if risultato is None else risultato.versione_calcolo,
        risultato=risultato,
    )


def _risultato(congelato: PacchettoLetto | None) -> RisultatoStampato | None:
    riga = None if congelato is None else congelato.risultato
    return (
        None
        if riga is None
        else RisultatoStampato(
            numero=riga.numero,
            definito_il=riga.passaggio.il,
            motivo=riga.motivo,
            versione_calcolo=riga.versione_kernel,
            sha256_scheda=riga.sha256_scheda,
            sha256_esito=riga.sha256,
        )
    )


def _giorno(ultimo: date, estremi: Estremi | None) -> date:
    """That of the act, which cannot tell what happened after it; without an act, that of the data."""
    if estremi is None or estremi.data is None:
        return ultimo
    if estremi.data < ultimo:
        raise StatoNonAmmesso(
            f"La data dell'atto ({data_estesa(estremi.data)}) è precedente all'ultima modifica dei dati che "
            f"la relazione riporta ({data_estesa(ultimo)})."
        )
    return estremi.data


def _avviso(scheda: Scheda, *, dimostrazione: bool) -> str:
    approvato = stato_programma(scheda) in STATI_APPROVATI
    avvisi = [AVVISO_DIMOSTRAZIONE] if dimostrazione else []
    return " · ".join(avvisi if approvato else [*avvisi, AVVISO_NON_APPROVATO])


def _testi(autorita: Autorita, anno: int) -> TestiRelazione:
    modello = ModelloAnnuale.objects.per_anno(autorita, anno)
    return leggi_testi(modello.relazione if modello else {})


def _intestazione(autorita: Autorita, testi: TestiRelazione) -> Intestazione:
    """As on the real act: body, authority, the office with its address, the structure that signs."""
    strutture = list(Struttura.objects.filter(autorita=autorita))
    firma = next((struttura for struttura in strutture if struttura.codice == testi.struttura), None)
    con_recapiti = [struttura for struttura in strutture if struttura.indirizzo or struttura.mail]
    if firma is not None and (firma.indirizzo or firma.mail):
        con_recapiti = [firma]
    ufficio = con_recapiti[0] if con_recapiti else None
    righe = [autorita.ente, autorita.denominazione]
    if ufficio is not None and ufficio != firma:
        righe.append(ufficio.denominazione)
    recapiti = (ufficio.indirizzo, ufficio.mail, ufficio.sito) if ufficio else ()
    return Intestazione(
        righe=tuple(filter(None, righe)),
        recapiti=tuple(filter(None, recapiti)),
        struttura=firma.denominazione if firma else "",
    )


def _quadro(scheda: Scheda, esito: Esito) -> Quadro:
    programma = esito.programma
    return Quadro(
        programma=valori(programma.valori, incompleta=programma.incompleta),
        obbligatorie=valori(programma.obbligatorie),
        progettualita=valori(programma.progettualita),
        non_valutate=tuple(a.codice for a in esito.azioni if not a.valori.valutata and not a.incompleta),
        incomplete=tuple(codice for codice, riga in esito.righe.items() if riga.incompleta),
    )
