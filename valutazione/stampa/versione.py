"""A frozen version as the annex of its act, printed from its content alone."""

from collections.abc import Iterable
from datetime import date
from hashlib import sha256
from itertools import groupby

from django.utils.safestring import SafeString, mark_safe

from distretti.basi.canonico import forma_canonica
from distretti.basi.italiano import al_giorno, dal_giorno, data_estesa, il_giorno
from distretti.basi.markdown import in_html as markdown_in_html
from distretti.basi.pdf import FileIncorporato
from distretti.parole import TipoDistretto
from programmi.models import Versione
from programmi.oggetti import CAMPI_PROGETTUALITA
from programmi.parole import RuoloAttore, TipoCanale
from programmi.versioni_congelate import leggi
from valutazione.confronti import parole_di
from valutazione.confronto.parole import (
    Json,
    Parole,
    atto_in_parole,
    etichetta,
    giorno,
    regola_in_parole,
)
from valutazione.promessa import promessa_pubblica
from valutazione.relazione.modello import Estremi
from valutazione.stampa.modello import (
    AderenteStampato,
    ProgettualitaStampata,
    RigaStampata,
    SezioneStampata,
    VersioneStampata,
    Voci,
    in_pdf,
)

_CAMPI = (
    "obiettivo_generale",
    "obiettivo_specifico",
    "titolo",
    "azioni",
    "referenti",
    "altre_organizzazioni",
    "tempi",
    "classificazioni",
)
"""In the order of the act; the indicators come after them, with their lines."""


def versione_pdf(versione: Versione, *, pubblica: bool = False) -> bytes:
    """The PDF of a version. ``pubblica``: what everyone reads, with the hash of that beside the frozen one.

    Raises ``VersioneAlterata``: what is not what was frozen is not printed; and ``MotorePdfAssente``.
    """
    documento = leggi(versione)
    parole = parole_di(versione.programma, documento)
    return in_pdf(componi(documento, versione, parole, pubblica=pubblica))


def nome_file(versione: Versione) -> str:
    """ "programma-dfa-alta-valsugana-2025-versione-2.pdf" """
    programma = versione.programma
    return f"programma-{programma.distretto.codice}-{programma.edizione}-versione-{versione.numero}.pdf"


def componi(documento: Json, versione: Versione, parole: Parole, *, pubblica: bool) -> VersioneStampata:
    """The version as plain data. ``documento`` is its content, already verified."""
    if pubblica:
        documento = promessa_pubblica(documento)
    parole = _con_i_nomi(parole, documento)
    il = versione.passaggio.il
    contenuto = forma_canonica(documento)
    file = FileIncorporato(
        f"versione-{versione.numero}{'-pubblica' if pubblica else ''}.json",
        contenuto,
        "Il programma in forma canonica",
        il,
    )
    distretto = documento["distretto"]["denominazione"]
    anno = documento["dal"][:4]
    return VersioneStampata(
        titolo=_titolo(documento, distretto, anno),
        autore=distretto,
        descrizione=f"Programma di lavoro {anno} – {distretto}, {_stato(versione)}",
        avviso="" if versione.approvata else "PROGRAMMA NON APPROVATO",
        giorno=il,
        estremi=_estremi(versione),
        incorporati=(file,),
        allegato="ALLEGATO 001" if versione.approvata else "SCHEMA DI PROGRAMMA",
        occhiello=f"Programma di lavoro {anno} – {distretto}",
        stato=_stato(versione),
        premessa=_premessa(documento.get("premessa") or ""),
        dati=_dati(documento),
        attori=_attori(documento),
        canali=_canali(documento),
        testo_obbligatorie=_paragrafi(documento.get("testo_obbligatorie") or ""),
        sezioni=_sezioni(documento),
        progettualita=[_progettualita(voce, parole) for voce in documento["progettualita"]],
        aderenti_al=giorno(documento["aderenti_al"]) if documento.get("aderenti_al") else "",
        aderenti=_aderenti(documento, parole),
        atti=[atto_in_parole(atto) for atto in documento.get("atti") or ()],
        impronta=versione.sha256,
        impronta_del_file=sha256(contenuto).hexdigest(),
        nome_del_file=file.nome,
        pubblica=pubblica,
    )


def _con_i_nomi(parole: Parole, documento: Json) -> Parole:
    """Organisations are called as the content calls them, not as the register does today."""
    nomi = {voce["codice"]: voce["denominazione"] for voce in documento["organizzazioni"]}
    return Parole(
        classificazioni=parole.classificazioni,
        marchi=parole.marchi,
        distretti=parole.distretti,
        organizzazioni=nomi,
    )


def _titolo(documento: Json, distretto: str, anno: str) -> str:
    return documento.get("titolo") or f"Programma di lavoro {distretto} {anno}"


