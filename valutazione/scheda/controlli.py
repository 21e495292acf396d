"""Everything that can be wrong with documents on their way into the database. Nothing is written here."""

from collections.abc import Mapping, Sequence

from distretti.basi.lettore import Errore, Lettore
from distretti.models import Autorita, Distretto, Installazione
from distretti.registro import (
    atti_di,
    controlla_marchi,
    distretto_da_completare,
    distretto_nuovo,
    organizzazioni_nuove,
)
from programmi.contenuto.citate import referenti
from programmi.models import Programma, StatoProgramma
from programmi.services.trascrizione import trascrivi_promessa, voci_di, voci_note
from valutazione.installazione import installazione_vuota
from valutazione.scheda.da_database import documento_di
from valutazione.scheda.differenze import differenze
from valutazione.scheda.errori import SchedaNonValida
from valutazione.scheda.ingresso import EsitoImportazione, Ingresso
from valutazione.scheda.lettura import leggi_scheda
from valutazione.scheda.nel_database import toccata_da_persone, trascrivi_evidenze

DATI_INVENTATI = (
    "la scheda contiene dati inventati: si importa solo in un'installazione dimostrativa oppure vuota"
)
AUTORITA_IGNOTA = "l'autorità «{}» non esiste"
FORMA_PUBBLICA = "la forma pubblica non contiene tutti i dati: occorre la scheda completa"


def controlla_tutti(
    ingressi: Sequence[Ingresso], autorita: Mapping[str, Autorita], *, sostituisci: bool
) -> bool:
    """Note every error of every document and what is to be done with it.

    True when the installation is empty and the documents make a demonstration of it.
    """
    for ingresso in ingressi:
        _leggi(ingresso)
        if not ingresso.leggibile:
            _controlla_codici(ingresso, autorita)
    leggibili = [ingresso for ingresso in ingressi if ingresso.leggibile]
    segna = _controlla_dimostrazione(leggibili)
    primi: dict[str, Ingresso] = {}
    for ingresso in leggibili:
        primo = primi.setdefault(ingresso.riferimento, ingresso)
        if primo is ingresso:
            _controlla_programma(ingresso, sostituisci)
        elif differenze(dict(ingresso.scheda), dict(primo.scheda)):
            messaggio = f"è una scheda diversa dello stesso programma ({primo.riferimento}) che è in"
            ingresso.rifiuta("$", f"{messaggio} {primo.nome}: se ne importa una sola")
        else:
            ingresso.esito = EsitoImportazione.INVARIATO
        if ingresso.esito is not EsitoImportazione.INVARIATO:
            _controlla_con_il_registro(ingresso, autorita)
    return segna


def _leggi(ingresso: Ingresso) -> None:
    try:
        scheda = leggi_scheda(ingresso.scheda)
    except SchedaNonValida as non_valida:
        ingresso.errori += non_valida.errori
        return
    if scheda.pubblica:
        ingresso.rifiuta("$.forma", FORMA_PUBBLICA)
    else:
        ingresso.leggibile = True


def _controlla_codici(ingresso: Ingresso, autorita: Mapping[str, Autorita]) -> None:
    """The codes that must exist, as far as they can be read in a document that is not a scheda."""
    radice = Lettore(ingresso.scheda, "$", [])
    codice = radice.testo("autorita")
    if codice and codice not in autorita:
        ingresso.rifiuta("$.autorita", AUTORITA_IGNOTA.format(codice))
    trovati: list[Errore] = []
    aderenti = [{"marchi": _testi_grezzi(voce, "marchi")} for voce in radice.oggetti("aderenti")]
    controlla_marchi(autorita.get(codice), aderenti, "$.aderenti", trovati)
    usate = {
        voce.percorso: [
            {"schema": uso.testo("schema"), "codice": uso.testo("codice")}
            for uso in voce.oggetti("classificazioni")
        ]
        for voce in radice.oggetti("progettualita")
    }
    voci = voci_note(uso for usi in usate.values() for uso in usi)
    for percorso, usi in usate.items():
        voci_di(usi, voci, percorso, trovati)
    # A code that cannot be read has been told already, and is not a code that does not exist.
    illeggibili = {errore.percorso.removesuffix(".schema") for errore in ingresso.errori}
    ingresso.errori += [
        errore
        for errore in trovati
        if illeggibili.isdisjoint({errore.percorso, errore.percorso.removesuffix(".codice")})
    ]


