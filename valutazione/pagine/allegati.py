"""The files of an evidence as a page shows them: each with where else in the programme the same file is."""

from valutazione.models import Allegato, Evidenza, StatoEvidenza


def allegati_di(evidenza: Evidenza, *, anche_bozze: bool = False) -> list[Allegato]:
    """The files of ``evidenza`` in their order, in two queries.

    The same document may prove two things: who reads, and who verifies, sees that it is the same. Bozze are
    looked at only for who may read them.
    """
    allegati = list(evidenza.allegati.all())
    # "-" is the imprint of nothing: as many queries without files as with many.
    impronte = {"-"}.union(*(suo.impronte for suo in allegati))
    stati = [StatoEvidenza.REGISTRATA, *([StatoEvidenza.BOZZA] if anche_bozze else [])]
    altri = list(
        Allegato.objects.stessi_byte(*impronte)
        .filter(evidenza__programma=evidenza.programma_id, evidenza__stato__in=stati)
        .exclude(evidenza=evidenza)
        .select_related("evidenza")
        .order_by("evidenza__data", "evidenza__pk", "pk")
    )
    for suo in allegati:
        suo.altrove = [altro for altro in altri if altro.impronte & suo.impronte]
    return allegati
