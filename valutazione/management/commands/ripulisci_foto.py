"""``manage.py ripulisci_foto``: the photographs of before, without what they tell of who took them."""

from typing import Any

from django.core.management.base import BaseCommand

from distretti.basi.italiano import conta
from valutazione.services.conservazione import togli_resti
from valutazione.services.ripulitura import EsitoRipulitura, da_ripulire, ripulisci


class Command(BaseCommand):
    help = (
        "Toglie i dati di posizione, e ogni altro dato che non serve a mostrarle, dalle foto caricate prima"
        " che il sito lo facesse da sé. I punti dell'immagine non cambiano; l'impronta di com'erano resta."
        " Si può ripetere. Esce con 1 se qualcuna non si è potuta ripulire, e le elenca."
    )

    def handle(self, *args: Any, **opzioni: Any) -> None:
        togli_resti()
        conto = dict.fromkeys(EsitoRipulitura, 0)
        for pk in da_ripulire():
            esito, dove, perche = ripulisci(pk)
            conto[esito] += 1
            if esito is EsitoRipulitura.NON_RIUSCITA:
                self.stderr.write(f"{dove}: {perche}")
        ripulite, guaste = conto[EsitoRipulitura.RIPULITA], conto[EsitoRipulitura.NON_RIUSCITA]
        buone = conto[EsitoRipulitura.GIA_PULITA]
        self.stdout.write(
            f"{conta(ripulite, 'foto ripulita', 'foto ripulite')}, {conta(buone, 'era', 'erano')} già a"
            f" posto, {conta(guaste, 'non riuscita', 'non riuscite')}."
        )
        if guaste:
            raise SystemExit(1)
