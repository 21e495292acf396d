"""Reading the parts of the scheda that come from the act and its procedure."""

from datetime import date

from distretti.basi.lettore import Lettore, citazione
from distretti.parole import TipoAtto
from programmi.parole import CON_ATTO, MOTIVATI, AzionePassaggio, RuoloAttore, TipoCanale
from valutazione.scheda.modello import Atto, Attore, Canale, DatiDistretto, Fonte, Passaggio


def leggi_fonte(radice: Lettore) -> Fonte | None:
    if not radice.ha("fonte"):
        return None
    voce = radice.oggetto("fonte")
    voce.chiavi(frozenset({"ente", "atto", "numero", "data"}), frozenset({"nota"}))
    return Fonte(
        ente=voce.testo("ente", pieno=True),
        atto=voce.testo("atto", pieno=True),
        numero=voce.testo("numero"),
        data=voce.data("data") or date.min,
        nota=voce.testo("nota"),
    )


def leggi_dati(radice: Lettore) -> DatiDistretto | None:
    if not radice.ha("dati"):
        return None
    voce = radice.oggetto("dati")
    voce.chiavi(frozenset(), frozenset({"anno_nascita", "approvazione", "accordo"}))
    ignoto = voce.dato("anno_nascita") is None
    anno = None if ignoto else voce.intero("anno_nascita", minimo=1000, massimo=9999)
    return DatiDistretto(anno, voce.testo("approvazione"), voce.testo("accordo"))


def leggi_attori(radice: Lettore, pubblica: bool) -> tuple[Attore, ...]:
    lette = []
    facoltative = frozenset({"nome", "qualifica", "mail"} | (set() if pubblica else {"telefono"}))
    for voce in radice.oggetti("attori"):
        voce.chiavi(frozenset({"ruolo"}), facoltative)
        lette.append(
            Attore(
                ruolo=voce.scelta("ruolo", RuoloAttore, RuoloAttore.CAPOFILA),
                nome=voce.testo("nome"),
                qualifica=voce.testo("qualifica"),
                mail=voce.testo("mail"),
                telefono="" if pubblica else voce.testo("telefono"),
            )
        )
    return tuple(lette)


def leggi_canali(radice: Lettore) -> tuple[Canale, ...]:
    lette = []
    for voce in radice.oggetti("canali"):
        voce.chiavi(frozenset({"tipo"}), frozenset({"etichetta", "valore"}))
        tipo = voce.scelta("tipo", TipoCanale, TipoCanale.ALTRO)
        lette.append(Canale(tipo, voce.testo("etichetta"), voce.testo("valore")))
    return tuple(lette)


def leggi_atti(radice: Lettore) -> tuple[Atto, ...]:
    lette: list[Atto] = []
    codici: set[str] = set()
    for voce in radice.oggetti("atti"):
        voce.chiavi(
            frozenset({"codice", "tipo", "ente"}), frozenset({"numero", "data", "oggetto", "riferimento"})
        )
        codice = voce.testo("codice", pieno=True)
        if codice and codice in codici:
            voce.errore("codice", f"{citazione(codice)} è ripetuto")
        codici.add(codice)
        lette.append(
            Atto(
                codice=codice,
                tipo=voce.scelta("tipo", TipoAtto, TipoAtto.ALTRO),
                ente=voce.testo("ente", pieno=True),
                numero=voce.testo("numero"),
                data=voce.data("data", nulla=True),
                oggetto=voce.testo("oggetto"),
                riferimento=voce.testo("riferimento"),
            )
        )
    return tuple(lette)


def leggi_passaggi(radice: Lettore, atti: tuple[Atto, ...], pubblica: bool) -> tuple[Passaggio, ...]:
    codici = {atto.codice for atto in atti}
    lette: list[Passaggio] = []
    for voce in radice.oggetti("passaggi"):
        voce.chiavi(
            frozenset({"azione", "il"}),
            frozenset({"atto", "protocollo_mittente", "protocollo_ricevente", "nota"}),
        )
        passaggio = Passaggio(
            azione=voce.scelta("azione", AzionePassaggio, AzionePassaggio.TRASMISSIONE),
            il=voce.data("il") or date.min,
            atto=None if voce.dato("atto") is None else voce.testo("atto", pieno=True),
            protocollo_mittente=voce.testo("protocollo_mittente"),
            protocollo_ricevente=voce.testo("protocollo_ricevente"),
            nota=voce.testo("nota"),
        )
        _controlla_passaggio(voce, passaggio, codici, lette)
        _controlla_nota(voce, passaggio, pubblica)
        lette.append(passaggio)
    return tuple(lette)


def _controlla_passaggio(voce: Lettore, passaggio: Passaggio, atti: set[str], prima: list[Passaggio]) -> None:
    if passaggio.atto and passaggio.atto not in atti:
        voce.errore("atto", f"{citazione(passaggio.atto)} non è tra gli atti")
    if passaggio.azione in CON_ATTO and voce.dato("atto") is None:
        voce.errore("atto", f"il passaggio «{passaggio.azione}» ha bisogno del suo atto")
    if prima and passaggio.il != date.min and passaggio.il < prima[-1].il:
        voce.errore("il", "i passaggi vanno in ordine di data")


def _controlla_nota(voce: Lettore, passaggio: Passaggio, pubblica: bool) -> None:
    """Notes are of the procedure: the public form has none, and does not ask the steps back for theirs."""
    scritta = bool(passaggio.nota.strip())
    if pubblica and scritta:
        voce.errore("nota", "nella forma pubblica è vuota")
    elif not pubblica and not scritta and passaggio.azione in MOTIVATI:
        voce.errore("nota", f"il passaggio «{passaggio.azione}» ha bisogno di una nota che lo motivi")
