"""Rifà da capo i conti di una valutazione e dice se le percentuali scritte sono giuste.

    python3 verifica.py PACCHETTO.json

Il PACCHETTO contiene la scheda di un programma (in forma pubblica o piena) e l'esito della sua
valutazione: {"formato": "pacchetto-valutazione/1", "scheda": ..., "esito": ...}.

Questo file è scritto leggendo soltanto il contratto ("Scheda programma", versione 1), senza guardare il
programma che calcola le valutazioni: se i due danno le stesse percentuali, a dirlo sono due conti
indipendenti. Le frasi del contratto che ogni parte realizza sono citate, tradotte, fra virgolette «».
Serve solo Python 3.11 o successivo: nessuna installazione, nessuna rete, nessun file scritto.

Esce con 0 se tutto coincide, con 1 se qualcosa è diverso (una riga per differenza), con 2 se il file non si
legge, non è un pacchetto, o contiene una scheda che il contratto non ammette. I testi (`calcolo`,
`dettaglio`, `frase`) non sono confrontati, e nemmeno le voci che il contratto non nomina.
"""

import hashlib
import json
import re
import sys
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from math import ceil, floor
from typing import Any

Oggetto = dict[str, Any]
CENTO, ZERO = Fraction(100), Fraction(0)
GRANDEZZA_MASSIMA = 64 * 1024 * 1024  # byte: oltre, il file non è letto
TRE_VALORI = ("dichiarato", "riconosciuto", "prospettico")
# «Misura di un'imputazione conteggiata», per ogni forma di regola (None: la forma non ha misura).
MISURE = {"unica": None, "per_unita": "unita", "fasce": "unita", "per_distinti": "organizzazioni"}
MISURE |= {"composta": "parti", "quota_ore": "ore", "manuale": None}
# «`unita` sopra 1 solo per»: un incontro è un incontro.
PIU_UNITA = {"post", "mail", "newsletter", "comunicato_stampa", "materiale", "documento", "altro"}


class FileNonValido(Exception):
    """Il file non si può verificare: il messaggio dice perché."""


def pretendi(condizione: bool, frase: str) -> None:
    if not condizione:
        raise FileNonValido(frase)


# ── Leggere e scrivere numeri e date ─────────────────────────────────────────────────────────────────────


def numero(scritto: Any, dove: str, al_massimo: Fraction | None = None) -> Fraction:
    """«Percentuali, ore e pesi sono testi: un decimale o una frazione», > 0; il valore resta esatto."""
    forma = r"(0|[1-9][0-9]*)(\.[0-9]+|/[1-9][0-9]*)?"
    scritto_bene = isinstance(scritto, str) and re.fullmatch(forma, scritto) is not None
    pretendi(scritto_bene and Fraction(scritto) > 0, f"{dove}: {mostra(scritto)} non è un numero ammesso")
    pretendi(al_massimo is None or Fraction(scritto) <= al_massimo, f"{dove}: {mostra(scritto)} è troppo")
    return Fraction(scritto)


def percentuale(scritta: Any, dove: str) -> Fraction:
    """«Percentuali > 0 e ≤ 100»."""
    return numero(scritta, dove, al_massimo=CENTO)


def intero(scritto: Any, dove: str) -> int:
    """«I conteggi sono numeri interi ≥ 1» (per Python anche `true` sarebbe un intero: qui no)."""
    pretendi(type(scritto) is int and scritto >= 1, f"{dove}: {mostra(scritto)} non è un intero da 1 in su")
    return int(scritto)


def giorno(scritto: Any, dove: str) -> date:
    """«Le date sono AAAA-MM-GG»."""
    scritto_bene = isinstance(scritto, str) and re.fullmatch("[0-9]{4}(-[0-9]{2}){2}", scritto) is not None
    pretendi(scritto_bene, f"{dove}: {mostra(scritto)} non è una data AAAA-MM-GG")
    return date.fromisoformat(scritto)


def limiti(oggetto: Oggetto, dove: str) -> tuple[date, date]:
    """I giorni `dal` e `al`, «estremi compresi»; dove non c'è un limite, il primo o l'ultimo dei giorni."""
    dal, al = oggetto.get("dal"), oggetto.get("al")
    return (date.min if dal is None else giorno(dal, dove)), (date.max if al is None else giorno(al, dove))


def due_decimali(valore: Fraction | None) -> str | None:
    """«Un solo arrotondamento, mezzo in su a due decimali, dove un valore è scritto»; null = non valutata."""
    if valore is None:
        return None
    centesimi = floor(valore * 100 + Fraction(1, 2))
    return f"{centesimi // 100}.{centesimi % 100:02d}"


