"""A scheda as the matter that the kernel judges."""

from collections.abc import Iterable

from valutazione.kernel.giudizio import credito
from valutazione.kernel.materia import Azione, Imputata, Materia
from valutazione.scheda.modello import Evidenza, Imputazione, Riga, Scheda

Fonte = tuple[Evidenza, Imputazione]


def materia_di(scheda: Scheda) -> Materia[Riga, Fonte]:
    """The same whatever the order the evidence of the scheda was written in."""
    regole = {codice: riga.regola for codice, riga in scheda.righe.items()}
    imputate: dict[str, list[Imputata[Fonte]]] = {}
    for evidenza in sorted(scheda.evidenze, key=lambda e: (e.data, e.codice)):
        for imputazione in evidenza.imputazioni:
            regola = regole.get(imputazione.indicatore)
            suo = credito(regola, evidenza, imputazione, (evidenza, imputazione))
            imputate.setdefault(imputazione.indicatore, []).append((evidenza.codice, evidenza.data, suo))
    return Materia(
        dal=scheda.dal,
        al=scheda.al,
        richiede_contributo=scheda.richiede_contributo,
        riuso=scheda.riuso,
        aderenti=scheda.aderenti,
        azioni=tuple(_azioni(scheda)),
        imputate=imputate,
    )


def _azioni(scheda: Scheda) -> Iterable[Azione[Riga]]:
    # A compulsory line is an action by itself: its weight is spent once, among the actions.
    for riga in scheda.obbligatorie:
        yield Azione(riga.codice, True, riga.peso, (riga,))
    for progettualita in scheda.progettualita:
        yield Azione(progettualita.codice, False, progettualita.peso, progettualita.indicatori)
