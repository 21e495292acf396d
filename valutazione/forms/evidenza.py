"""The form of an evidence: its own fields, and for each line that admits it, a tick and a measure."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict

from distretti.models import Organizzazione
from programmi.regola import (
    Regola,
    RegolaComposta,
    RegolaFasce,
    RegolaPerUnita,
    RegolaQuotaOre,
    TipoEvidenza,
    Ufficio,
    frase,
)
from valutazione.forms.tipi import campi_di
from valutazione.models import Evidenza
from valutazione.models.evidenza import CAMPI_PROGETTO, scelte_tipo
from valutazione.scheda.modello import Riga, Scheda

MESSAGGIO_ORGANIZZAZIONE = (
    "«{nome}» non è nel registro: scrivi il nome del registro, oppure metti questa organizzazione "
    "tra le persone coinvolte o nella descrizione."
)


class TipoForm(forms.Form):
    """The first question: what is it?"""

    tipo = forms.ChoiceField(
        label="Che cosa vuoi registrare?",
        choices=scelte_tipo,
        widget=forms.RadioSelect,
        error_messages={
            "required": "Scegli che cosa vuoi registrare.",
            "invalid_choice": "Questo tipo di evidenza non esiste.",
        },
    )

    def __init__(self, *args: Any, regole: list[Regola], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        ammessi = {tipo for regola in regole for tipo in regola.evidenze}
        gruppi = [
            ("Contano su almeno una riga del programma", [t for t in TipoEvidenza if t in ammessi]),
            ("Non contano su nessuna riga", [t for t in TipoEvidenza if t not in ammessi]),
        ]
        campo = self.fields["tipo"]
        assert isinstance(campo, forms.ChoiceField)
        campo.choices = [(nome, [(t.value, t.etichetta) for t in tipi]) for nome, tipi in gruppi if tipi]


def _data(etichetta: str, *, required: bool = False, aiuto: str = "") -> forms.DateField:
    return forms.DateField(
        label=etichetta,
        required=required,
        help_text=aiuto,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"invalid": "Scrivi una data che esiste, per esempio 19/06/2025."},
    )


def _testo(
    etichetta: str, *, righe: int = 0, aiuto: str = "", massimo: int | None = None, required: bool = False
) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": righe}) if righe else forms.TextInput()
    return forms.CharField(
        label=etichetta, required=required, help_text=aiuto, max_length=massimo, widget=widget
    )


@dataclass(frozen=True)
class RigaImputabile:
    """A line the evidence can be credited to, with the fields that belong to it."""

    riga: Riga
    frase: str
    spunta: forms.BoundField
    misura: forms.BoundField | None


class EvidenzaForm(forms.Form):
    """Shape of an evidence of one type. ``voce()`` gives it in the exchange format."""

    data = _data("Data", required=True)  # type: ignore[assignment]  # the metaclass takes it away
    titolo = _testo("Titolo", massimo=500, required=True, aiuto="Lo leggono solo il distretto e l'Agenzia.")
    data_fine = _data("Fino al", aiuto="Solo se dura più giorni.")
    argomento = _testo("Argomento trattato", righe=2)
    luogo = _testo("Luogo", massimo=500)
    presenze = forms.MultipleChoiceField(
        label="Erano presenti",
        required=False,
        choices=[(ufficio.value, ufficio.etichetta) for ufficio in Ufficio],
        widget=forms.CheckboxSelectMultiple,
    )
    aderenti = forms.MultipleChoiceField(
        label="Organizzazioni aderenti coinvolte", required=False, widget=forms.CheckboxSelectMultiple
    )
    altre = _testo(
        "Altre organizzazioni coinvolte",
        righe=2,
        aiuto="Una per riga, con il nome del registro dei distretti.",
    )
    persone = _testo("Persone coinvolte", righe=3, aiuto="Una per riga. Non saranno mai pubblicate.")
    url = _testo("Indirizzo web", massimo=2000)
    descrizione = _testo("Descrizione", righe=4)
    titolo_pubblico = _testo(
        "Titolo per il pubblico",
        massimo=500,
        aiuto="Facoltativo: sarà leggibile da tutti, quindi senza nomi di persone.",
    )
    pianificata = forms.BooleanField(
        label="Pianificata: non è ancora avvenuta",
        required=False,
        help_text="Finché è pianificata non conta; serve a vedere dove si arriverà.",
    )

    def __init__(self, *args: Any, evidenza: Evidenza, scheda: Scheda, **kwargs: Any) -> None:
        self.evidenza = evidenza
        self.scheda = scheda
        self.tipo = TipoEvidenza(evidenza.tipo)
        super().__init__(*args, **kwargs)
        righe = [*scheda.obbligatorie, *(r for p in scheda.progettualita for r in p.indicatori)]
        self._righe = self._imputabili(righe)
        self._togli_campi(campi_di(self.tipo, [r.regola for r in righe if r.regola]))
        self._aderenti()
        self._campi_delle_righe()

    def _imputabili(self, righe: list[Riga]) -> list[Riga]:
        """The lines whose rule admits this type, and those it is credited to already."""
        gia = {imputazione.indicatore.codice for imputazione in _imputazioni_di(self.evidenza)}
        return [r for r in righe if (r.regola and self.tipo in r.regola.evidenze) or r.codice in gia]

    def _togli_campi(self, tenuti: set[str]) -> None:
        sempre = {"data", "titolo", "titolo_pubblico", "pianificata"}
        if "organizzazioni" in tenuti:
            tenuti |= {"aderenti", "altre"}
        if "progetto" in tenuti:
            for nome, etichetta in CAMPI_PROGETTO.items():
                corto = nome == "titolo"
                self.fields[f"progetto_{nome}"] = _testo(etichetta, righe=0 if corto else 3, required=True)
            tenuti |= {f"progetto_{nome}" for nome in CAMPI_PROGETTO}
        for nome in list(self.fields):
            if nome not in sempre | tenuti:
                del self.fields[nome]

    def _aderenti(self) -> None:
        if "aderenti" in self.fields:
            nomi = {o.codice: o.denominazione for o in self.scheda.organizzazioni}
            codici = dict.fromkeys(aderente.organizzazione for aderente in self.scheda.aderenti)
            campo = self.fields["aderenti"]
            assert isinstance(campo, forms.MultipleChoiceField)
            campo.choices = [(codice, nomi.get(codice, codice)) for codice in codici]

    def _campi_delle_righe(self) -> None:
        for riga in self._righe:
            self.fields[nome_riga(riga)] = forms.BooleanField(label=riga.testo, required=False)
            misura = self._campo_misura(riga)
            if misura is not None:
                self.fields[nome_misura(riga)] = misura

    def _campo_misura(self, riga: Riga) -> forms.Field | None:
        match riga.regola:
            case RegolaPerUnita() | RegolaFasce() if self.tipo.a_unita:
                return forms.IntegerField(
                    label=f"Quanti {self.tipo.plurale}"
                    if not self.tipo.parola.femminile
                    else f"Quante {self.tipo.plurale}",
                    required=False,
                    min_value=1,
                    initial=1,
                    error_messages={"invalid": "Scrivi un numero intero."},
                )
            case RegolaComposta(parti=parti):
                return forms.MultipleChoiceField(
                    label="Parti realizzate",
                    required=False,
                    choices=[(parte.nome, parte.nome) for parte in parti],
                    widget=forms.CheckboxSelectMultiple,
                )
            case RegolaQuotaOre():
                return _testo("Ore frequentate", aiuto="Per esempio 3 oppure 2,5.")
        return None

    def righe(self) -> list[RigaImputabile]:
        """The lines with their bound fields, for the template."""
        return [
            RigaImputabile(
                riga=riga,
                frase=frase(riga.regola) if riga.regola else "non valutata",
                spunta=self[nome_riga(riga)],
                misura=self[nome_misura(riga)] if nome_misura(riga) in self.fields else None,
            )
            for riga in self._righe
        ]

    def campi_propri(self) -> list[forms.BoundField]:
        """The fields of the evidence itself, without those of the lines."""
        return [self[nome] for nome in self.fields if not nome.startswith(("riga-", "misura-"))]

    def clean_altre(self) -> list[str]:
        """Names, other names or codes of the register, one a line → codes."""
        nomi = [nome.strip() for nome in self.cleaned_data["altre"].splitlines() if nome.strip()]
        codici: list[str] = []
        for nome in nomi:
            trovata = Organizzazione.objects.con_nome(nome).first()
            if trovata is None:
                raise forms.ValidationError(MESSAGGIO_ORGANIZZAZIONE.format(nome=nome))
            codici.append(trovata.codice)
        return codici

    def voce(self) -> dict[str, Any]:
        """The evidence in the exchange format, from valid data; imputazioni in attesa."""
        dati = self.cleaned_data
        voce: dict[str, Any] = {
            "codice": self.evidenza.codice,
            "tipo": self.tipo.value,
            "data": dati["data"].isoformat(),
            "imputazioni": [self._imputazione(r) for r in self._righe if dati.get(nome_riga(r))],
            "allegati": [
                {"nome": a.nome, "tipo": a.tipo, "dimensione": a.dimensione, "sha256": a.sha256}
                for a in self.evidenza.allegati.all()
            ],
        }
        for campo in ("titolo", "argomento", "luogo", "url", "descrizione", "titolo_pubblico"):
            if dati.get(campo):
                voce[campo] = dati[campo].replace("\r\n", "\n")
        if dati.get("data_fine"):
            voce["data_fine"] = dati["data_fine"].isoformat()
        if dati.get("persone"):
            voce["persone"] = [nome.strip() for nome in dati["persone"].splitlines() if nome.strip()]
        if dati.get("presenze"):
            voce["presenze"] = dati["presenze"]
        organizzazioni = list(dict.fromkeys([*dati.get("aderenti", []), *dati.get("altre", [])]))
        if organizzazioni:
            voce["organizzazioni"] = organizzazioni
        if dati.get("pianificata"):
            voce["pianificata"] = True
        if "progetto_titolo" in self.fields:
            voce["progetto"] = {
                nome: dati[f"progetto_{nome}"].replace("\r\n", "\n") for nome in CAMPI_PROGETTO
            }
        return voce

    def _imputazione(self, riga: Riga) -> dict[str, Any]:
        imputazione: dict[str, Any] = {"indicatore": riga.codice, "stato": "in_attesa"}
        misura = misura_json(riga.regola, self.cleaned_data.get(nome_misura(riga)))
        return imputazione | ({"misura": misura} if misura else {})

    def riporta(self, errori: dict[str, str]) -> None:
        """Put the errors of the service, keyed by path of the exchange format, beside their fields."""
        imputate = [r for r in self._righe if self.cleaned_data.get(nome_riga(r))]
        for percorso, messaggio in errori.items():
            self.add_error(self._campo_di(percorso, imputate), messaggio[:1].upper() + messaggio[1:])

    def _campo_di(self, percorso: str, imputate: list[Riga]) -> str | None:
        testa, _, resto = percorso.partition(".")
        nome = testa.partition("[")[0]
        if nome == "imputazioni" and "[" in testa:
            riga = imputate[int(testa.partition("[")[2].rstrip("]"))]
            return next((n for n in (nome_misura(riga), nome_riga(riga)) if n in self.fields), None)
        if nome == "progetto":
            nome = f"progetto_{resto}"
        if nome == "organizzazioni":
            nome = "aderenti"
        return nome if nome in self.fields else None

    @classmethod
    def da_digitato(cls, evidenza: Evidenza, scheda: Scheda) -> "EvidenzaForm":
        """The form as it was left: what was typed and not confirmed, else what is recorded."""
        if evidenza.dati_modulo is None:
            return cls(evidenza=evidenza, scheda=scheda, initial=iniziali(evidenza))
        vuoto = cls(evidenza=evidenza, scheda=scheda)
        digitato = querydict(evidenza.dati_modulo)
        valori = {
            nome: campo.widget.value_from_datadict(digitato, {}, nome) for nome, campo in vuoto.fields.items()
        }
        return cls(evidenza=evidenza, scheda=scheda, initial=valori)


def nome_riga(riga: Riga) -> str:
    """The field of the tick of a line: "riga-4-1"."""
    return "riga-" + riga.codice.replace(".", "-")


def nome_misura(riga: Riga) -> str:
    return "misura-" + riga.codice.replace(".", "-")


def misura_json(regola: Regola | None, valore: Any) -> dict[str, Any] | None:
    """The measure of the form of ``regola``, from what a field gave; None when there is none."""
    match regola:
        case RegolaPerUnita() | RegolaFasce():
            return {"unita": valore} if valore and valore != 1 else None
        case RegolaComposta():
            return {"parti": list(valore)} if valore else None
        case RegolaQuotaOre():
            return {"ore": valore.strip().replace(",", ".")} if valore and valore.strip() else None
    return None


def iniziali(evidenza: Evidenza) -> dict[str, Any]:
    """What is recorded, as the values of the form's fields."""
    valori: dict[str, Any] = {
        campo: getattr(evidenza, campo)
        for campo in ("data", "data_fine", "titolo", "argomento", "luogo", "url", "descrizione")
    }
    coinvolte = [c.organizzazione for c in evidenza.coinvolte.select_related("organizzazione")]
    aderenti = set(evidenza.programma.distretto.adesioni.values_list("organizzazione__codice", flat=True))
    valori |= {
        "titolo_pubblico": evidenza.titolo_pubblico,
        "pianificata": evidenza.pianificata,
        "presenze": evidenza.presenze,
        "persone": "\n".join(evidenza.persone),
        "aderenti": [o.codice for o in coinvolte if o.codice in aderenti],
        "altre": "\n".join(o.denominazione for o in coinvolte if o.codice not in aderenti),
    }
    valori |= {f"progetto_{nome}": (evidenza.progetto or {}).get(nome, "") for nome in CAMPI_PROGETTO}
    for imputazione in _imputazioni_di(evidenza):
        coda = imputazione.indicatore.codice.replace(".", "-")
        misura = imputazione.misura or {}
        valori[f"riga-{coda}"] = True
        if misura:
            valore = next(iter(misura.values()))
            valori[f"misura-{coda}"] = valore.replace(".", ",") if isinstance(valore, str) else valore
    return valori


def querydict(dati: dict[str, list[str]]) -> QueryDict:
    """What was typed, as a form reads it."""
    digitato = QueryDict(mutable=True)
    for nome, valori in dati.items():
        digitato.setlist(nome, valori)
    return digitato


def _imputazioni_di(evidenza: Evidenza) -> Any:
    return evidenza.imputazioni.select_related("indicatore__progettualita")
