"""Does the state of each closing follow from its steps?"""

from collections.abc import Iterator

from django.db.models import F, OuterRef, Subquery, Value
from django.db.models.functions import Coalesce

from valutazione.models import AzioneChiusura, Chiusura, PassaggioChiusura, StatoChiusura


def alterazioni_delle_chiusure() -> Iterator[str]:
    """Closings not in the state to which their last step led, and transmissions that froze nothing."""
    passi = PassaggioChiusura.objects.filter(chiusura=OuterRef("pk")).order_by("-ordine")
    arrivo = Coalesce(Subquery(passi.values("a_stato")[:1]), Value(StatoChiusura.IN_CORSO.value))
    righe = Chiusura.objects.annotate(arrivo=arrivo).exclude(stato=F("arrivo"))
    for chiusura in righe.select_related("programma__distretto").order_by("pk"):
        yield (
            f"La chiusura del programma {chiusura.programma.riferimento} è nello stato "
            f"«{chiusura.get_stato_display()}», ma il suo ultimo passaggio non porta lì."
        )
    trasmissioni = PassaggioChiusura.objects.filter(
        azione=AzioneChiusura.TRASMISSIONE_AUTOVALUTAZIONE, autovalutazione__isnull=True
    )
    for passaggio in trasmissioni.select_related("chiusura__programma__distretto").order_by("pk"):
        quale = passaggio.chiusura.programma.riferimento
        yield f"La trasmissione n. {passaggio.ordine} del programma {quale} non ha conservato nulla."
