"""What of the register everyone may read, where not every row may be (docs/dati-pubblici.md)."""

from django.db.models import OuterRef, Q, QuerySet, Subquery

from distretti.models import Adesione, Atto, Certificazione, Organizzazione
from programmi.models import Referente, pubblici
from programmi.models.pubblicazione import atti_mostrati


def organizzazioni_pubbliche() -> QuerySet[Organizzazione]:
    """Those that belong or belonged to a district, or are referents of an approved programme.

    An organisation that only an evidence or a draft names is not shown to anyone here.
    """
    adesioni = Adesione.objects.filter(organizzazione=OuterRef("pk"))
    referenze = Referente.objects.filter(
        pubblici("progettualita__programma__"), organizzazione=OuterRef("pk")
    )
    # Not two EXISTS: PostgreSQL reads the whole tables for an OR of them, and a page is fifty rows.
    una, altra = (Subquery(righe.order_by().values("pk")[:1]) for righe in (adesioni, referenze))
    return Organizzazione.objects.alias(_adesione=una, _referenza=altra).filter(
        Q(_adesione__isnull=False) | Q(_referenza__isnull=False)
    )


def certificazioni_pubbliche() -> QuerySet[Certificazione]:
    """The marks of the organisations that everyone may read."""
    return Certificazione.objects.filter(organizzazione__in=organizzazioni_pubbliche())


def atti_pubblici() -> QuerySet[Atto]:
    """The acts of the approved programmes, as their promise shows them."""
    return atti_mostrati(pubblici("programma__"))
