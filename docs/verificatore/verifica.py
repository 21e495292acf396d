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
TRE_VALORI = ("dichiarato", "riconosciuto", "prospettico")
NUMERO = r"(0|[1-9][0-9]*)(\.[0-9]+|/[1-9][0-9]*)?"  # «un decimale o una frazione», senza segno né esponente
# «Misura di un'imputazione conteggiata», per ogni forma di regola (None: la forma non ha misura).
MISURE = {"unica": None, "per_unita": "unita", "fasce": "unita", "per_distinti": "organizzazioni"}
MISURE |= {"composta": "parti", "quota_ore": "ore", "manuale": None}
# «`unita` sopra 1 solo per»: un incontro è un incontro.
PIU_UNITA = {"post", "mail", "newsletter", "comunicato_stampa", "materiale", "documento", "altro"}


class FileNonValido(Exception):
    """Il file non si può verificare: il messaggio dice perché."""


def pretendi(condizione: object, frase: str) -> None:
    if not condizione:
        raise FileNonValido(frase)


# ── Leggere e scrivere numeri e date ─────────────────────────────────────────────────────────────────────
def numero(scritto: Any, dove: str, fino_a: Fraction | None = None) -> Fraction:
    """«Percentuali, ore e pesi sono testi», > 0; il valore resta esatto."""
    valore = Fraction(scritto) if isinstance(scritto, str) and re.fullmatch(NUMERO, scritto) else ZERO
    ammesso = valore > 0 and (fino_a is None or valore <= fino_a)
    pretendi(ammesso, f"{dove}: {mostra(scritto)} non è un numero ammesso")
    return valore


def percentuale(scritta: Any, dove: str) -> Fraction:
    """«Percentuali > 0 e ≤ 100»."""
    return numero(scritta, dove, fino_a=CENTO)


def intero(scritto: Any, dove: str) -> int:
    """«I conteggi sono numeri interi ≥ 1» (per Python anche `true` sarebbe un intero: qui no)."""
    pretendi(type(scritto) is int and scritto >= 1, f"{dove}: {mostra(scritto)} non è un intero da 1 in su")
    return int(scritto)


def giorno(scritto: Any, dove: str) -> date:
    """«Le date sono AAAA-MM-GG»."""
    scritto_bene = isinstance(scritto, str) and re.fullmatch("[0-9]{4}(-[0-9]{2}){2}", scritto)
    pretendi(scritto_bene, f"{dove}: {mostra(scritto)} non è una data AAAA-MM-GG")
    return date.fromisoformat(scritto)


def limiti(oggetto: Oggetto, dove: str) -> tuple[date, date]:
    """I giorni `dal` e `al`, «estremi compresi»; dove non c'è un limite, il primo o l'ultimo dei giorni."""
    dal, al = oggetto.get("dal"), oggetto.get("al")
    return (date.min if dal is None else giorno(dal, dove)), (date.max if al is None else giorno(al, dove))


