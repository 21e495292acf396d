"""Cinquanta evidenze pianificate, e una tabella in corso di cinquanta righe."""

from datetime import date

from tests.indirizzi.mondo import Mondo
from valutazione.models import Evidenza, SerieInCorso, StatoEvidenza


def serie(mondo: Mondo) -> None:
    """What the manager has to confirm, and what they are typing."""
    Evidenza.objects.bulk_create(
        Evidenza(
            programma=mondo.approvato,
            codice=f"e{3000 + n}",
            tipo="mail",
            stato=StatoEvidenza.REGISTRATA,
            data=date(2025, 1, 2),  # below the others on the list of the evidence
            titolo=f"Mail prevista {n}",
            pianificata=True,
            registrata_da=mondo.persone.manager,
        )
        for n in range(50)
    )
    celle = [{"data": "12/3/2025", "argomento": f"Argomento {n}"} for n in range(50)]
    SerieInCorso.objects.update_or_create(
        programma=mondo.approvato,
        utente=mondo.persone.manager,
        defaults={"contenuto": {"tipo": "mail", "righe": ["1.3"], "celle": celle}},
    )
