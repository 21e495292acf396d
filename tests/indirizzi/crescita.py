"""Cinquanta cose in più di ogni genere, scritte tutte insieme."""

from datetime import date
from typing import Any

from django.db.models import F
from django.utils import timezone

from distretti.models import (
    Adesione,
    AliasOrganizzazione,
    Atto,
    Autorita,
    Certificazione,
    DatoDichiarato,
    Distretto,
    Incarico,
    Marchio,
    Organizzazione,
    Ruolo,
    Struttura,
    TokenLettura,
    Utente,
)
from programmi.models import (
    AttoCitato,
    Attore,
    Canale,
    ClassificazioneProgettualita,
    Indicatore,
    ModelloAnnuale,
    Osservazione,
    Passaggio,
    Progettualita,
    Programma,
    Referente,
    Replica,
    RigaModello,
    SchemaClassificazione,
    StatoProgramma,
    VoceClassificazione,
)
from tests.indirizzi import (
    crescita_attese,
    crescita_chiusura,
    crescita_file,
    crescita_registro,
    crescita_risultati,
    crescita_serie,
    crescita_verifica,
    crescita_versioni,
)
from tests.indirizzi.mondo import Mondo
from tests.programmi.ingressi import MEZZO
from valutazione.models import Allegato, Evidenza, Imputazione, OrganizzazioneCoinvolta, StatoEvidenza

QUANTE = 50
NUMERI = range(QUANTE)
MAIL = {"tipo": "unica", "percentuale": "100", "evidenze": ["mail"]}


def cresci(mondo: Mondo) -> None:
    """Fifty more of everything that a page of the scene may list."""
    autorita = mondo.approvato.distretto.autorita
    organizzazioni = _registro(mondo, autorita)
    distretti = _distretti(mondo, autorita, organizzazioni)
    crescita_registro.vita(mondo, organizzazioni)
    _incarichi(mondo, distretti, autorita)
    _token(mondo)
    for programma in (mondo.approvato, mondo.bozza, mondo.trasmesso):
        _promessa(programma, organizzazioni)
    _procedura(mondo)
    _modello(mondo, autorita)
    _evidenze(mondo, organizzazioni)
    crescita_file.file(mondo, autorita)
    crescita_chiusura.chiusure(mondo, distretti)
    crescita_risultati.risultati(mondo)
    crescita_verifica.verifica(mondo, autorita)
    crescita_serie.serie(mondo)
    crescita_attese.attese(mondo, distretti, autorita)
    crescita_attese.avvisi(mondo)
    crescita_versioni.versioni(mondo)
    crescita_versioni.eventi(mondo)
    for programma in (mondo.approvato, mondo.in_esame, mondo.integrazioni_richieste):
        _osservazioni(mondo, programma)


def _osservazioni(mondo: Mondo, programma: Programma) -> None:
    """Fifty open ones, each with replies; the one of the pages has fifty."""
    chi = {"utente": mondo.persone.agenzia, "ruolo": "referente_attivita"}
    nuove = Osservazione.objects.bulk_create(
        Osservazione(programma=programma, numero=n + 100, testo=f"Manca {n}", **chi) for n in NUMERI
    )
    una = programma.osservazioni.get(numero=1)
    Replica.objects.bulk_create(
        Replica(osservazione=o, ordine=n + 100, testo="Ecco.", **chi)
        for n, o in [*enumerate(nuove), *((n, una) for n in NUMERI)]
    )