def elenco(oggetto: Oggetto, chiave: str) -> list[Any]:
    voci = oggetto.get(chiave, [])
    pretendi(isinstance(voci, list), f"{chiave}: {mostra(voci)} non è un elenco")
    return list(voci)


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
    regola: Oggetto  # com'è scritta; vuota: la riga non ha regola
    # Il `tipo` della regola (di `quota_ore` la lettura, di `composta` "tutte" se servono tutte); None se non
    # c'è o non si applica.
    forma: str | None = None
    misura: str | None = None  # la chiave della misura che la forma vuole
    valutata: bool = False
    massimo: Fraction = CENTO
    entro: date = date.max
    percentuale: Fraction = ZERO  # di `unica`, `per_unita`, `per_distinti`, e l'assegnata di `manuale`
    fasce: list[tuple[int, Fraction]] = field(default_factory=list)
    parti: dict[str, Fraction] = field(default_factory=dict)
    dovute: Fraction = ZERO  # le ore dovute di `quota_ore`
    fra_aderenti: bool = False  # `per_distinti` conta solo gli aderenti
    imputazioni: list[tuple[Oggetto, Oggetto]] = field(default_factory=list)  # (evidenza, imputazione)


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
    dove, regola = f"riga {codice}", scritta["regola"]
    pretendi(scritta["codice"] == codice, f"{dove}: ha invece il codice {mostra(scritta['codice'])}")
    # «Una riga può portare `peso` (predefinito "1")» e «`dal`, `al`: i giorni in cui è in vigore».
    riga = Riga(codice, azione, numero(scritta.get("peso", "1"), dove), *limiti(scritta, dove), regola or {})
    if regola is None:  # «null = la riga non è valutata»
        return riga
    forma = regola["tipo"]
    pretendi(forma in MISURE, f"{dove}: la forma di regola {mostra(forma)} non esiste")
    riga.misura, riga.valutata = MISURE[forma], si_applica
    riga.massimo = percentuale(regola.get("massimo", "100"), dove)
    riga.entro = giorno(regola["entro"], dove) if "entro" in regola else date.max
    pretendi(forma == "manuale" or elenco(regola, "evidenze"), f"{dove}: «almeno un tipo di evidenza»")
    if forma in ("unica", "per_unita", "per_distinti"):
        riga.percentuale = percentuale(regola["percentuale"], dove)
    if forma == "per_distinti":
        distinti = regola["distinti"]
        riga.fra_aderenti = distinti == "organizzazione_aderente"
        pretendi(riga.fra_aderenti or distinti == "organizzazione", f"{dove}: `distinti` ignoto")
    elif forma == "fasce":  # «entrambi strettamente crescenti»
        riga.fasce = [(intero(f["da"], dove), percentuale(f["percentuale"], dove)) for f in regola["fasce"]]
        coppie = zip(riga.fasce, riga.fasce[1:], strict=False)
        crescono = all(prima[0] < poi[0] and prima[1] < poi[1] for prima, poi in coppie)
        pretendi(riga.fasce and crescono, f"{dove}: le fasce non crescono")
    elif forma == "composta":  # «somma ≤ 100»
        riga.parti = {parte["nome"]: percentuale(parte["percentuale"], dove) for parte in regola["parti"]}
        giuste = 0 < len(riga.parti) == len(regola["parti"]) and sum(riga.parti.values()) <= 100
        pretendi(giuste, f"{dove}: parti ripetute, o più di 100 in tutto")
        forma = "tutte" if regola.get("tutte", True) else forma
    elif forma == "quota_ore":  # «dovute = ore_previste × soglia / 100»; senza ore previste, non valutata
        soglia, previste = percentuale(regola["soglia"], dove), regola["ore_previste"]
        forma = regola.get("lettura", "soglia")
        pretendi(forma in ("soglia", "proporzionale"), f"{dove}: `lettura` ignota")
        riga.dovute = ZERO if previste is None else numero(previste, dove) * soglia / 100
        riga.valutata = si_applica and previste is not None
    elif forma == "manuale":  # «`assegnata`: percentuale da "0" a "100", o null»: finché è null, non valutata
        assegnata = regola["assegnata"]
        zero = assegnata is None or (isinstance(assegnata, str) and re.fullmatch(r"0(\.0+)?", assegnata))
        riga.percentuale = ZERO if zero else percentuale(assegnata, dove)
        riga.valutata = si_applica and assegnata is not None
    riga.forma = forma if si_applica else None
    return riga


