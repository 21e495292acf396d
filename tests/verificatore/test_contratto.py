"""Le frasi del contratto su cui programma e verificatore si sono trovati in disaccordo (decisione 20)."""

import pytest

from tests.kernel.costruzione import Json, scheda_con
from tests.verificatore.pacchetti import differenze, pacchetto_di, riga

DISTINTI: Json = {
    "tipo": "per_distinti",
    "percentuale": "50",
    "distinti": "organizzazione_aderente",
    "evidenze": ["incontro"],
}
UNICA: Json = {"tipo": "unica", "percentuale": "100", "evidenze": ["relazione"]}


def con_aderenti(regola: Json, **della_riga: str) -> Json:
    """One member from the beginning, another (the last that is needed) only from June."""
    aderenti: list[Json] = [
        {"organizzazione": "comune", "dal": "2022-07-15", "al": None, "marchi": []},
        {"organizzazione": "coop", "dal": "2025-06-01", "al": None, "marchi": []},
    ]
    scheda = scheda_con({"1.1": regola}, aderenti=aderenti)
    scheda["progettualita"][0]["indicatori"][0] |= della_riga
    return scheda


@pytest.mark.parametrize(
    ("regola", "della_riga", "possibile"),
    [
        (DISTINTI, {}, True),
        (DISTINTI | {"entro": "2025-05-31"}, {}, False),
        (DISTINTI | {"entro": "2025-06-01"}, {}, True),
        (DISTINTI, {"al": "2025-05-31"}, False),
    ],
)
def test_l_ultimo_giorno_e_quello_in_cui_un_evidenza_puo_contare(
    regola: Json, della_riga: dict[str, str], possibile: bool
) -> None:
    """«Registrare proprio quello dà proprio quel valore»: dopo `entro` o `al` della riga non lo darebbe."""
    pacchetto = pacchetto_di(con_aderenti(regola, **della_riga))
    assert riga(pacchetto, "1.1")["manca"]["possibile"] is possibile
    assert differenze(pacchetto) == []


def test_se_nessun_giorno_puo_contare_non_e_possibile() -> None:
    scheda = con_aderenti(UNICA | {"entro": "2025-05-31"}, dal="2025-06-01")
    pacchetto = pacchetto_di(scheda)
    assert riga(pacchetto, "1.1")["manca"]["possibile"] is False
    assert differenze(pacchetto) == []


def test_chi_porta_meno_di_mezzo_centesimo_al_riconosciuto_e_conteggiata() -> None:
    """Oltre il massimo è chi non porta nulla *perché* la riga è già, *esattamente*, al più alto: qui il
    riconosciuto cresce di un millesimo, e la quota è zero soltanto perché è arrotondata."""
    regola = {"tipo": "per_unita", "percentuale": "0.001", "massimo": "0.003", "evidenze": ["post"]}
    evidenze: list[Json] = [
        {"codice": "e1", "tipo": "post", "riga": "1.1", "misura": {"unita": 3}},
        {"codice": "e2", "tipo": "post", "riga": "1.1", "stato": "accolta"},
        {"codice": "e3", "tipo": "post", "riga": "1.1"},
    ]
    pacchetto = pacchetto_di(scheda_con({"1.1": regola}, evidenze))
    trovata = riga(pacchetto, "1.1")
    assert [c["evidenza"] for c in trovata["conteggiate"]] == ["e1", "e2"]
    assert trovata["oltre_il_massimo"] == [{"evidenza": "e3"}]
    assert differenze(pacchetto) == []


def test_di_piu_parti_che_bastano_ogni_scelta_senza_superflue_e_giusta() -> None:
    """«Registrare proprio quello dà proprio quel valore»: il contratto non dice quali parti preferire."""
    parti = [
        {"nome": nome, "percentuale": quanto} for nome, quanto in (("a", "50"), ("b", "50"), ("c", "10"))
    ]
    parti[1]["percentuale"] = "40"
    regola = {"tipo": "composta", "parti": parti, "tutte": False, "massimo": "50", "evidenze": ["documento"]}
    pacchetto = pacchetto_di(scheda_con({"1.1": regola}))
    manca = riga(pacchetto, "1.1")["manca"]["misura"]
    assert manca == {"parti": ["a"]}
    for scelta, giusta in [(["b", "c"], True), (["a", "c"], False), (["c"], False), (["a", "a"], False)]:
        manca["parti"] = scelta
        assert (differenze(pacchetto) == []) is giusta