def _registro(mondo: Mondo, autorita: Autorita) -> list[Organizzazione]:
    """Members with other names and marks; one of them has fifty of each."""
    nuove = Organizzazione.objects.bulk_create(
        Organizzazione(codice=f"org-{n}", denominazione=f"Organizzazione {n}", natura="privata")
        for n in NUMERI
    )
    una, distretto = mondo.organizzazione, mondo.approvato.distretto
    AliasOrganizzazione.objects.bulk_create(
        AliasOrganizzazione(organizzazione=o, ordine=n + 100, testo=f"Altro nome {n}")
        for n, o in [*enumerate(nuove), *((n, una) for n in NUMERI)]
    )
    marchi = Marchio.objects.bulk_create(
        Marchio(autorita=autorita, codice=f"marchio-{n}", denominazione=f"Marchio {n}") for n in NUMERI
    )
    Certificazione.objects.bulk_create(
        [
            *(Certificazione(organizzazione=o, marchio=marchi[0], dal=date(2020, 1, 1)) for o in nuove),
            *(Certificazione(organizzazione=una, marchio=m, dal=date(2020, 1, 1)) for m in marchi),
        ]
    )
    Adesione.objects.bulk_create(
        Adesione(distretto=distretto, organizzazione=o, ordine=n + 100, dal=date(2020, 1, 1))
        for n, o in enumerate(nuove)
    )
    DatoDichiarato.objects.bulk_create(
        DatoDichiarato(voce=f"voce {n}", valore=n, al="2025", fonte="prova", **di)
        for n in NUMERI
        for di in ({"autorita": autorita}, {"distretto": distretto})
    )
    Struttura.objects.bulk_create(
        Struttura(autorita=autorita, codice=f"S{n}", denominazione=f"Struttura {n}") for n in NUMERI
    )
    Autorita.objects.bulk_create(
        Autorita(codice=f"autorita-{n}", denominazione=f"Autorità {n}") for n in NUMERI
    )
    schema = SchemaClassificazione.objects.get(codice="distretti-2025")
    VoceClassificazione.objects.bulk_create(
        VoceClassificazione(schema=schema, codice=f"Z{n:04}", voce=f"Voce {n}") for n in NUMERI
    )
    SchemaClassificazione.objects.bulk_create(
        SchemaClassificazione(codice=f"schema-{n}", denominazione=f"Schema {n}") for n in NUMERI
    )
    return nuove


def _distretti(mondo: Mondo, autorita: Autorita, organizzazioni: list[Organizzazione]) -> list[Distretto]:
    """Districts with a figure, a member and an approved programme; fifty years of the first one."""
    nuovi = Distretto.objects.bulk_create(
        Distretto(
            codice=f"distretto-{n}",
            denominazione=f"Distretto {n}",
            tipo="territoriale",
            autorita=autorita,
            capofila="APSP",
        )
        for n in NUMERI
    )
    DatoDichiarato.objects.bulk_create(
        DatoDichiarato(distretto=d, voce="aderenti", valore=1, al="2025", fonte="prova") for d in nuovi
    )
    Adesione.objects.bulk_create(
        Adesione(distretto=d, organizzazione=o, ordine=1, dal=date(2020, 1, 1))
        for d, o in [*zip(nuovi, organizzazioni, strict=True), *((d, mondo.organizzazione) for d in nuovi)]
    )
    Programma.objects.bulk_create(
        Programma(
            distretto=distretto,
            anno=anno,
            dal=date(anno, 1, 1),
            al=date(anno, 12, 31),
            titolo=f"Programma {anno}",
            stato=StatoProgramma.APPROVATO,
            trasmesso_il=date(anno, 1, 2),
            approvato_il=date(anno, 1, 3),
        )
        for distretto, anno in [
            *((d, 2025) for d in nuovi),
            *((mondo.approvato.distretto, 1970 + n) for n in NUMERI),
        ]
    )
    return nuovi


def _incarichi(mondo: Mondo, distretti: list[Distretto], autorita: Autorita) -> None:
    persone = Utente.objects.bulk_create(
        Utente(username=f"persona-{n}", nome_esteso=f"Persona {n}", password="!") for n in NUMERI
    )
    Incarico.objects.bulk_create(
        [
            *(
                Incarico(utente=p, ruolo=Ruolo.MANAGER, distretto=distretti[0], dal=date(2020, 1, 1))
                for p in persone
            ),
            *(
                Incarico(utente=mondo.persone.manager, ruolo=Ruolo.MANAGER, distretto=d, dal=date(2020, 1, 1))
                for d in distretti
            ),
            *(
                Incarico(
                    utente=mondo.persone.agenzia,
                    ruolo=Ruolo.REFERENTE_ATTIVITA,
                    autorita=autorita,
                    dal=date(1970 + n, 1, 1),
                )
                for n in NUMERI
            ),
        ]
    )


def _token(mondo: Mondo) -> None:
    TokenLettura.objects.bulk_create(
        TokenLettura(
            incarico=mondo.incarico,
            nome=f"Token {n}",
            prefisso=f"dst_{n}",
            impronta=f"{n:064d}",
            creato_da=mondo.persone.manager,
        )
        for n in NUMERI
    )