def leggi_programma(scheda: Oggetto) -> Programma:
    """«Le righe sono `obb.N` e `K.J`; ogni obbligatoria è un'azione, ogni progettualità è `PK`»."""
    pretendi(scheda["formato"] == "scheda-programma/1", "la scheda non è del formato scheda-programma/1")
    riuso, contributo = scheda.get("riuso", "ammesso"), scheda["richiede_contributo"]
    pretendi(riuso in ("ammesso", "una_volta_per_azione", "una_volta"), f"riuso {mostra(riuso)} non esiste")
    pretendi(type(contributo) is bool, "`richiede_contributo` dev'essere vero o falso")
    # «Quando `richiede_contributo` è falso le obbligatorie sono non valutate: come se non avessero regola».
    numerate = enumerate(scheda["obbligatorie"], start=1)
    righe = [leggi_riga(riga, f"obb.{n}", f"obb.{n}", si_applica=contributo) for n, riga in numerate]
    azioni = {riga.azione: riga.peso for riga in righe}
    for k, progettualita in enumerate(scheda["progettualita"], start=1):
        pretendi(progettualita["numero"] == k, f"progettualità {k}: porta un altro numero")
        azioni[f"P{k}"] = numero(progettualita.get("peso", "1"), f"P{k}")
        sue = enumerate(progettualita["indicatori"], start=1)
        righe += [leggi_riga(riga, f"{k}.{j}", f"P{k}") for j, riga in sue]
    aderenti = [(uno["organizzazione"], *limiti(uno, "aderenti")) for uno in scheda["aderenti"]]
    dal, al = giorno(scheda["dal"], "dal"), giorno(scheda["al"], "al")
    leggi_imputazioni(scheda["evidenze"], {riga.codice: riga for riga in righe})
    return Programma(dal, al, riuso, righe, azioni, aderenti)


def leggi_imputazioni(evidenze: list[Oggetto], righe: dict[str, Riga]) -> None:
    """Dà a ogni riga le sue imputazioni, «in ordine di `data`, poi di `codice`», «confrontati come testi»."""
    pretendi(len({e["codice"] for e in evidenze}) == len(evidenze), "due evidenze hanno lo stesso codice")
    for evidenza in sorted(evidenze, key=lambda e: (giorno(e["data"], "evidenza"), e["codice"])):
        dove = f"evidenza {mostra(evidenza['codice'])}"
        pretendi(type(evidenza.get("pianificata", False)) is bool, f"{dove}: `pianificata` vero o falso")
        imputate = [imputazione["indicatore"] for imputazione in evidenza["imputazioni"]]
        pretendi(len(set(imputate)) == len(imputate), f"{dove}: «al massimo un'imputazione per riga»")
        pretendi(set(imputate) <= set(righe), f"{dove}: imputata a una riga che non c'è")
        for imputazione in evidenza["imputazioni"]:
            riga = righe[imputazione["indicatore"]]
            controlla_imputazione(evidenza, imputazione, riga, f"{dove} su {riga.codice}")
            riga.imputazioni.append((evidenza, imputazione))


def controlla_imputazione(evidenza: Oggetto, imputazione: Oggetto, riga: Riga, dove: str) -> None:
    """Ciò che il contratto «rifiuta» in un'imputazione: se passasse, cambierebbe le percentuali."""
    stato, chiave = imputazione["stato"], str(riga.misura)
    stati = ("in_attesa",) if evidenza.get("pianificata") else ("in_attesa", "accolta", "respinta")
    pretendi(stato in stati, f"{dove}: lo stato {mostra(stato)} non è ammesso")
    piena, riconosciuta = misura_piena(evidenza, imputazione, riga), imputazione.get("misura_riconosciuta")
    for misura in [una for una in (imputazione.get("misura"), riconosciuta) if una is not None]:
        pretendi(list(misura) == [riga.misura], f"{dove}: la misura non è quella della forma")
        if chiave == "unita":
            una_sola = intero(misura["unita"], dove) == 1
            pretendi(una_sola or evidenza["tipo"] in PIU_UNITA, f"{dove}: più di una unità non è ammessa")
        elif chiave == "ore":
            numero(misura["ore"], dove)
        else:  # «fra quelle dell'evidenza», «fra i nomi della regola», «rifiutata se vuota»
            ammesse = elenco(evidenza, chiave) if chiave == "organizzazioni" else riga.parti
            giuste = elenco(misura, chiave) and set(misura[chiave]) <= set(ammesse)
            pretendi(giuste, f"{dove}: la misura ha {chiave} che non può avere")
    if riconosciuta is not None:  # «solo con `accolta`: stesse chiavi, non più di `misura`»
        pretendi(stato == "accolta" and piena is not None, f"{dove}: non può avere misura_riconosciuta")
        quanto = {"unita": int, "ore": Fraction}.get(chiave, set)
        pretendi(quanto(riconosciuta[chiave]) <= quanto(piena[chiave]), f"{dove}: riconosciuto più di misura")


