"""A row of the sheet of the marks."""

from typing import Protocol

from distretti.basi.italiano import il_giorno
from distretti.basi.ricerca import piega
from distretti.errori import DatiNonValidi
from distretti.importazione_xlsx.lettura import Riga
from distretti.istantanee import istantanea_certificazione
from distretti.models import Autorita, Certificazione, Marchio, Organizzazione, Utente
from distretti.services import (
    DatiCertificazione,
    modifica_certificazione,
    registra_certificazione,
    revoca_certificazione,
)


class Racconto(Protocol):
    """Where what a row does is told."""

    nuove: list[str]
    cambiamenti: list[str]


def importa_marchio(
    riga: Riga,
    organizzazione: Organizzazione,
    esito: Racconto,
    autorita: Autorita,
    utente: Utente,
    motivo: str,
) -> None:
    """A mark that is new, or completed, or revoked; an empty cell says nothing of what is known."""
    marchio = _marchio(autorita, riga.testo("marchio"))
    nota = _gia_registrata(organizzazione, marchio, riga)
    dati = DatiCertificazione(
        livello=riga.testo("livello") or (nota.livello if nota else ""),
        numero=riga.testo("numero") or (nota.numero if nota else ""),
        dal=riga.giorno("valido_dal") or (nota.dal if nota else None),
        al=riga.giorno("valido_al") or (nota.al if nota else None),
    )
    if nota is None:
        nota = registra_certificazione(
            organizzazione=organizzazione, marchio=marchio, dati=dati, utente=utente
        )
        esito.nuove.append(f"nuovo marchio {marchio}")
    elif (nota.livello, nota.numero, nota.dal, nota.al) != (dati.livello, dati.numero, dati.dal, dati.al):
        prima = istantanea_certificazione(nota)
        nota = modifica_certificazione(certificazione=nota, dati=dati, utente=utente)
        dopo = istantanea_certificazione(nota)
        esito.cambiamenti += [
            f"{voce.lower()}: da «{prima[voce]}» a «{dopo[voce]}»"
            for voce in dopo
            if dopo[voce] != prima[voce]
        ]
    _revoca(nota, riga, esito, utente, motivo)


def _revoca(nota: Certificazione, riga: Riga, esito: Racconto, utente: Utente, motivo: str) -> None:
    il = riga.giorno("revocata_il")
    if il is None or il == nota.revocata_il:
        return
    revoca_certificazione(certificazione=nota, il=il, motivo=motivo, utente=utente)
    esito.cambiamenti.append(f"marchio revocato {il_giorno(il)}")


def _marchio(autorita: Autorita, testo: str) -> Marchio:
    """By code or by name, among those of the authority."""
    cercato = piega(testo)
    for marchio in Marchio.objects.filter(autorita=autorita).order_by("codice"):
        if cercato in (piega(marchio.codice), piega(marchio.denominazione)):
            return marchio
    raise DatiNonValidi({"marchio": f"«{testo}» non è un marchio di questa autorità"})


def _gia_registrata(organizzazione: Organizzazione, marchio: Marchio, riga: Riga) -> Certificazione | None:
    """The one that begins on the same day; else the one whose beginning is not known."""
    sue = organizzazione.certificazioni.filter(marchio=marchio)
    dal = riga.giorno("valido_dal")
    if dal is None and not riga.testo("numero"):
        return sue.order_by("dal", "pk").last()
    uguale = sue.filter(dal=dal).first() if dal else None
    return uguale or sue.filter(dal__isnull=True).first()
