"""The form of an evidence: its own fields, and for each line that admits it, a tick and a measure."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.validators import URLValidator
from django.http import QueryDict

from distretti.models import Organizzazione
from programmi.regola import TipoEvidenza, Ufficio, frase
from valutazione.forms.campi import (
    campo_giorno,
    campo_misura,
    campo_testo,
    misura_json,
    nome_misura,
    nome_riga,
)
from valutazione.forms.digitato import coinvolte_in, imputazioni_di, iniziali, querydict
from valutazione.forms.righe_viste import DELLE_RIGHE, RIGHE_CAMBIATE, righe_viste, riprese
from valutazione.forms.tipi import campi_di
from valutazione.models import Evidenza
from valutazione.models.evidenza import CAMPI_PROGETTO
from valutazione.scheda.modello import Riga, Scheda

indirizzo_web = URLValidator(
    ["http", "https"], message="Scrivi l'indirizzo per intero, per esempio https://www.esempio.it/pagina."
)

MESSAGGIO_ORGANIZZAZIONE = (
    "«{nome}» non è nel registro: scrivi il nome del registro, oppure metti questa organizzazione "
    "tra le persone coinvolte o nella descrizione."
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

    titolo = campo_testo(
        "Titolo", massimo=500, required=True, aiuto="Lo leggono solo il distretto e l'Agenzia."
    )
    data_fine = campo_giorno("Fino al", aiuto="Solo se dura più giorni.")
    argomento = campo_testo("Argomento trattato", righe=2)
    luogo = campo_testo("Luogo", massimo=500)
    presenze = forms.MultipleChoiceField(
        label="Erano presenti",
        required=False,
        choices=[(ufficio.value, ufficio.etichetta) for ufficio in Ufficio],
        widget=forms.CheckboxSelectMultiple,
    )
    aderenti = forms.MultipleChoiceField(
        label="Organizzazioni aderenti coinvolte", required=False, widget=forms.CheckboxSelectMultiple
    )
    altre = campo_testo(
        "Altre organizzazioni coinvolte",
        righe=2,
        aiuto="Una per riga, con il nome del registro dei distretti.",
    )
    persone = campo_testo("Persone coinvolte", righe=3, aiuto="Una per riga. Non saranno mai pubblicate.")
    url = campo_testo("Indirizzo web", massimo=2000)
    descrizione = campo_testo("Descrizione", righe=4)
    titolo_pubblico = campo_testo(
        "Titolo per il pubblico",
        massimo=500,
        aiuto="Sarà leggibile da tutti, quindi senza nomi di persone.",
    )
    pianificata = forms.BooleanField(
        label="Pianificata: non è ancora avvenuta",
        required=False,
        help_text="Finché è pianificata non conta; serve a vedere dove si arriverà.",
    )

    versione = forms.CharField(widget=forms.HiddenInput, required=False)
    righe_viste = forms.CharField(widget=forms.HiddenInput, required=False)
    righe_cambiate = False

    def __init__(self, *args: Any, evidenza: Evidenza, scheda: Scheda, **kwargs: Any) -> None:
        self.evidenza = evidenza
        self.scheda = scheda
        self.gia = {i.indicatore.codice: i.misura_json for i in imputazioni_di(evidenza)}
        self.tipo = TipoEvidenza(evidenza.tipo)
        super().__init__(*args, **kwargs)
        # Not declared above, where it would hide the form's own ``data``.
        self.fields = {"data": campo_giorno("Data", required=True), **self.fields}
        righe = [*scheda.obbligatorie, *(r for p in scheda.progettualita for r in p.indicatori)]
        self._righe = self._imputabili(righe)
        self._togli_campi(campi_di(self.tipo, [r.regola for r in righe if r.regola]))
        self._aderenti()
        self._campi_delle_righe()
        viste = self.fields["righe_viste"].initial = righe_viste(evidenza.programma)
        if isinstance(self.data, QueryDict):
            self.data, self.righe_cambiate = riprese(self.data, evidenza, scheda, viste)

    def _imputabili(self, righe: list[Riga]) -> list[Riga]:
        """The lines whose rule admits this type, and those it is credited to already."""
        return [r for r in righe if (r.regola and self.tipo in r.regola.evidenze) or r.codice in self.gia]

    def _togli_campi(self, tenuti: set[str]) -> None:
        sempre = {"data", "titolo", "titolo_pubblico", "pianificata", "versione", "righe_viste"}
        # A field that is filled already is never hidden: saving would empty it.
        tenuti |= {nome for nome in self.fields if getattr(self.evidenza, nome, None)}
        if self.evidenza.pk and self.evidenza.coinvolte.exists():
            tenuti.add("organizzazioni")
        if "organizzazioni" in tenuti:
            tenuti |= {"aderenti", "altre"}
        if "progetto" in tenuti:
            for nome, etichetta in CAMPI_PROGETTO.items():
                corto = nome == "titolo"
                campo = campo_testo(etichetta, righe=0 if corto else 3, required=True)
                campo.help_text = "Uno per riga." if nome == "indicatori_testo" else ""
                self.fields[f"progetto_{nome}"] = campo
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

    def _organizzazioni_note(self) -> list[tuple[str, str]]:
        """Members and organisations involved so far: code and name."""
        nomi = self.scheda.nomi_organizzazioni
        codici = dict.fromkeys(aderente.organizzazione for aderente in self.scheda.aderenti)
        coinvolte = [c.organizzazione.codice for c in coinvolte_in(self.evidenza)]
        tutti = dict.fromkeys([*codici, *coinvolte])
        return [(codice, nomi[codice]) for codice in tutti if codice in nomi]

    def _campi_delle_righe(self) -> None:
        organizzazioni = self._organizzazioni_note()
        for riga in self._righe:
            self.fields[nome_riga(riga)] = forms.BooleanField(label=riga.testo, required=False)
            misura = campo_misura(riga, self.tipo, organizzazioni)
            if misura is not None:
                self.fields[nome_misura(riga)] = misura

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
        proprie = [nome for nome in self.fields if not nome.startswith(DELLE_RIGHE)]
        return [self[nome] for nome in proprie if not self[nome].is_hidden]

    def clean(self) -> None:
        """A line or a measure that is not of this form is told, not ignored."""
        if self.righe_cambiate:
            self.add_error(None, RIGHE_CAMBIATE)
        for nome in self.data:
            if nome.startswith(DELLE_RIGHE) and nome not in self.fields:
                coda = nome.partition("-")[2].replace("-", ".")
                self.add_error(None, f"La riga «{coda[:40]}» non esiste o non ammette questo tipo.")

    def clean_url(self) -> str:
        """An address of the web, unless it was recorded already as it is."""
        url: str = self.cleaned_data["url"]
        if url and url != self.evidenza.url:
            indirizzo_web(url)
        return url

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
            "imputazioni": [self._imputazione(riga) for riga in self._imputate()],
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
        organizzazioni = self._organizzazioni()
        if organizzazioni:
            voce["organizzazioni"] = organizzazioni
        if dati.get("pianificata"):
            voce["pianificata"] = True
        if "progetto_titolo" in self.fields:
            voce["progetto"] = (self.evidenza.progetto or {}) | self._progetto()
        return voce

    def _imputate(self) -> list[Riga]:
        """The lines that are ticked: those of before in their order, then the new ones."""
        posti = {codice: posto for posto, codice in enumerate(self.gia)}
        spuntate = [r for r in self._righe if self.cleaned_data.get(nome_riga(r))]
        return sorted(spuntate, key=lambda riga: posti.get(riga.codice, len(posti)))

    def _organizzazioni(self) -> list[str]:
        """In the order they were in, where they are the same."""
        dati = self.cleaned_data
        volute = list(dict.fromkeys([*dati.get("aderenti", []), *dati.get("altre", [])]))
        prima = [c.organizzazione.codice for c in coinvolte_in(self.evidenza)]
        return prima if set(prima) == set(volute) else volute

    def _progetto(self) -> dict[str, Any]:
        dati = self.cleaned_data
        scritti = {nome: dati[f"progetto_{nome}"].replace("\r\n", "\n") for nome in CAMPI_PROGETTO}
        righe = [riga.strip() for riga in scritti["indicatori_testo"].splitlines() if riga.strip()]
        return scritti | {"indicatori_testo": righe}

    def _imputazione(self, riga: Riga) -> dict[str, Any]:
        imputazione: dict[str, Any] = {"indicatore": riga.codice, "stato": "in_attesa"}
        gia = self.gia.get(riga.codice)
        misura = misura_json(riga.regola, self.cleaned_data.get(nome_misura(riga)))
        # What has no field here, or says the same in other words, stays as it was written.
        if nome_misura(riga) not in self.fields or (misura is None and gia == {"unita": 1}):
            misura = gia
        return imputazione | ({"misura": misura} if misura else {})

    def riparti_da(self, versione: str) -> None:
        """Ready to be saved again, knowingly, over what was stored meanwhile."""
        assert isinstance(self.data, QueryDict)
        dati = self.data.copy()
        dati["versione"] = versione
        self.data = dati

    def riporta(self, errori: dict[str, str]) -> None:
        """Put the errors of the service, keyed by path of the exchange format, beside their fields."""
        imputate = self._imputate()
        for percorso, messaggio in errori.items():
            frase_intera = f"{messaggio[:1].upper()}{messaggio[1:].rstrip('.')}."
            self.add_error(self._campo_di(percorso, imputate), frase_intera)

    def _campo_di(self, percorso: str, imputate: list[Riga]) -> str | None:
        testa, _, resto = percorso.partition(".")
        nome = testa.partition("[")[0]
        if nome == "imputazioni" and "[" in testa:
            riga = imputate[int(testa.partition("[")[2].rstrip("]"))]
            return next((n for n in (nome_misura(riga), nome_riga(riga)) if n in self.fields), None)
        if nome == "progetto":
            nome = f"progetto_{resto.partition('[')[0]}"
        if nome == "organizzazioni":
            nome = "aderenti"
        return nome if nome in self.fields else None

    @classmethod
    def da_digitato(cls, evidenza: Evidenza, scheda: Scheda, versione: str) -> "EvidenzaForm":
        """The form as it was left: what was typed and not confirmed, else what is recorded."""
        if evidenza.dati_modulo is None:
            return cls(
                evidenza=evidenza, scheda=scheda, initial=iniziali(evidenza, scheda) | {"versione": versione}
            )
        vuoto = cls(evidenza=evidenza, scheda=scheda)
        viste = vuoto.fields["righe_viste"].initial
        digitato, cambiate = riprese(querydict(evidenza.dati_modulo), evidenza, scheda, viste)
        # ``versione`` comes along: what was typed was typed on the evidence as it was then.
        valori = {
            nome: campo.widget.value_from_datadict(digitato, {}, nome) for nome, campo in vuoto.fields.items()
        }
        form = cls(evidenza=evidenza, scheda=scheda, initial=valori | {"righe_viste": viste})
        form.righe_cambiate = cambiate
        return form