def _promessa(programma: Programma, organizzazioni: list[Organizzazione]) -> None:
    """Progettualità, lines, referents, classifications, actors, channels, cited acts."""
    prima = programma.progettualita.order_by("numero")[0]
    nuove = Progettualita.objects.bulk_create(
        Progettualita(programma=programma, numero=100 + n, titolo=f"Azione {n}") for n in NUMERI
    )
    _numera(programma)
    voci = list(VoceClassificazione.objects.exclude(usi__progettualita=prima).order_by("pk")[:QUANTE])
    classificate = [*((p, voci[0]) for p in nuove), *((prima, voce) for voce in voci)]
    ClassificazioneProgettualita.objects.bulk_create(
        ClassificazioneProgettualita(progettualita=p, voce=voce, ordine=n + 100)
        for n, (p, voce) in enumerate(classificate)
    )
    distretti = list(Distretto.objects.order_by("pk")[:QUANTE])
    referenti: list[tuple[Progettualita, int, dict[str, Any]]] = [
        (p, 2 * n + posto, chi)
        for n in NUMERI
        for p in (nuove[n], prima)
        for posto, chi in enumerate(_chi(organizzazioni[n], distretti[n]))
    ]
    Referente.objects.bulk_create(
        Referente(progettualita=p, ordine=n + 100, testo=f"Referente {n}", **chi) for p, n, chi in referenti
    )
    righe = [(p, 1) for p in nuove]
    righe += [(prima, prima.indicatori.count() + n + 1) for n in NUMERI]
    Indicatore.objects.bulk_create(
        Indicatore(programma=programma, progettualita=p, ordine=ordine, testo="Mail inviate", regola=MAIL)
        for p, ordine in righe
    )
    obbligatorie = programma.indicatori.obbligatori().count()
    Indicatore.objects.bulk_create(
        Indicatore(
            programma=programma,
            ordine=obbligatorie + n + 1,
            sezione=f"Sezione {n}",
            testo="Altro",
            regola=MEZZO,
        )
        for n in NUMERI
    )
    Attore.objects.bulk_create(
        Attore(programma=programma, ordine=n + 100, ruolo="manager", nome=f"Ufficio {n}") for n in NUMERI
    )
    Canale.objects.bulk_create(
        Canale(programma=programma, ordine=n + 100, tipo="sito", valore="TBD") for n in NUMERI
    )
    atti = _atti(f"citato-{programma.anno}", QUANTE)
    AttoCitato.objects.bulk_create(
        AttoCitato(programma=programma, atto=atto, ordine=n + 100) for n, atto in enumerate(atti)
    )


def _chi(organizzazione: Organizzazione, distretto: Distretto) -> list[dict[str, Any]]:
    return [{"organizzazione": organizzazione}, {"distretto": distretto}]


def _numera(programma: Programma) -> None:
    """Numbers without gaps, as the services leave them."""
    for numero, progettualita in enumerate(programma.progettualita.order_by("numero"), start=1):
        Progettualita.objects.filter(pk=progettualita.pk).update(numero=numero)


def _atti(prefisso: str, quanti: int) -> list[Atto]:
    return Atto.objects.bulk_create(
        Atto(codice=f"{prefisso}-{n}", tipo="altro", ente="Ente", numero=str(n), data=date(2024, 1, 1))
        for n in range(quanti)
    )


def _procedura(mondo: Mondo) -> None:
    """Fifty times transmitted and sent back before the steps there are, and fifty files of one act."""
    for programma in (mondo.approvato, mondo.trasmesso):
        prima = programma.passaggi.order_by("ordine")[0].il
        programma.passaggi.update(ordine=F("ordine") + 2 * QUANTE)  # before those of crescita_versioni
        atti = _atti(f"passaggio-{programma.anno}", QUANTE)
        Passaggio.objects.bulk_create(
            Passaggio(programma=programma, ordine=2 * n + posto, il=prima, **passo)
            for n in NUMERI
            for posto, passo in enumerate(_andata_e_ritorno(atti[n]), start=1)
        )
    # The same act approves, and the same act transmits, fifty programmes.
    altri = Programma.objects.filter(distretto=mondo.approvato.distretto, anno__lt=2025)
    Passaggio.objects.bulk_create(
        Passaggio(
            programma=altro,
            ordine=n,
            azione="approvazione",
            da_stato="trasmesso",
            a_stato="approvato",
            il=date(altro.anno, 1, 3),
            atto=atto,
        )
        for altro in altri
        for n, atto in enumerate((mondo.atto_riservato, mondo.atto_pubblico), start=1)
    )


