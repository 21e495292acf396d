"""La casa è coerente: modelli che guardano in giù, modelli di pagina usati, vincoli con nome e parole."""

import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.conf import settings
from django.db.models import CheckConstraint, UniqueConstraint
from django.urls import get_resolver

from tests.conftest import Persone
from tests.indirizzi.mondo import crea_mondo
from tests.indirizzi.tavola import TAVOLA
from tests.indirizzi.titoli import difetti_dei_titoli

RADICE = Path(settings.BASE_DIR)
MODELLI = RADICE / "templates"
PIANI = ("distretti", "programmi", "valutazione")
APERTI_DA_DJANGO = {"400.html", "403.html", "403_csrf.html", "404.html", "500.html"}
"""By name, from Django's own error views; so are those under ``django/forms``."""

_VINCOLI_INTERNI = re.compile(r"_ordine_(unico|da_uno)\Z")
"""Positions in a list are given by the services: no person ever types one."""

_SOLO_DATI_DI_BASE = {
    "alias_unico",
    "marchio_codice_unico",
    "modello_unico_per_anno",
    "schema_codice_unico",
    "voce_codice_unico",
}
"""Tables that no page writes: only ``carica_base`` and ``importa`` do, with errors of their own."""

_GIA_TOLTI_I_DOPPIONI = {"classificazione_non_ripetuta", "coinvolta_non_ripetuta"}
"""What is named twice is dropped, or refused by the service in its own words, before it is saved."""


def _modelli() -> dict[str, str]:
    return {str(p.relative_to(MODELLI)): p.read_text(encoding="utf-8") for p in MODELLI.rglob("*.html")}


def _sorgenti() -> str:
    cartelle = ("config", *PIANI)
    return "\n".join(
        p.read_text(encoding="utf-8")
        for cartella in cartelle
        for p in (RADICE / cartella).rglob("*.py")
        if "migrations" not in p.parts
    )


def _senza_commenti(testo: str) -> str:
    return re.sub(r"{% comment %}.*?{% endcomment %}|{#.*?#}", "", testo, flags=re.DOTALL)


def test_ogni_modello_di_pagina_e_usato() -> None:
    modelli, sorgenti = _modelli(), _sorgenti()
    nominati = set(re.findall(r"""["']([\w./-]+\.html)["']""", sorgenti))
    for testo in modelli.values():
        nominati |= set(re.findall(r"""["']([\w./-]+\.html)["']""", _senza_commenti(testo)))
    non_nostri = {nome for nome in modelli if nome.startswith("django/forms/")}
    assert set(modelli) - nominati - APERTI_DA_DJANGO - non_nostri == set()
    assert set(modelli) >= APERTI_DA_DJANGO


def test_ogni_etichetta_e_ogni_filtro_dei_modelli_e_usato() -> None:
    testi = "".join(file.read_text(encoding="utf-8") for file in MODELLI.rglob("*.html"))
    nostri = {
        nome
        for piano in ("distretti", "programmi", "valutazione")
        for file in (RADICE / piano / "templatetags").glob("[a-z]*.py")
        for libreria in [import_module(f"{piano}.templatetags.{file.stem}").register]
        for nome in [*(f"|{filtro}" for filtro in libreria.filters), *(f"% {tag}" for tag in libreria.tags)]
    }
    assert len(nostri) > 10
    assert [nome for nome in sorted(nostri) if not re.search(rf"{re.escape(nome)}\b", testi)] == []


def test_il_foglio_di_stile_ha_le_sue_variabili_e_solo_classi_usate() -> None:
    foglio = re.sub(
        r"/\*.*?\*/", "", (RADICE / "static/css/distretti.css").read_text(encoding="utf-8"), flags=re.S
    )
    definite = set(re.findall(r"^  (--[\w-]+):", foglio, flags=re.MULTILINE))
    assert set(re.findall(r"var\((--[\w-]+)", foglio)) - definite == set()
    assert "var(--" in foglio
    cartelle = ("templates", "static/js", "config", "distretti", "programmi", "valutazione")
    testi = "".join(
        file.read_text(encoding="utf-8")
        for cartella in cartelle
        for file in (RADICE / cartella).rglob("*")
        if file.suffix in (".html", ".js", ".py")
    )
    # The names that a template makes out of two: "stato-{{ tono }}".
    composte = re.findall(r"([a-z-]+-)\{[{%]", testi)
    classi = set(re.findall(r"\.([a-z][\w-]+)(?=[^;{}]*\{)", re.sub(r"url\([^)]*\)", "", foglio)))
    inutili = {c for c in classi if c not in testi and not c.startswith(tuple(composte))}
    assert inutili == set()


def test_ogni_nome_di_indirizzo_nei_modelli_esiste() -> None:
    noti = {chiave for chiave in get_resolver().reverse_dict if isinstance(chiave, str)}
    usati = {
        (nome, indirizzo)
        for nome, testo in _modelli().items()
        for indirizzo in re.findall(r"""{%\s*url\s+["']([^"']+)["']""", testo)
    }
    assert len(usati) > 50
    assert {coppia for coppia in usati if coppia[1] not in noti} == set()