def mostra(valore: Any) -> str:
    """Un valore del file in una forma breve che si può stampare senza rischi."""
    testo = json.dumps(valore, ensure_ascii=False)
    testo = "".join(lettera if lettera.isprintable() else "?" for lettera in testo)
    return testo if len(testo) <= 200 else testo[:200] + "…"


# ── La scheda: righe, aderenti, imputazioni ──────────────────────────────────────────────────────────────


@dataclass
class Riga:
    codice: str
    azione: str
    peso: Fraction
    dal: date
    al: date
    misura: str | None = None  # la chiave della misura che la forma vuole
    regola: Oggetto = field(default_factory=dict)  # vuota: la riga non ha regola
    forma: str | None = None  # il `tipo` della regola; None anche quando la regola non si applica
    valutata: bool = False
    massimo: Fraction = CENTO
    entro: date = date.max
    percentuale: Fraction = ZERO  # di `unica`, `per_unita`, `per_distinti`, e l'assegnata di `manuale`
    fasce: list[tuple[int, Fraction]] = field(default_factory=list)
    parti: dict[str, Fraction] = field(default_factory=dict)
    dovute: Fraction = ZERO  # le ore dovute di `quota_ore`
    imputazioni: list[tuple[Oggetto, Oggetto]] = field(default_factory=list)  # (evidenza, imputazione)

    @property
    def incompleta(self) -> bool:
        """«Finché `ore_previste` [o `assegnata`] è null la riga è non valutata», e incompleta."""
        return self.forma is not None and not self.valutata


@dataclass
class Programma:
    dal: date
    al: date
    riuso: str
    righe: list[Riga]  # «le righe nell'ordine della scheda»: le obbligatorie, poi le progettualità
    azioni: dict[str, Fraction]  # codice e peso
    aderenti: list[tuple[str, date, date]]

    def aderenti_il(self, quando: date) -> set[str]:
        return {chi for chi, dal, al in self.aderenti if dal <= quando <= al}


def leggi_riga(scritta: Oggetto, codice: str, azione: str, si_applica: bool = True) -> Riga:
    dove, distinti = f"riga {codice}", ("organizzazione", "organizzazione_aderente")
    pretendi(scritta["codice"] == codice, f"{dove}: ha invece il codice {mostra(scritta['codice'])}")
    # «Una riga può portare `peso` (predefinito "1")» e «`dal`, `al`: i giorni in cui è in vigore».
    riga = Riga(codice, azione, numero(scritta.get("peso", "1"), dove), *limiti(scritta, dove))
    regola = scritta["regola"]
    if regola is None:  # «null = la riga non è valutata»
        return riga
    forma, riga.regola = regola["tipo"], regola
    pretendi(forma in MISURE, f"{dove}: la forma di regola {mostra(forma)} non esiste")
    riga.misura, riga.forma, riga.valutata = MISURE[forma], forma if si_applica else None, si_applica
    riga.massimo = percentuale(regola.get("massimo", "100"), dove)
    riga.entro = giorno(regola["entro"], dove) if "entro" in regola else date.max
    elenchi = [regola.get(elenco, []) for elenco in ("evidenze", "presenze", "campi")]
    pretendi(all(isinstance(elenco, list) for elenco in elenchi), f"{dove}: manca un elenco")
    pretendi(forma == "manuale" or bool(elenchi[0]), f"{dove}: «almeno un tipo di evidenza»")
    if forma in ("unica", "per_unita", "per_distinti"):
        riga.percentuale = percentuale(regola["percentuale"], dove)
    if forma == "per_distinti":
        pretendi(regola["distinti"] in distinti, f"{dove}: `distinti` ignoto")
    if forma == "fasce":  # «entrambi strettamente crescenti»
        riga.fasce = [(intero(f["da"], dove), percentuale(f["percentuale"], dove)) for f in regola["fasce"]]
        coppie = zip(riga.fasce, riga.fasce[1:], strict=False)
        crescono = all(prima[0] < poi[0] and prima[1] < poi[1] for prima, poi in coppie)
        pretendi(bool(riga.fasce) and crescono, f"{dove}: le fasce non crescono")
    if forma == "composta":  # «somma ≤ 100»
        riga.parti = {parte["nome"]: percentuale(parte["percentuale"], dove) for parte in regola["parti"]}
        giuste = 0 < len(riga.parti) == len(regola["parti"]) and sum(riga.parti.values()) <= 100
        pretendi(giuste, f"{dove}: parti ripetute, o più di 100 in tutto")
    if forma == "quota_ore":  # «dovute = ore_previste × soglia / 100»
        soglia, previste = percentuale(regola["soglia"], dove), regola["ore_previste"]
        pretendi(regola.get("lettura", "soglia") in ("soglia", "proporzionale"), f"{dove}: `lettura` ignota")
        riga.dovute = ZERO if previste is None else numero(previste, dove) * soglia / 100
        riga.valutata = si_applica and previste is not None
    if forma == "manuale":  # «`assegnata`: percentuale da "0" a "100", o null»
        assegnata = regola["assegnata"]
        zero = assegnata is None or (isinstance(assegnata, str) and re.fullmatch(r"0(\.0+)?", assegnata))
        riga.percentuale = ZERO if zero else percentuale(assegnata, dove)
        riga.valutata = si_applica and assegnata is not None
    return riga