def _andata_e_ritorno(atto: Atto) -> list[dict[str, Any]]:
    andata, ritorno = ("bozza", "trasmesso"), ("trasmesso", "integrazioni_richieste")
    return [
        {"azione": "trasmissione", "da_stato": andata[0], "a_stato": andata[1], "atto": atto},
        {"azione": "rinvio", "da_stato": ritorno[0], "a_stato": ritorno[1], "nota": "Manca qualcosa."},
    ]


def _modello(mondo: Mondo, autorita: Autorita) -> None:
    modello = ModelloAnnuale.objects.per_anno(autorita, mondo.bozza.anno)
    assert modello is not None
    RigaModello.objects.bulk_create(
        RigaModello(modello=modello, ordine=n + 100, sezione=f"Sezione {n}", testo="Altro", regola=MEZZO)
        for n in NUMERI
    )


def _evidenze(mondo: Mondo, organizzazioni: list[Organizzazione]) -> None:
    """Fifty registered, fifty bozze, fifty withdrawn; the one of the pages has fifty of its own things."""
    adesso, manager = timezone.now(), mondo.persone.manager
    stati: list[dict[str, Any]] = [
        {"stato": StatoEvidenza.REGISTRATA},
        {"stato": StatoEvidenza.BOZZA},
        {"stato": StatoEvidenza.RITIRATA, "ritirata_alle": adesso, "ritirata_da": manager},
    ]
    nuove = Evidenza.objects.bulk_create(
        Evidenza(
            programma=mondo.approvato,
            codice=f"e{1000 + n * 3 + posto}",
            tipo="mail",
            data=date(2025, 5, 5),
            titolo=f"Mail {n}",
            registrata_da=manager,
            **stato,
        )
        for n in NUMERI
        for posto, stato in enumerate(stati)
    )
    una = [mondo.evidenza] * QUANTE
    Allegato.objects.bulk_create(
        Allegato(
            evidenza=evidenza,
            ordine=n + 100,
            nome=f"file-{n}.png",
            tipo="image/png",
            dimensione=1,
            sha256=f"{n:064d}",
            caricato_da=manager,
        )
        for n, evidenza in enumerate([*nuove, *una, *([mondo.abbozzo, mondo.ritirata] * QUANTE)])
    )
    coinvolte = [*((e, mondo.organizzazione) for e in nuove), *zip(una, organizzazioni, strict=True)]
    OrganizzazioneCoinvolta.objects.bulk_create(
        OrganizzazioneCoinvolta(evidenza=e, organizzazione=o, ordine=n + 100)
        for n, (e, o) in enumerate(coinvolte)
    )
    _imputazioni(mondo, nuove)


def _imputazioni(mondo: Mondo, nuove: list[Evidenza]) -> None:
    """Of every state; on one line for the fifty evidences, on fifty lines for one evidence."""
    righe = list(
        mondo.approvato.indicatori.filter(testo="Mail inviate").order_by("progettualita__numero", "ordine")
    )
    decisa = {"verificata_da": mondo.persone.agenzia, "verificata_alle": timezone.now()}
    stati: list[dict[str, Any]] = [
        {"stato": "in_attesa"},
        {"stato": "accolta", **decisa},
        {"stato": "respinta", "motivazione": "Non basta.", **decisa},
    ]
    Imputazione.objects.bulk_create(
        [
            *(
                Imputazione(evidenza=e, indicatore=riga, ordine=n, **stati[posto % 3])
                for posto, e in enumerate(nuove)
                for n, riga in enumerate((righe[0], righe[1 + posto % QUANTE]), start=1)
            ),
            *(
                Imputazione(evidenza=mondo.evidenza, indicatore=riga, ordine=n + 100)
                for n, riga in enumerate(righe[:QUANTE])
            ),
        ]
    )