def misura_piena(evidenza: Oggetto, imputazione: Oggetto, riga: Riga) -> Any:
    """La misura «con i valori predefiniti scritti», None se la forma non ne ha o se non c'è."""
    misura = imputazione.get("misura")
    if misura is None and riga.misura == "unita":
        return {"unita": 1}  # «`unita` (predefinito 1)»
    if misura is None and riga.misura == "organizzazioni" and elenco(evidenza, "organizzazioni"):
        return {"organizzazioni": evidenza["organizzazioni"]}  # «predefinito: quelle dell'evidenza»
    return misura


# ── Che cosa conta, e quanto vale una riga ───────────────────────────────────────────────────────────────
def campo_vuoto(valore: Any) -> bool:
    """«Assente, bianco, un elenco vuoto o 0»; in forma pubblica i testi sono `true`, gli elenchi numeri."""
    return valore.strip() == "" if isinstance(valore, str) else not valore


def motivo_di_scarto(
    programma: Programma, riga: Riga, evidenza: Oggetto, imputazione: Oggetto, gia: set[str]
) -> str | None:
    """«Conta, a meno che valga uno di questi motivi; si dà il primo, in ordine» (`gia`: dove già conta)."""
    regola, data = riga.regola, date.fromisoformat(evidenza["data"])  # «appartiene al suo primo giorno»
    misura = misura_piena(evidenza, imputazione, riga)
    presenze, campi = elenco(regola, "presenze"), [c.split("|") for c in elenco(regola, "campi")]
    aderenti = programma.aderenti_il(data) & set((misura or {}).get("organizzazioni", []))
    # «Già conta su una riga precedente della stessa azione (con `una_volta`: di qualunque azione)».
    gia_conta = {"una_volta": gia, "una_volta_per_azione": gia & {riga.azione}}.get(programma.riuso)
    motivi = {
        "respinta": imputazione["stato"] == "respinta",
        "non_valutata": riga.forma in (None, "manuale"),
        "fuori_periodo": not programma.dal <= data <= programma.al,
        "riga_non_in_vigore": not riga.dal <= data <= riga.al,
        "fuori_termine": data > riga.entro,
        "tipo_non_ammesso": evidenza["tipo"] not in elenco(regola, "evidenze"),
        "presenza_mancante": not set(presenze) <= set(elenco(evidenza, "presenze")),
        # «`persone|organizzazioni` = almeno uno dei due».
        "campi_mancanti": any(all(campo_vuoto(evidenza.get(uno)) for uno in alcuni) for alcuni in campi),
        "misura_mancante": riga.misura is not None and misura is None,
        "non_aderente": riga.fra_aderenti and not aderenti,
        "gia_imputata": bool(gia_conta),
    }
    return next((motivo for motivo, vale in motivi.items() if vale), None)