def leggi_programma(scheda: Oggetto) -> Programma:
    """«Le righe sono `obb.N` e `K.J`; ogni obbligatoria è un'azione, ogni progettualità è `PK`»."""
    pretendi(scheda["formato"] == "scheda-programma/1", "la scheda non è del formato scheda-programma/1")
    riuso, contributo = scheda.get("riuso", "ammesso"), scheda["richiede_contributo"]
    pretendi(riuso in ("ammesso", "una_volta_per_azione", "una_volta"), f"riuso {mostra(riuso)} non esiste")
    pretendi(type(contributo) is bool, "`richiede_contributo` dev'essere vero o falso")
    # «Quando `richiede_contributo` è falso le obbligatorie sono non valutate: come se non avessero regola».
    righe = [
        leggi_riga(riga, f"obb.{n}", f"obb.{n}", si_applica=contributo)
        for n, riga in enumerate(scheda["obbligatorie"], start=1)
    ]
    azioni = {riga.azione: riga.peso for riga in righe}
    for k, progettualita in enumerate(scheda["progettualita"], start=1):
        pretendi(progettualita["numero"] == k, f"progettualità {k}: porta un altro numero")
        azioni[f"P{k}"] = numero(progettualita.get("peso", "1"), f"P{k}")
        for j, riga in enumerate(progettualita["indicatori"], start=1):
            righe.append(leggi_riga(riga, f"{k}.{j}", f"P{k}"))
    aderenti = [(uno["organizzazione"], *limiti(uno, "aderenti")) for uno in scheda["aderenti"]]
    dal, al = giorno(scheda["dal"], "dal"), giorno(scheda["al"], "al")
    leggi_imputazioni(scheda["evidenze"], {riga.codice: riga for riga in righe})
    return Programma(dal, al, riuso, righe, azioni, aderenti)


def leggi_imputazioni(evidenze: list[Oggetto], righe: dict[str, Riga]) -> None:
    """Dà a ogni riga le sue imputazioni, «in ordine di `data`, poi di `codice`», «confrontati come testi»."""
    pretendi(len({e["codice"] for e in evidenze}) == len(evidenze), "due evidenze hanno lo stesso codice")
    for evidenza in sorted(evidenze, key=lambda e: (giorno(e["data"], "evidenza"), e["codice"])):
        dove = f"evidenza {mostra(evidenza['codice'])}"
        elenchi = [evidenza.get("presenze", []), evidenza.get("organizzazioni", [])]
        pretendi(all(isinstance(elenco, list) for elenco in elenchi), f"{dove}: manca un elenco")
        pretendi(type(evidenza.get("pianificata", False)) is bool, f"{dove}: `pianificata` vero o falso")
        imputate = [imputazione["indicatore"] for imputazione in evidenza["imputazioni"]]
        pretendi(len(set(imputate)) == len(imputate), f"{dove}: «al massimo un'imputazione per riga»")
        for imputazione in evidenza["imputazioni"]:
            pretendi(imputazione["indicatore"] in righe, f"{dove}: imputata a una riga che non c'è")
            riga = righe[imputazione["indicatore"]]
            controlla_imputazione(evidenza, imputazione, riga, f"{dove} su {riga.codice}")
            riga.imputazioni.append((evidenza, imputazione))


