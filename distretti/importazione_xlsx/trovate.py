"""What the register already has of what a spreadsheet names: by code, by name, by another name."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from distretti.basi.ricerca import piega
from distretti.errori import DatiNonValidi
from distretti.importazione_xlsx.lettura import Riga
from distretti.models import AliasOrganizzazione, Autorita, CodicePrecedente, Distretto, Organizzazione
from distretti.somiglianza import Conosciuta, conosciute, parole_del_nome


@dataclass(slots=True)
class Trovate:
    """The organisations of the register and the districts of one authority, read once for all the rows."""

    distretti: dict[str, Distretto] = field(default_factory=dict)
    per_codice: dict[str, int] = field(default_factory=dict)
    per_nome: dict[str, set[int]] = field(default_factory=lambda: defaultdict(set))
    nomi_di: dict[int, set[str]] = field(default_factory=lambda: defaultdict(set))
    conosciute: list[Conosciuta] = field(default_factory=list)

    @classmethod
    def del_registro(cls, autorita: Autorita) -> "Trovate":
        trovate = cls(conosciute=conosciute())
        for distretto in Distretto.objects.filter(autorita=autorita).order_by("pk"):
            trovate.distretti[piega(distretto.denominazione)] = distretto
        # Codes last: a name that is the code of another district is that code.
        trovate.distretti |= {piega(d.codice): d for d in list(trovate.distretti.values())}
        for pk, codice, nome in Organizzazione.objects.values_list("pk", "codice", "denominazione"):
            trovate._nota(pk, codice, [nome])
        trovate.per_codice |= dict(CodicePrecedente.objects.values_list("codice", "organizzazione"))
        for pk, testo in AliasOrganizzazione.objects.values_list("organizzazione_id", "testo"):
            trovate._nota(pk, "", [testo])
        return trovate

    def _nota(self, pk: int, codice: str, nomi: Iterable[str]) -> None:
        if codice:
            self.per_codice[codice] = pk
        for nome in nomi:
            self.per_nome[piega(nome)].add(pk)
            self.nomi_di[pk].add(nome)

    def aggiungi(self, organizzazione: Organizzazione) -> None:
        """Written by a row: the following ones find it."""
        if organizzazione.codice not in self.per_codice or (
            organizzazione.denominazione not in self.nomi_di[organizzazione.pk]
        ):
            alias = organizzazione.alias.values_list("testo", flat=True)
            nomi = [organizzazione.denominazione, *alias]
            self._nota(organizzazione.pk, organizzazione.codice, nomi)
            self.conosciute = [nota for nota in self.conosciute if nota.pk != organizzazione.pk]
            self.conosciute.append(
                Conosciuta(
                    organizzazione.pk,
                    organizzazione.codice,
                    organizzazione.denominazione,
                    tuple(parole_del_nome(nome) for nome in nomi),
                )
            )

    def nomi(self, organizzazione: Organizzazione) -> set[str]:
        return self.nomi_di[organizzazione.pk]

    def distretto(self, testo: str) -> Distretto:
        """Raises ``DatiNonValidi`` when the authority has none with this code or name."""
        trovato = self.distretti.get(piega(testo))
        if trovato is None:
            raise DatiNonValidi({"distretto": f"«{testo}» non è un distretto di questa autorità"})
        return trovato

    def _chiave(self, codice: str, nome: str) -> int | None:
        if codice:
            return self.per_codice.get(codice)
        chiavi = self.per_nome.get(piega(nome), set())
        if len(chiavi) > 1:
            raise DatiNonValidi(
                {"denominazione": f"più organizzazioni si chiamano «{nome}»: scrivi il codice"}
            )
        return next(iter(chiavi), None)

    def organizzazione(self, codice: str, nome: str) -> Organizzazione | None:
        """By code if there is one, else by name; None when the register has none."""
        chiave = self._chiave(codice, nome)
        return None if chiave is None else Organizzazione.objects.get(pk=chiave)

    def e_un_altra(self, codice: str, nome: str) -> bool:
        """Was it said, with a code of its own, that it is another than those with a name alike?"""
        return bool(codice) and codice not in self.per_codice

    def organizzazioni_citate(self, righe: Iterable[Riga]) -> set[int]:
        return set(self._citate(righe))

    def _citate(self, righe: Iterable[Riga]) -> Iterator[int]:
        for riga in righe:
            codice = riga.testo("codice")
            if codice:
                yield from [self.per_codice[codice]] if codice in self.per_codice else []
            else:
                yield from self.per_nome.get(piega(riga.testo("denominazione")), ())

    def distretti_citati(self, righe: Iterable[Riga]) -> list[Distretto]:
        citati = (self.distretti.get(piega(riga.testo("distretto"))) for riga in righe)
        return list({d.pk: d for d in citati if d is not None}.values())