def _testi_grezzi(voce: Lettore, chiave: str) -> list[str]:
    """The elements of a list in their places, the unreadable ones empty."""
    return [dato if isinstance(dato, str) else "" for _, dato in voce.elementi(chiave)]


def _controlla_dimostrazione(ingressi: Sequence[Ingresso]) -> bool:
    """Refuse invented data among real ones; say whether the installation is to be marked."""
    dimostrativi = [ingresso for ingresso in ingressi if ingresso.scheda.get("dimostrazione")]
    if not dimostrativi or Installazione.objects.dimostrazione():
        return False
    if installazione_vuota():
        return True
    for ingresso in dimostrativi:
        ingresso.rifiuta("$.dimostrazione", DATI_INVENTATI)
    return False


def _controlla_programma(ingresso: Ingresso, sostituisci: bool) -> None:
    """Against the programme of that district and year, if there is one."""
    esistente = (
        Programma.objects.annuali()
        .select_for_update(no_key=True, of=("self",))
        .filter(distretto__codice=ingresso.distretto, anno=ingresso.anno)
        .first()
    )
    if esistente is None:
        return
    ingresso.esistente = esistente
    diverse = differenze(dict(ingresso.scheda), documento_di(esistente))
    if not diverse:
        ingresso.esito = EsitoImportazione.INVARIATO
        return
    ingresso.esito = EsitoImportazione.SOSTITUITO
    if not (sostituisci and esistente.stato == StatoProgramma.BOZZA):
        ingresso.rifiuta("$", _gia_presente(ingresso, esistente, sostituisci))
        ingresso.errori += diverse
    elif esistente.versioni.exists():
        messaggio = f"la bozza {ingresso.riferimento} è già stata trasmessa o approvata: non si sostituisce"
        ingresso.rifiuta("$", messaggio)
    elif toccata_da_persone(esistente):
        messaggio = f"la bozza {ingresso.riferimento} ha evidenze registrate qui: non si sostituisce"
        ingresso.rifiuta("$.evidenze", messaggio)


def _gia_presente(ingresso: Ingresso, esistente: Programma, sostituisci: bool) -> str:
    testo = f"il programma {ingresso.riferimento} esiste già ed è diverso"
    if esistente.stato == StatoProgramma.BOZZA:
        return f"{testo}: è una bozza, con --sostituisci la si riscrive"
    perche = ": non si sostituisce" if sostituisci else ""
    return f"{testo} ({esistente.get_stato_display()}){perche}"


def _controlla_con_il_registro(ingresso: Ingresso, autorita: Mapping[str, Autorita]) -> None:
    """What only the database knows: codes that must exist, and what its columns can hold."""
    scheda, errori = ingresso.scheda, ingresso.errori
    sua = autorita.get(scheda["autorita"])
    if sua is None:
        ingresso.rifiuta("$.autorita", AUTORITA_IGNOTA.format(scheda["autorita"]))
    distretto = Distretto.objects.select_for_update(no_key=True).filter(codice=ingresso.distretto).first()
    if distretto is None:
        distretto = distretto_nuovo(sua, scheda["distretto"], "$.distretto", errori)
    elif sua is not None and distretto.autorita_id != sua.pk:
        messaggio = f"il distretto «{distretto.codice}» è di un'altra autorità"
        ingresso.rifiuta("$.autorita", messaggio)
    organizzazioni_nuove(scheda["organizzazioni"], "$.organizzazioni", errori)
    controlla_marchi(sua, scheda["aderenti"], "$.aderenti", errori)
    _controlla_distretti_citati(ingresso, sua)
    atti = atti_di(scheda.get("atti", []), ingresso.ambito, "$.atti", errori)
    promessa = trascrivi_promessa(scheda, Programma(distretto=distretto), atti, errori)
    trascrivi_evidenze(scheda["evidenze"], promessa.programma, promessa.righe, errori)


def _controlla_distretti_citati(ingresso: Ingresso, autorita: Autorita | None) -> None:
    citati = {
        referente["distretto"] for _, referente in referenti(ingresso.scheda) if "distretto" in referente
    }
    noti = set(Distretto.objects.filter(codice__in=citati).values_list("codice", flat=True))
    noti.add(ingresso.distretto)
    for percorso, referente in referenti(ingresso.scheda):
        codice = referente.get("distretto")
        if codice and codice not in noti:
            distretto_da_completare(autorita, codice, referente["testo"], percorso, ingresso.errori)
            noti.add(codice)