class Conto:
    """Ciò che si è raccolto fin qui su una riga, e quanto vale."""

    def __init__(self, programma: Programma, riga: Riga) -> None:
        self.programma, self.riga = programma, riga
        self.prove, self.unita, self.ore = 0, 0, ZERO
        self.diverse: set[str] = set()  # le parti, o le organizzazioni

    def aggiungi(self, evidenza: Oggetto, misura: Oggetto | None) -> None:
        misura = misura or {}
        self.prove += 1
        self.unita += misura.get("unita", 0)
        self.ore += Fraction(misura.get("ore", 0))
        diverse = set(misura.get("parti", [])) | set(misura.get("organizzazioni", []))
        if self.riga.fra_aderenti:  # «solo quelle che erano aderenti il giorno dell'evidenza»
            diverse &= self.programma.aderenti_il(date.fromisoformat(evidenza["data"]))
        self.diverse |= diverse

    def valore(self) -> Fraction | None:
        """La colonna «valore della riga»; «poi il tetto: il minore fra il valore e `massimo`»."""
        riga = self.riga
        raggiunte = [quanto for da, quanto in riga.fasce if self.unita >= da]
        parti = sum((quanto for nome, quanto in riga.parti.items() if nome in self.diverse), ZERO)
        valori = {
            "manuale": riga.percentuale,
            "unica": riga.percentuale if self.prove else ZERO,
            "per_unita": self.unita * riga.percentuale,
            "fasce": max(raggiunte, default=ZERO),  # «della fascia più alta raggiunta, altrimenti 0»
            "per_distinti": len(self.diverse) * riga.percentuale,
            "composta": parti,  # «somma delle parti coperte; con `tutte`, solo quando lo sono tutte»
            "tutte": parti if self.diverse == set(riga.parti) else ZERO,
            "soglia": CENTO if self.ore >= riga.dovute else ZERO,  # «100 quando ore ≥ dovute, altrimenti 0»
            "proporzionale": 100 * self.ore / (riga.dovute or 1),
        }
        return min(valori[str(riga.forma)], riga.massimo) if riga.valutata else None


def il_piu_alto(riga: Riga) -> Fraction:
    """«Il più alto che la regola può dare (il tetto, o meno)»."""
    ultima_fascia = riga.fasce[-1][1] if riga.fasce else CENTO
    tutte_le_parti = sum(riga.parti.values(), ZERO) or CENTO
    una_prova = riga.percentuale if riga.forma == "unica" else CENTO
    return min(riga.massimo, ultima_fascia, tutte_le_parti, una_prova)


class PartiAScelta(list[str]):
    """Le parti che mancano a una `composta` senza `tutte`. Quando il tetto si raggiunge con parti diverse,
    è giusta ogni scelta che basta («registrare proprio quello dà proprio quel valore») e senza superflue."""

    def __init__(self, mancanti: dict[str, Fraction], serve: Fraction) -> None:
        self.mancanti, self.serve = mancanti, serve
        super().__init__(mancanti)
        for nome in mancanti:  # la scelta da mostrare: tolte, in ordine, le superflue
            if self.bastano(set(self) - {nome}):
                self.remove(nome)

    def bastano(self, scelte: set[str]) -> bool:
        return sum((self.mancanti[nome] for nome in scelte), ZERO) >= self.serve

    def ammette(self, scelte: Any) -> bool:
        diverse = set(scelte) if isinstance(scelte, list) else set()
        if len(diverse) != len(scelte or ()) or not diverse <= set(self.mancanti):
            return False
        return self.bastano(diverse) and not any(self.bastano(diverse - {nome}) for nome in diverse)


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
    elif riga.forma == "soglia":
        misura = {"ore": str(riga.dovute - conto.ore)}
    elif riga.forma == "proporzionale":
        misura = {"ore": str(riga.dovute * riga.massimo / 100 - conto.ore)}
    elif riga.forma == "per_distinti":
        ancora = ceil(riga.massimo / riga.percentuale) - len(conto.diverse)
        misura = {"organizzazioni": ancora}
        if riga.fra_aderenti:
            # «`possibile` falso quando non ci sono abbastanza aderenti l'ultimo giorno» (fra i non contati).
            possibile = possibile and len(programma.aderenti_il(ultimo_giorno) - conto.diverse) >= ancora
    elif riga.forma in ("composta", "tutte"):
        mancanti = {nome: quanto for nome, quanto in riga.parti.items() if nome not in conto.diverse}
        misura = {
            "parti": [*mancanti] if riga.forma == "tutte" else PartiAScelta(mancanti, piu_alto - valore)
        }
    return {"misura": misura, "possibile": possibile}