def controlla_imputazione(evidenza: Oggetto, imputazione: Oggetto, riga: Riga, dove: str) -> None:
    """Ciò che il contratto «rifiuta» in un'imputazione: se passasse, cambierebbe le percentuali."""
    stato, chiave = imputazione["stato"], riga.misura
    stati = ("in_attesa",) if evidenza.get("pianificata") else ("in_attesa", "accolta", "respinta")
    pretendi(stato in stati, f"{dove}: lo stato {mostra(stato)} non è ammesso")
    piena, riconosciuta = misura_piena(evidenza, imputazione, riga), imputazione.get("misura_riconosciuta")
    for misura in (imputazione.get("misura"), riconosciuta):
        if misura is None:
            continue
        pretendi(list(misura) == [chiave], f"{dove}: la misura non è quella della forma")
        if chiave == "unita":
            una = intero(misura["unita"], dove) == 1
            pretendi(una or evidenza["tipo"] in PIU_UNITA, f"{dove}: più di una unità non è ammessa")
        elif chiave == "ore":
            numero(misura["ore"], dove)
        else:  # «fra quelle dell'evidenza», «fra i nomi della regola», «rifiutata se vuota»
            ammesse = evidenza.get("organizzazioni", []) if chiave == "organizzazioni" else riga.parti
            elenco = misura[chiave]
            giuste = isinstance(elenco, list) and elenco != [] and set(elenco) <= set(ammesse)
            pretendi(giuste, f"{dove}: la misura ha {chiave} che non può avere")
    if riconosciuta is not None:  # «solo con `accolta`: stesse chiavi, non più di `misura`»
        pretendi(stato == "accolta" and piena is not None, f"{dove}: non può avere misura_riconosciuta")
        quanto = {"unita": int, "ore": Fraction}.get(str(chiave), set)
        pretendi(quanto(riconosciuta[chiave]) <= quanto(piena[chiave]), f"{dove}: riconosciuto più di misura")


def misura_piena(evidenza: Oggetto, imputazione: Oggetto, riga: Riga) -> Any:
    """La misura «con i valori predefiniti scritti», None se la forma non ne ha o se non c'è."""
    misura = imputazione.get("misura")
    if misura is None and riga.misura == "unita":
        return {"unita": 1}  # «`unita` (predefinito 1)»
    if misura is None and riga.misura == "organizzazioni" and evidenza.get("organizzazioni"):
        return {"organizzazioni": evidenza["organizzazioni"]}  # «predefinito: quelle dell'evidenza»
    return misura


# ── Che cosa conta ───────────────────────────────────────────────────────────────────────────────────────


def campo_vuoto(valore: Any) -> bool:
    """«Assente, bianco, un elenco vuoto o 0»; in forma pubblica i testi sono `true`, gli elenchi numeri."""
    return valore.strip() == "" if isinstance(valore, str) else not valore


def motivo_di_scarto(
    programma: Programma, riga: Riga, evidenza: Oggetto, imputazione: Oggetto, gia: set[str]
) -> str | None:
    """«Conta, a meno che valga uno di questi motivi; si dà il primo, in ordine» (`gia`: dove già conta)."""
    data = date.fromisoformat(evidenza["data"])  # «un'evidenza appartiene al suo primo giorno»
    misura = misura_piena(evidenza, imputazione, riga)
    if imputazione["stato"] == "respinta":
        return "respinta"
    if riga.forma is None or riga.forma == "manuale":
        return "non_valutata"
    if not programma.dal <= data <= programma.al:
        return "fuori_periodo"
    if not riga.dal <= data <= riga.al:
        return "riga_non_in_vigore"
    if data > riga.entro:
        return "fuori_termine"
    if evidenza["tipo"] not in riga.regola["evidenze"]:
        return "tipo_non_ammesso"
    if not set(riga.regola.get("presenze", [])) <= set(evidenza.get("presenze", [])):
        return "presenza_mancante"
    for campi in riga.regola.get("campi", []):  # «`persone|organizzazioni` = almeno uno dei due»
        if all(campo_vuoto(evidenza.get(campo)) for campo in campi.split("|")):
            return "campi_mancanti"
    if riga.misura is not None and misura is None:
        return "misura_mancante"
    fra_aderenti = riga.regola.get("distinti") == "organizzazione_aderente"
    if fra_aderenti and not programma.aderenti_il(data) & set(misura["organizzazioni"]):
        return "non_aderente"
    # «Già conta su una riga precedente della stessa azione (con `una_volta`: di qualunque azione)».
    if (programma.riuso == "una_volta" and gia) or (programma.riuso != "ammesso" and riga.azione in gia):
        return "gia_imputata"
    return None


# ── Quanto vale una riga ─────────────────────────────────────────────────────────────────────────────────


