"""``publiccode.yml`` ha le chiavi obbligatorie dello standard e concorda con il resto del deposito."""

import re
import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from django.conf import settings

import distretti

RADICE = Path(settings.BASE_DIR)
OBBLIGATORIE = {
    "publiccodeYmlVersion",
    "name",
    "url",
    "releaseDate",
    "platforms",
    "developmentStatus",
    "softwareType",
    "description",
    "legal",
    "maintenance",
    "localisation",
}
FACOLTATIVE = {
    "landingURL",
    "softwareVersion",
    "logo",
    "categories",
    "intendedAudience",
    "dependsOn",
    "IT",
}
"""Of the optional keys of the standard, those that we use: a key that is in neither set is a slip."""

AMMESSI = {
    "publiccodeYmlVersion": {"0", "0.4", "0.4.0"},
    "developmentStatus": {"concept", "development", "beta", "stable", "obsolete"},
    "softwareType": {
        "standalone/mobile",
        "standalone/iot",
        "standalone/desktop",
        "standalone/web",
        "standalone/backend",
        "standalone/other",
        "addon",
        "library",
        "configurationFiles",
    },
}
CATEGORIE = {"workflow-management", "document-management", "grant-management", "data-collection"}
AMBITI = {"local-authorities", "society", "welfare"}
"""The words of the two controlled vocabularies that we use."""


@pytest.fixture(scope="module")
def scheda() -> dict[str, Any]:
    letta: dict[str, Any] = yaml.safe_load((RADICE / "publiccode.yml").read_text(encoding="utf-8"))
    return letta


def progetto() -> dict[str, Any]:
    return dict(tomllib.loads((RADICE / "pyproject.toml").read_text(encoding="utf-8"))["project"])


def test_ci_sono_tutte_le_chiavi_obbligatorie_e_nessuna_sconosciuta(scheda: dict[str, Any]) -> None:
    assert OBBLIGATORIE - scheda.keys() == set()
    assert scheda.keys() - OBBLIGATORIE - FACOLTATIVE == set()


def test_i_valori_sono_quelli_ammessi(scheda: dict[str, Any]) -> None:
    assert {chiave: scheda[chiave] for chiave in AMMESSI if scheda[chiave] not in AMMESSI[chiave]} == {}
    assert set(scheda["categories"]) <= CATEGORIE
    assert set(scheda["intendedAudience"]["scope"]) <= AMBITI
    assert scheda["platforms"] == ["web"]


@pytest.mark.parametrize("lingua", ["it", "en"])
def test_le_descrizioni_hanno_le_misure_dello_standard(scheda: dict[str, Any], lingua: str) -> None:
    descrizione = scheda["description"][lingua]

    assert 0 < len(descrizione["shortDescription"]) <= 150
    assert "\n" not in descrizione["shortDescription"]
    assert 150 <= len(descrizione["longDescription"]) <= 10_000
    assert len(descrizione["features"]) == len(set(descrizione["features"])) > 0


def test_la_manutenzione_ha_il_suo_contatto(scheda: dict[str, Any]) -> None:
    manutenzione = scheda["maintenance"]

    assert manutenzione["type"] in {"internal", "contract", "community", "none"}
    assert manutenzione["contacts"]
    for contatto in manutenzione["contacts"]:
        assert contatto["name"]
        assert re.fullmatch(r"[^@\s]+@[^@\s]+\.[a-z]+", contatto["email"])


def test_la_lingua_e_quella_del_sito(scheda: dict[str, Any]) -> None:
    assert scheda["localisation"]["localisationReady"] is False
    assert scheda["localisation"]["availableLanguages"] == [lingua for lingua, _ in settings.LANGUAGES]


def test_gli_indirizzi_sono_assoluti_e_i_file_ci_sono(scheda: dict[str, Any]) -> None:
    for chiave in ("url", "landingURL"):
        assert scheda[chiave].startswith("https://")
    file = [scheda["logo"], *scheda["description"]["it"]["screenshots"]]
    assert [nome for nome in file if not (RADICE / nome).is_file()] == []


def test_la_parte_italiana_e_della_versione_prevista(scheda: dict[str, Any]) -> None:
    assert scheda["IT"]["countryExtensionVersion"] == "1.0"
    assert all(valore is False for valore in scheda["IT"]["piattaforme"].values())


def test_licenza_versione_e_python_sono_quelli_del_progetto(scheda: dict[str, Any]) -> None:
    assert scheda["legal"]["license"] == progetto()["license"] == "AGPL-3.0-or-later"
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in (RADICE / "LICENSE").read_text(encoding="utf-8")
    assert scheda["softwareVersion"] == distretti.__version__
    minima = scheda["dependsOn"]["open"][0]
    assert (minima["name"], f">={minima['versionMin']}") == ("Python", progetto()["requires-python"])


def test_versione_e_data_sono_le_prime_del_registro_delle_modifiche(scheda: dict[str, Any]) -> None:
    registro = (RADICE / "CHANGELOG.md").read_text(encoding="utf-8")
    versioni = re.findall(r"^## (\d+\.\d+\.\d+) – (\d{4}-\d{2}-\d{2})$", registro, re.MULTILINE)

    assert versioni[0] == (scheda["softwareVersion"], scheda["releaseDate"])
    giorni = [date.fromisoformat(giorno) for _, giorno in versioni]
    assert giorni == sorted(giorni, reverse=True)