def test_nessuno_script_o_stile_in_pagina_e_nessun_testo_creduto() -> None:
    vietati = {
        "script in pagina": r"<script(?![^>]*\bsrc=)",
        "stile in pagina": r"<style\b|\sstyle\s*=",
        "gestore in pagina": r"\son[a-z]+\s*=\s*[\"']",
        "testo creduto": r"\|\s*safe\b|{%\s*autoescape\s+off",
        "terza parte": r"""(?:src|href)\s*=\s*["'](?:https?:)?//""",
    }
    trovati = [
        f"{nome}: {che_cosa}"
        for nome, testo in _modelli().items()
        for che_cosa, forma in vietati.items()
        if re.search(forma, _senza_commenti(testo), flags=re.IGNORECASE)
    ]
    assert trovati == []


def test_ogni_relazione_guarda_in_giu_o_sullo_stesso_piano() -> None:
    altezza = {piano: posto for posto, piano in enumerate(PIANI)}
    in_su = [
        f"{modello._meta.label}.{campo.name} → {campo.related_model._meta.label}"
        for piano in PIANI
        for modello in apps.get_app_config(piano).get_models(include_auto_created=True)
        for campo in modello._meta.get_fields()
        if campo.is_relation and not campo.auto_created and not isinstance(campo.related_model, str)
        if campo.related_model is not None
        if altezza.get(campo.related_model._meta.app_label, -1) > altezza[piano]
    ]
    assert in_su == []


def _vincoli() -> Iterator[tuple[type[Any], CheckConstraint | UniqueConstraint]]:
    for piano in PIANI:
        for modello in apps.get_app_config(piano).get_models():
            for vincolo in modello._meta.constraints:
                if isinstance(vincolo, CheckConstraint | UniqueConstraint):
                    yield modello, vincolo


_PAROLE = {
    "aliasorganizzazione": ("alias_",),
    "commentoazione": ("commento_",),
    "passaggiochiusura": ("passaggio_chiusura_",),
    "parametrichiusura": ("parametri_chiusura_",),
    "parametriconservazione": ("parametri_conservazione_",),
    "parametricontributo": ("parametri_contributo_",),
    "costomanager": ("costo_manager_",),
    "annotazionedistretto": ("annotazione_",),
    "attoannotato": ("annotato_",),
    "attocitato": ("atto_citato_",),
    "classificazioneprogettualita": ("classificazione_",),
    "codiceprecedente": ("codice_precedente_",),
    "datievento": ("dati_evento_",),
    "datodichiarato": ("dato_dichiarato_",),
    "importazioneregistro": ("importazione_",),
    "indicatore": ("indicatore_", "obbligatoria_"),
    "modelloannuale": ("modello_",),
    "motivoverifica": ("motivo_verifica_",),
    "oggettoevento": ("oggetto_evento_",),
    "organizzazionecoinvolta": ("coinvolta_",),
    "replicaverifica": ("replica_verifica_",),
    "rigamodello": ("riga_modello_",),
    "schemaclassificazione": ("schema_",),
    "serieincorso": ("serie_",),
    "testaregistro": ("testa_registro_",),
    "tokenlettura": ("token_",),
    "voceclassificazione": ("voce_",),
}
"""The word of a model whose name is two words; the others begin with their own name."""


def test_ogni_vincolo_comincia_con_la_parola_del_suo_modello() -> None:
    fuori = [
        vincolo.name
        for modello, vincolo in _vincoli()
        if not vincolo.name.startswith(
            _PAROLE.get(modello._meta.model_name, (f"{modello._meta.model_name}_",))
        )
    ]
    assert fuori == []


def test_ogni_vincolo_che_una_persona_puo_incontrare_ha_le_sue_parole() -> None:
    muti = {
        vincolo.name
        for _, vincolo in _vincoli()
        if vincolo.violation_error_message == vincolo.default_violation_error_message
        and not _VINCOLI_INTERNI.search(vincolo.name)
    }
    assert muti == _SOLO_DATI_DI_BASE | _GIA_TOLTI_I_DOPPIONI


@pytest.mark.django_db
def test_anche_le_pagine_di_un_modulo_rifiutato_hanno_titoli_in_scala(persone: Persone) -> None:
    mondo, difetti, guardate = crea_mondo(persone), [], 0
    for voce in TAVOLA:
        if voce.metodi == ("GET", "POST"):
            risposta = mondo.entra(voce.scrivono[0]).post(voce.indirizzo(mondo), {"azione": "registra"})
            if risposta.status_code in (409, 422):
                guardate += 1
                difetti += [f"{voce}: {d}" for d in difetti_dei_titoli(risposta.content.decode())]
    assert difetti == []
    assert guardate >= 12


def test_chi_blocca_una_riga_non_tiene_fuori_chi_la_cita() -> None:
    """``FOR UPDATE`` waits for who points to the row, who may be waiting for the head of the events."""
    blocchi = re.findall(r"select_for_update\(([^\n]*)", _sorgenti())
    assert blocchi
    assert [blocco for blocco in blocchi if not blocco.startswith("no_key=True")] == []