class Conto:
    """Ciò che si è raccolto fin qui su una riga, e quanto vale."""

    def __init__(self, programma: Programma, riga: Riga) -> None:
        self.programma, self.riga = programma, riga
        self.prove, self.unita, self.ore = 0, 0, ZERO
        self.parti: set[str] = set()
        self.organizzazioni: set[str] = set()

    def aggiungi(self, evidenza: Oggetto, misura: Oggetto | None) -> None:
        misura = misura or {}
        self.prove += 1
        self.unita += misura.get("unita", 0)
        self.ore += Fraction(misura.get("ore", 0))
        self.parti |= set(misura.get("parti", []))
        organizzazioni = set(misura.get("organizzazioni", []))
        if self.riga.regola.get("distinti") == "organizzazione_aderente":
            # «Solo quelle che erano aderenti il giorno dell'evidenza».
            organizzazioni &= self.programma.aderenti_il(date.fromisoformat(evidenza["data"]))
        self.organizzazioni |= organizzazioni

    def valore(self) -> Fraction | None:
        """La colonna «valore della riga»; «poi il tetto: il minore fra il valore e `massimo`»."""
        riga, valore = self.riga, ZERO
        if not riga.valutata:
            return None
        if riga.forma == "manuale" or (riga.forma == "unica" and self.prove > 0):
            valore = riga.percentuale
        elif riga.forma == "per_unita":
            valore = self.unita * riga.percentuale
        elif riga.forma == "fasce":  # «percentuale della fascia più alta raggiunta, altrimenti 0»
            valore = max((quanto for da, quanto in riga.fasce if self.unita >= da), default=ZERO)
        elif riga.forma == "per_distinti":
            valore = len(self.organizzazioni) * riga.percentuale
        elif riga.forma == "composta":  # «somma delle parti coperte; con `tutte`, solo quando lo sono tutte»
            if not riga.regola.get("tutte", True) or self.parti == set(riga.parti):
                valore = sum((riga.parti[nome] for nome in self.parti), ZERO)
        elif riga.forma == "quota_ore" and riga.regola.get("lettura") == "proporzionale":
            valore = 100 * self.ore / riga.dovute
        elif riga.forma == "quota_ore":  # «100 quando ore ≥ dovute, altrimenti 0»
            valore = CENTO if self.ore >= riga.dovute else ZERO
        return min(valore, riga.massimo)


def il_piu_alto(riga: Riga) -> Fraction:
    """«Il più alto che la regola può dare (il tetto, o meno)»."""
    senza_tetto = CENTO
    if riga.forma == "unica":
        senza_tetto = riga.percentuale
    elif riga.forma == "fasce":
        senza_tetto = riga.fasce[-1][1]
    elif riga.forma == "composta":
        senza_tetto = sum(riga.parti.values(), ZERO)
    return min(senza_tetto, riga.massimo)


class PartiAScelta(list[str]):
    """Le parti che mancano a una `composta` senza `tutte`. Quando il tetto si raggiunge con parti diverse,
    è giusta ogni scelta che basta («registrare proprio quello dà proprio quel valore») e senza superflue."""

    def __init__(self, mancanti: dict[str, Fraction], serve: Fraction) -> None:
        super().__init__(mancanti)
        self.mancanti, self.serve = mancanti, serve
        for nome in mancanti:  # la scelta da mostrare: tolte, in ordine, le superflue
            if sum((mancanti[altra] for altra in self if altra != nome), ZERO) >= serve:
                self.remove(nome)

    def ammette(self, scelte: Any) -> bool:
        if not isinstance(scelte, list) or any(scelte.count(s) > 1 or s not in self.mancanti for s in scelte):
            return False
        somma = sum((self.mancanti[nome] for nome in scelte), ZERO)
        return somma >= self.serve and all(somma - self.mancanti[nome] < self.serve for nome in scelte)


def che_cosa_manca(conto: Conto) -> Oggetto | None:
    """«`manca`: che cosa porterebbe `dichiarato` al più alto; null se c'è già, se la riga non è valutata, per
    `manuale`»."""
    riga, programma = conto.riga, conto.programma
    valore, piu_alto = conto.valore(), il_piu_alto(riga)
    if valore is None or valore == piu_alto or riga.forma == "manuale":
        return None
    # «Registrare proprio quello dà proprio quel valore»: serve un giorno in cui un'evidenza può contare.
    ultimo_giorno = min(programma.al, riga.al, riga.entro)
    possibile = max(programma.dal, riga.dal) <= ultimo_giorno
    misura: Oggetto = {}  # «{} per `unica`»
    if riga.forma == "per_unita":
        misura = {"unita": ceil(riga.massimo / riga.percentuale) - conto.unita}
    elif riga.forma == "fasce":
        misura = {"unita": min(da for da, quanto in riga.fasce if quanto >= piu_alto) - conto.unita}
    elif riga.forma == "quota_ore":  # a soglia servono le dovute; in proporzione, quelle che danno il tetto
        in_proporzione = riga.regola.get("lettura") == "proporzionale"
        servono = riga.dovute * riga.massimo / 100 if in_proporzione else riga.dovute
        misura = {"ore": str(servono - conto.ore)}
    elif riga.forma == "per_distinti":
        ancora = ceil(riga.massimo / riga.percentuale) - len(conto.organizzazioni)
        misura = {"organizzazioni": ancora}
        if riga.regola["distinti"] == "organizzazione_aderente":
            # «`possibile` falso quando non ci sono abbastanza aderenti l'ultimo giorno» (fra i non contati).
            liberi = programma.aderenti_il(ultimo_giorno) - conto.organizzazioni
            possibile = possibile and len(liberi) >= ancora
    elif riga.forma == "composta":
        mancanti = {nome: quanto for nome, quanto in riga.parti.items() if nome not in conto.parti}
        tutte = riga.regola.get("tutte", True)
        misura = {"parti": list(mancanti) if tutte else PartiAScelta(mancanti, piu_alto - valore)}
    return {"misura": misura, "possibile": possibile}