# ── Ricalcolare l'esito (i valori restano frazioni: si arrotondano quando si confrontano) ────────────────
def media(voci: list[tuple[Oggetto, Fraction]]) -> Oggetto:
    """«La media delle voci valutate secondo il `peso`; nessuna valutata → null, mai in una media»."""
    risultato: Oggetto = {}
    for nome in TRE_VALORI:
        valutate = [(voce[nome], peso) for voce, peso in voci if voce[nome] is not None]
        somma = sum((valore * peso for valore, peso in valutate), ZERO)
        risultato[nome] = somma / sum(peso for _, peso in valutate) if valutate else None
    return risultato


def quota(prima: Fraction | None, dopo: Fraction | None) -> Fraction:
    """«La differenza che fa al valore corrente della riga, entrambi arrotondati»."""
    return Fraction(due_decimali(dopo) or 0) - Fraction(due_decimali(prima) or 0)


def ricalcola_riga(programma: Programma, riga: Riga, conta_su: dict[str, set[str]]) -> Oggetto:
    conti = {nome: Conto(programma, riga) for nome in TRE_VALORI}
    elenchi: dict[str, list[Oggetto]] = {"conteggiate": [], "oltre_il_massimo": [], "scartate": []}
    # «Forme senza una quota sensata (`quota_ore` a soglia, `composta` con `tutte`, righe non valutate)».
    con_quote = riga.valutata and riga.forma not in ("soglia", "tutte")
    for evidenza, imputazione in riga.imputazioni:
        codice, misura = evidenza["codice"], misura_piena(evidenza, imputazione, riga)
        gia = conta_su.setdefault(codice, set())
        motivo = motivo_di_scarto(programma, riga, evidenza, imputazione, gia)
        if motivo is not None:  # «`scartate` contiene anche le pianificate che non conterebbero»
            elenchi["scartate"].append({"evidenza": codice, "motivo": motivo})
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
        # «Chi non porta nulla né a dichiarato né a riconosciuto perché la riga è già, esattamente, al più
        # alto»: chi porta meno di mezzo centesimo al riconosciuto qualcosa porta, anche se è scritta "0.00".
        gia_al_massimo = con_quote and prima["dichiarato"] == il_piu_alto(riga)
        if gia_al_massimo and prima["riconosciuto"] == conti["riconosciuto"].valore():
            elenchi["oltre_il_massimo"].append({"evidenza": codice})
            continue
        voce = {"evidenza": codice, "stato": imputazione["stato"], "misura": misura}
        voce |= {"misura_riconosciuta": riconosciuta}
        for nome in ("dichiarato", "riconosciuto"):
            voce[nome] = quota(prima[nome], conti[nome].valore()) if con_quote else None
        elenchi["conteggiate"].append(voce)
    return {
        "codice": riga.codice,
        **{nome: conto.valore() for nome, conto in conti.items()},
        # «Finché `ore_previste` [o `assegnata`] è null la riga è non valutata», e incompleta.
        "incompleta": riga.forma is not None and not riga.valutata,
        **elenchi,
        "manca": che_cosa_manca(conti["dichiarato"]),
    }


