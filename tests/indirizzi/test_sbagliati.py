"""Chi sbaglia lo sa: il titolo, il riepilogo che prende il fuoco, lo stesso testo accanto al campo."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

import pytest
import tinyhtml5

from tests.indirizzi.mondo import Mondo
from tests.indirizzi.sbagliati import moduli, rifiuti

pytestmark = pytest.mark.django_db


def albero(risposta: Any) -> Element:
    radice: Element = tinyhtml5.parse(
        risposta.content, namespace_html_elements=False, transport_encoding="utf-8"
    )
    return radice


def parole_di(elemento: Element | None) -> str:
    return "" if elemento is None else " ".join("".join(elemento.itertext()).split())


def test_ogni_cosa_che_va_male_risponde_con_il_suo_stato(mondo: Mondo) -> None:
    """E con una pagina intera, nella nostra lingua, dalle intestazioni strette."""
    fuori = []
    for rifiuto in rifiuti(mondo):
        risposta = rifiuto.manda(mondo)
        if risposta.status_code != rifiuto.atteso:
            fuori.append(f"{rifiuto}: {risposta.status_code}, non {rifiuto.atteso}")
        if "<h1" not in risposta.content.decode():
            fuori.append(f"{rifiuto}: senza titolo")
    assert fuori == []


def test_ogni_modulo_sbagliato_si_spiega(mondo: Mondo) -> None:
    difetti, guardati = [], set()
    for rifiuto in moduli(mondo):
        pagina = albero(rifiuto.manda(mondo))
        guardati.add(rifiuto.nome)
        difetti += [f"{rifiuto} {rifiuto.corpo}: {difetto}"[:300] for difetto in _difetti(pagina)]
    assert difetti == []
    assert len(guardati) >= 18


def _difetti(pagina: Element) -> Iterator[str]:
    if not parole_di(pagina.find(".//title")).startswith("Errore: "):
        yield "il titolo non comincia con «Errore: »"
    riepiloghi = [e for e in pagina.iter("div") if e.get("class") == "riepilogo-errori"]
    if len(riepiloghi) != 1:
        yield f"{len(riepiloghi)} riepiloghi"
        return
    (riepilogo,) = riepiloghi
    if (riepilogo.get("role"), riepilogo.get("tabindex")) != (
        "alert",
        "-1",
    ) or "autofocus" not in riepilogo.attrib:
        yield "il riepilogo non prende il fuoco"
    per_id = {e.get("id"): e for e in pagina.iter() if e.get("id")}
    voci = list(riepilogo.iter("li"))
    if not voci:
        yield "il riepilogo non dice niente"
    for voce in voci:
        collegamento = voce.find("a")
        if collegamento is not None:
            yield from _difetti_della_voce(pagina, per_id, collegamento)
    yield from _difetti_dei_campi(pagina, per_id, parole_di(riepilogo))


def _difetti_della_voce(pagina: Element, per_id: dict[Any, Element], voce: Element) -> Iterator[str]:
    campo = per_id.get(str(voce.get("href"))[1:])
    if campo is None:
        yield f"«{parole_di(voce)}» non porta a niente"
    elif campo.tag not in ("input", "select", "textarea", "button"):
        yield f"«{parole_di(voce)}» porta a un {campo.tag}, che non prende il fuoco"


def _difetti_dei_campi(pagina: Element, per_id: dict[Any, Element], riepilogo: str) -> Iterator[str]:
    """What the summary says is also beside its field, and tied to it."""
    for elenco in pagina.iter("ul"):
        if elenco.get("class") != "campo-errori":
            continue
        for errore in elenco.iter("li"):
            detto = parole_di(errore).removeprefix("Errore: ")
            if detto not in riepilogo:
                yield f"«{detto}» non è nel riepilogo"
        legati = [e for e in pagina.iter() if elenco.get("id") in str(e.get("aria-describedby")).split()]
        if not legati:
            yield f"«{parole_di(elenco)}» non è legato a un campo"
        for legato in legati:
            campi = [legato] if legato.tag != "fieldset" else list(legato.iter("input"))
            if not any(campo.get("aria-invalid") == "true" for campo in campi):
                yield f"«{parole_di(elenco)}»: il campo non è segnato come sbagliato"


DI_DJANGO = re.compile(
    r"Questo campo è obbligatorio|Inserisci|Assicurati che|Scegli un'opzione valida|"
    r"dati del modulo di gestione|ManagementForm|form di gestione|This field|Enter a|Select a|Ensure",
    re.IGNORECASE,
)
"""How Django says it: right, but not as we speak to people."""

DEL_FORMATO = re.compile(r"\$\.|\bnull\b|un testo|chiave|[0-9]\.[0-9]|100/3")
"""Words of the exchange format, which nobody who fills in a form has read."""


def _voci_del_riepilogo(pagina: Element) -> Iterator[Element]:
    """What the summary of the errors says: the page may speak of lines by their codes elsewhere."""
    for riepilogo in pagina.iter("div"):
        if riepilogo.get("class") == "riepilogo-errori":
            yield from riepilogo.iter("li")


@pytest.mark.parametrize("vietate", [DI_DJANGO, DEL_FORMATO], ids=["di Django", "del formato di scambio"])
def test_un_errore_parla_con_le_nostre_parole(mondo: Mondo, vietate: re.Pattern[str]) -> None:
    frasi = set()
    for rifiuto in moduli(mondo):
        for voce in _voci_del_riepilogo(albero(rifiuto.manda(mondo))):
            if vietate.search(parole_di(voce)) and voce.find("a") is not None:
                frasi.add(f"{rifiuto}: {parole_di(voce)}")
    assert sorted(frasi) == []