# ── Ricalcolare l'esito ──────────────────────────────────────────────────────────────────────────────────


@dataclass
class Voce:
    """Una riga o un'azione ricalcolata: i tre valori esatti (None = non valutata) e come si scrive."""

    valori: dict[str, Fraction | None]
    peso: Fraction
    scritta: Oggetto


def media(voci: list[Voce]) -> dict[str, Fraction | None]:
    """«La media delle voci valutate secondo il `peso`; nessuna valutata → null, mai in una media»."""
    risultato: dict[str, Fraction | None] = {}
    for nome in TRE_VALORI:
        valutate = [(valore, voce.peso) for voce in voci if (valore := voce.valori[nome]) is not None]
        somma = sum((valore * peso for valore, peso in valutate), ZERO)
        risultato[nome] = somma / sum(peso for _, peso in valutate) if valutate else None
    return risultato


def scrivi(valori: dict[str, Fraction | None]) -> Oggetto:
    return {nome: due_decimali(valore) for nome, valore in valori.items()}


def quota(prima: Fraction | None, dopo: Fraction | None) -> str | None:
    """«La differenza che fa al valore corrente della riga, entrambi arrotondati»."""
    return due_decimali(Fraction(due_decimali(dopo) or 0) - Fraction(due_decimali(prima) or 0))


def ricalcola_riga(programma: Programma, riga: Riga, conta_su: dict[str, set[str]]) -> Voce:
    conti = {nome: Conto(programma, riga) for nome in TRE_VALORI}
    conteggiate, oltre, scartate = [], [], []
    # «Forme senza una quota sensata (`quota_ore` a soglia, `composta` con `tutte`, righe non valutate)».
    a_soglia = riga.forma == "quota_ore" and riga.regola.get("lettura", "soglia") == "soglia"
    con_tutte = riga.forma == "composta" and riga.regola.get("tutte", True)
    con_quote = riga.valutata and not a_soglia and not con_tutte
    for evidenza, imputazione in riga.imputazioni:
        codice, misura = evidenza["codice"], misura_piena(evidenza, imputazione, riga)
        gia = conta_su.setdefault(codice, set())
        motivo = motivo_di_scarto(programma, riga, evidenza, imputazione, gia)
        if motivo is not None:  # «`scartate` contiene anche le pianificate che non conterebbero»
            scartate.append({"evidenza": codice, "motivo": motivo})
            continue
        gia.add(riga.azione)  # «giudicato una volta per i tre valori; conta anche ciò che è oltre il tetto»
        conti["prospettico"].aggiungi(evidenza, misura)  # «come dichiarato, più le pianificate»
        if evidenza.get("pianificata"):
            continue  # «che non contano per nient'altro»
        prima = {nome: conto.valore() for nome, conto in conti.items()}
        conti["dichiarato"].aggiungi(evidenza, misura)  # «in attesa o accolte, con la misura piena»
        riconosciuta = None
        if imputazione["stato"] == "accolta":  # «solo le accolte, con la misura riconosciuta»
            riconosciuta = imputazione.get("misura_riconosciuta") or misura
            conti["riconosciuto"].aggiungi(evidenza, riconosciuta)
        quote = {
            nome: quota(prima[nome], conti[nome].valore()) if con_quote else None
            for nome in ("dichiarato", "riconosciuto")
        }
        # «Chi non porta nulla né a dichiarato né a riconosciuto perché la riga è già, esattamente, al più
        # alto»: chi porta meno di mezzo centesimo al riconosciuto qualcosa porta, anche se è scritta "0.00".
        gia_al_massimo = con_quote and prima["dichiarato"] == il_piu_alto(riga)
        if gia_al_massimo and prima["riconosciuto"] == conti["riconosciuto"].valore():
            oltre.append({"evidenza": codice})
        else:
            misure = {"misura": misura, "misura_riconosciuta": riconosciuta}
            conteggiate.append({"evidenza": codice, "stato": imputazione["stato"], **misure, **quote})
    valori = {nome: conto.valore() for nome, conto in conti.items()}
    elenchi = {"conteggiate": conteggiate, "oltre_il_massimo": oltre, "scartate": scartate}
    scritta = {"codice": riga.codice, **scrivi(valori), "incompleta": riga.incompleta, **elenchi}
    return Voce(valori, riga.peso, {**scritta, "manca": che_cosa_manca(conti["dichiarato"])})