def _stato(versione: Versione) -> str:
    """ "versione 2, approvata con determinazione del dirigente n. 6607 di data 19 giugno 2025" """
    passaggio = versione.passaggio
    testo = f"versione {versione.numero}, {versione.get_genere_display()}"
    if not versione.approvata or passaggio.atto is None:
        return f"{testo} {il_giorno(passaggio.il)}"
    numero = f" n. {passaggio.atto.numero}" if passaggio.atto.numero else ""
    return f"{testo} con {passaggio.atto.get_tipo_display()}{numero} di data {data_estesa(passaggio.il)}"


def _estremi(versione: Versione) -> Estremi:
    atto = versione.passaggio.atto
    if not versione.approvata or atto is None:
        return Estremi()
    return Estremi(atto.numero, atto.data, atto.riferimento)


def _premessa(testo: str) -> SafeString:
    return mark_safe(markdown_in_html(testo, 3))


def _paragrafi(testo: str) -> list[str]:
    return [riga.strip() for riga in testo.splitlines() if riga.strip()]


def _piene(voci: Iterable[tuple[str, str]]) -> Voci:
    return [(nome, testo) for nome, testo in voci if testo.strip()]


def _dati(documento: Json) -> Voci:
    dati = documento.get("dati") or {}
    nascita = dati.get("anno_nascita")
    return _piene(
        [
            ("Tipo di Distretto", etichetta(TipoDistretto, documento["distretto"]["tipo"])),
            ("Esercizio", f"{_maiuscola(_dal(documento['dal']))} {_al(documento['al'])}"),
            ("Richiesta di contributo", "Sì" if documento["richiede_contributo"] else "No"),
            ("Anno di nascita del Distretto", "" if nascita is None else str(nascita)),
            ("Delibera di approvazione del Distretto", dati.get("approvazione") or ""),
            ("Sottoscrizione dell'accordo", dati.get("accordo") or ""),
        ]
    )


def _maiuscola(testo: str) -> str:
    return testo[:1].upper() + testo[1:]


def _dal(testo: str) -> str:
    return dal_giorno(date.fromisoformat(testo))


def _al(testo: str) -> str:
    return al_giorno(date.fromisoformat(testo))


def _attori(documento: Json) -> list[tuple[str, str, str]]:
    """Office, name, everything else."""
    return [
        (
            etichetta(RuoloAttore, attore["ruolo"]),
            attore.get("nome") or "non indicato",
            ", ".join(attore[k] for k in ("qualifica", "mail", "telefono") if attore.get(k)),
        )
        for attore in documento.get("attori") or ()
    ]


def _canali(documento: Json) -> Voci:
    return [
        (
            canale.get("etichetta") or _maiuscola(etichetta(TipoCanale, canale["tipo"])),
            canale.get("valore") or "–",
        )
        for canale in documento.get("canali") or ()
    ]


def _sezioni(documento: Json) -> list[SezioneStampata]:
    gruppi = groupby(documento["obbligatorie"], key=lambda riga: str(riga["sezione"]))
    return [SezioneStampata(titolo, [_riga(riga) for riga in righe]) for titolo, righe in gruppi]


def _riga(riga: Json) -> RigaStampata:
    periodo = [_dal(riga["dal"])] if riga.get("dal") else []
    periodo += [f"fino {_al(riga['al'])}"] if riga.get("al") else []
    return RigaStampata(
        codice=riga["codice"],
        testo=riga["testo"],
        percentuale=riga["testo_regola"].strip(),
        evidenze=(riga.get("testo_evidenze") or "").strip(),
        regola="" if riga["regola"] is None else regola_in_parole(riga["regola"]),
        in_vigore=f"In vigore {' '.join(periodo)}" if periodo else "",
    )


def _progettualita(voce: Json, parole: Parole) -> ProgettualitaStampata:
    voci = [(_maiuscola(CAMPI_PROGETTUALITA[k]), _campo(k, voce, parole)) for k in _CAMPI]
    return ProgettualitaStampata(
        numero=voce["numero"],
        intestazione=" – ".join(parte for parte in (voce["tipo_azione"], voce["ambito"]) if parte),
        voci=_piene(voci),
        indicatori=[testo for testo in voce["indicatori_testo"] if testo.strip()],
        righe=[_riga(riga) for riga in voce["indicatori"]],
    )


def _campo(chiave: str, voce: Json, parole: Parole) -> str:
    if chiave == "referenti":
        return ", ".join(referente["testo"] for referente in voce["referenti"])
    return parole.campo(chiave, voce.get(chiave))


def _aderenti(documento: Json, parole: Parole) -> list[AderenteStampato]:
    """Those of the day of the list, where it has one; else those of the esercizio."""
    quando = documento.get("aderenti_al")
    presenti = [
        voce
        for voce in documento["aderenti"]
        if not quando or (voce["dal"] <= quando and (voce["al"] is None or quando <= voce["al"]))
    ]
    return [
        AderenteStampato(
            posto,
            parole.organizzazione(voce["organizzazione"]),
            giorno(voce["dal"]),
            giorno(voce["al"]) if voce["al"] else "",
            ", ".join(parole.marchio(codice) for codice in voce["marchi"]),
        )
        for posto, voce in enumerate(presenti, start=1)
    ]