def ricalcola(scheda: Oggetto) -> Oggetto:
    """L'esito come dev'essere, rifatto dalla sola scheda."""
    programma = leggi_programma(scheda)
    conta_su: dict[str, set[str]] = {}  # di ogni evidenza, le azioni su cui già conta
    righe = [(riga, ricalcola_riga(programma, riga, conta_su)) for riga in programma.righe]
    azioni: list[tuple[Oggetto, Fraction]] = []
    for codice, peso in programma.azioni.items():
        sue = [(voce, riga.peso) for riga, voce in righe if riga.azione == codice]
        voci = [voce for voce, _ in sue]
        incompleta = any(voce["incompleta"] for voce in voci)
        azioni.append(({"codice": codice, **media(sue), "incompleta": incompleta, "righe": voci}, peso))
    obbligatorie = [azione for azione in azioni if azione[0]["codice"].startswith("obb.")]
    progettualita = [azione for azione in azioni if not azione[0]["codice"].startswith("obb.")]
    # «Forma canonica: UTF-8, chiavi ordinate, senza spazi, senza a capo finale; l'impronta è di quella».
    canonica = json.dumps(scheda, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    incompleto = any(voce["incompleta"] for voce, _ in azioni)
    parti = {"obbligatorie": media(obbligatorie), "progettualita": media(progettualita)}
    return {
        "sha256_scheda": hashlib.sha256(canonica.encode("utf-8")).hexdigest(),
        "programma": {**media(azioni), "incompleta": incompleto, **parti},
        "azioni": [voce for voce, _ in azioni],
    }


# ── Confrontare lo scritto con il ricalcolato ────────────────────────────────────────────────────────────
def confronta(dove: str, scritto: Any, ricalcolato: Any) -> list[str]:
    """Le differenze, una frase ciascuna: luogo, scritto, ricalcolato."""
    una_misura = dove.endswith(("misura", "misura_riconosciuta"))  # si confronta tutta intera
    if isinstance(ricalcolato, dict) and isinstance(scritto, dict) and not una_misura:
        differenze = []
        for chiave, valore in ricalcolato.items():
            atteso = due_decimali(valore) if chiave in TRE_VALORI else valore
            nome = str({"azioni": "azione", "righe": "riga"}.get(chiave, chiave))
            luogo = f"{dove}, {nome}" if dove else nome
            if chiave in scritto:
                differenze += confronta(luogo, scritto[chiave], atteso)
            else:
                differenze.append(f"{luogo}: non è scritto, ricalcolato {mostra(atteso)}")
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
    for chiave, valore in ricalcolata.items():  # una misura ha una voce sola
        altro: Any = scritta[chiave]
        if isinstance(valore, PartiAScelta):
            return valore.ammette(altro)
        if isinstance(valore, list):
            return isinstance(altro, list) and set(map(str, altro)) == set(map(str, valore))
        if chiave == "ore" and isinstance(altro, str) and re.fullmatch(NUMERO, altro):
            return Fraction(altro) == Fraction(valore)
        return type(altro) is type(valore) and bool(altro == valore)
    return True


# ── Leggere il file e dire com'è andata ──────────────────────────────────────────────────────────────────
def senza_doppioni(coppie: list[tuple[str, Any]]) -> Oggetto:
    """«Una chiave due volte in un oggetto è un errore»."""
    pretendi(len(dict(coppie)) == len(coppie), "una chiave è scritta due volte nello stesso oggetto")
    return dict(coppie)


def non_intero(scritto: str) -> Any:
    raise FileNonValido(f"c'è il numero {mostra(scritto)}, ma i numeri del contratto sono interi o testi")


def leggi(percorso: str) -> Any:
    try:
        with open(percorso, encoding="utf-8") as aperto:
            vincoli: Any = {"parse_float": non_intero, "parse_constant": non_intero}
            return json.load(aperto, object_pairs_hook=senza_doppioni, **vincoli)
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
    nomi = f'"({"|".join(TRE_VALORI)})":'
    percentuali = len(re.findall(nomi, json.dumps(ricalcolato, default=str)))
    quante = f"{percentuali} percentuali di {len(ricalcolato['azioni'])} azioni"
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