def ricalcola(scheda: Oggetto) -> Oggetto:
    """L'esito come dev'essere, rifatto dalla sola scheda."""
    programma = leggi_programma(scheda)
    conta_su: dict[str, set[str]] = {}  # di ogni evidenza, le azioni su cui già conta
    righe = [(riga.azione, ricalcola_riga(programma, riga, conta_su)) for riga in programma.righe]
    azioni: list[Voce] = []
    for codice, peso in programma.azioni.items():
        sue = [voce for azione, voce in righe if azione == codice]
        incompleta = any(voce.scritta["incompleta"] for voce in sue)
        scritta = {"codice": codice, **scrivi(media(sue)), "incompleta": incompleta}
        azioni.append(Voce(media(sue), peso, {**scritta, "righe": [voce.scritta for voce in sue]}))
    obbligatorie = [voce for voce in azioni if voce.scritta["codice"].startswith("obb.")]
    progettualita = [voce for voce in azioni if voce not in obbligatorie]
    # «Forma canonica: UTF-8, chiavi ordinate, senza spazi, senza a capo finale; l'impronta è di quella».
    canonica = json.dumps(scheda, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return {
        "sha256_scheda": hashlib.sha256(canonica.encode("utf-8")).hexdigest(),
        "programma": {
            **scrivi(media(azioni)),
            "incompleta": any(voce.scritta["incompleta"] for voce in azioni),
            "obbligatorie": scrivi(media(obbligatorie)),
            "progettualita": scrivi(media(progettualita)),
        },
        "azioni": [voce.scritta for voce in azioni],
    }


# ── Confrontare lo scritto con il ricalcolato ────────────────────────────────────────────────────────────


def confronta(dove: str, scritto: Any, ricalcolato: Any) -> list[str]:
    """Le differenze, una frase ciascuna: luogo, scritto, ricalcolato."""
    una_misura = dove.endswith(("misura", "misura_riconosciuta"))
    if isinstance(ricalcolato, dict) and isinstance(scritto, dict) and not una_misura:
        differenze = []
        for chiave, valore in ricalcolato.items():
            nome = str({"azioni": "azione", "righe": "riga"}.get(chiave, chiave))
            luogo = f"{dove}, {nome}" if dove else nome
            if chiave in scritto:
                differenze += confronta(luogo, scritto[chiave], valore)
            else:
                differenze.append(f"{luogo}: non è scritto, ricalcolato {mostra(valore)}")
        return differenze
    if isinstance(ricalcolato, list) and isinstance(scritto, list):
        nomi_scritti, nomi = [nome_di(voce) for voce in scritto], [nome_di(voce) for voce in ricalcolato]
        if nomi_scritti != nomi:
            return [f"{dove}: scritto [{', '.join(nomi_scritti)}], ricalcolato [{', '.join(nomi)}]"]
        coppie = zip(nomi, scritto, ricalcolato, strict=True)
        return [frase for nome, una, altra in coppie for frase in confronta(f"{dove} {nome}", una, altra)]
    if stessa_misura(scritto, ricalcolato) or (type(scritto) is type(ricalcolato) and scritto == ricalcolato):
        return []
    return [f"{dove}: scritto {mostra(scritto)}, ricalcolato {mostra(ricalcolato)}"]


def nome_di(voce: Any) -> str:
    """Il nome di una voce di un elenco: il suo codice, o quello dell'evidenza."""
    return mostra(voce.get("codice", voce.get("evidenza")) if isinstance(voce, dict) else voce)


def stessa_misura(scritta: Any, ricalcolata: Any) -> bool:
    """Due misure uguali: le ore come numeri ("2.5" è "5/2"), gli elenchi in qualunque ordine."""
    if not (isinstance(scritta, dict) and isinstance(ricalcolata, dict)) or set(scritta) != set(ricalcolata):
        return False
    for chiave, valore in ricalcolata.items():
        altro = scritta[chiave]
        if isinstance(valore, PartiAScelta):
            return valore.ammette(altro)
        if isinstance(valore, list):
            return isinstance(altro, list) and set(map(mostra, altro)) == set(map(mostra, valore))
        if chiave == "ore":
            return ore_se_lo_sono(altro) == Fraction(valore)
        return type(altro) is type(valore) and bool(altro == valore)
    return True


def ore_se_lo_sono(scritte: Any) -> Fraction | None:
    try:
        return numero(scritte, "ore")
    except FileNonValido:
        return None


def conta_percentuali(voce: Any) -> int:
    """Quante percentuali ci sono in un esito (anche quelle «non valutate»)."""
    if isinstance(voce, list):
        return sum(map(conta_percentuali, voce))
    coppie = voce.items() if isinstance(voce, dict) else []
    return sum(1 if chiave in TRE_VALORI else conta_percentuali(valore) for chiave, valore in coppie)


# ── Leggere il file e dire com'è andata ──────────────────────────────────────────────────────────────────


def senza_doppioni(coppie: list[tuple[str, Any]]) -> Oggetto:
    """«Una chiave due volte in un oggetto è un errore»."""
    pretendi(len(dict(coppie)) == len(coppie), "una chiave è scritta due volte nello stesso oggetto")
    return dict(coppie)


def non_intero(scritto: str) -> Any:
    raise FileNonValido(f"c'è il numero {mostra(scritto)}, ma i numeri del contratto sono interi o testi")


def leggi(percorso: str) -> Any:
    try:
        with open(percorso, "rb") as aperto:
            contenuto = aperto.read(GRANDEZZA_MASSIMA + 1)
        pretendi(len(contenuto) <= GRANDEZZA_MASSIMA, "il file è troppo grande")
        vincoli: Any = {"parse_float": non_intero, "parse_constant": non_intero}
        return json.loads(contenuto.decode("utf-8"), object_pairs_hook=senza_doppioni, **vincoli)
    except OSError as errore:
        raise FileNonValido(f"il file non si apre ({errore.strerror})") from None
    except ValueError:
        raise FileNonValido("il file non è JSON in UTF-8") from None


def verifica(pacchetto: Any) -> tuple[list[str], Oggetto]:
    """Le differenze fra l'esito scritto nel pacchetto e quello ricalcolato, e quello ricalcolato."""
    try:
        e_un_pacchetto = isinstance(pacchetto, dict) and pacchetto.get("formato") == "pacchetto-valutazione/1"
        pretendi(e_un_pacchetto, 'non è un pacchetto ("formato": "pacchetto-valutazione/1")')
        esito = pacchetto["esito"]
        pretendi(esito["formato"] == "esito-valutazione/1", "l'esito non è del formato esito-valutazione/1")
        ricalcolato = ricalcola(pacchetto["scheda"])
        return confronta("", esito, ricalcolato), ricalcolato
    except KeyError as errore:
        raise FileNonValido(f"manca la voce {mostra(str(errore.args[0]))}") from None
    except (ArithmeticError, AttributeError, IndexError, TypeError, ValueError):
        raise FileNonValido("una voce del pacchetto non è della forma che il contratto vuole") from None


def main(argomenti: list[str]) -> int:
    for uscita in (sys.stdout, sys.stderr):
        if hasattr(uscita, "reconfigure"):
            uscita.reconfigure(errors="backslashreplace")
    if len(argomenti) != 1 or argomenti[0].startswith("-"):
        print(__doc__)
        return 0 if argomenti in (["-h"], ["--help"]) else 2
    try:
        differenze, ricalcolato = verifica(leggi(argomenti[0]))
    except FileNonValido as errore:
        print(f"Non si può verificare: {errore}.", file=sys.stderr)
        return 2
    except (RecursionError, MemoryError):
        print("Non si può verificare: il file è annidato o grande oltre misura.", file=sys.stderr)
        return 2
    azioni = ricalcolato["azioni"]
    quante = f"{conta_percentuali(ricalcolato)} percentuali di {len(azioni)} azioni"
    if differenze:
        print("\n".join(differenze))
        print(f"differenze: {len(differenze)} (ricalcolate {quante})")
        return 1
    print("tutte le percentuali coincidono")
    print(f"Controllate {quante}, le quote, gli scarti, ciò che manca e l'impronta della scheda.")
    print("Non confrontati i testi: calcolo, dettaglio, frase.")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
