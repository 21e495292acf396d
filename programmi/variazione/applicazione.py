"""Applying an approved variazione: from that moment the programme of the year says what it says."""

from django.db import transaction
from django.db.models import ProtectedError

from distretti.basi.italiano import del_giorno
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from programmi.blocco import blocca
from programmi.models import AzionePassaggio, Passaggio, Programma
from programmi.models.pubblicazione import ripubblicando
from programmi.variazione.impedimenti import impedimenti
from programmi.variazione.riporto import riporta
from programmi.versioni_congelate import congela


@transaction.atomic
def applica(*, variazione: Programma, passaggio: Passaggio) -> Passaggio:
    """Write the content of ``variazione``, just approved by ``passaggio``, onto the programme it changes.

    The evidence of each line that stays remains credited to it. The programme gets a step of its own, with
    the act of the variazione, and a frozen version; what everyone could read and is gone is withdrawn.

    Raises ``StatoNonAmmesso`` when evidence was credited meanwhile to what the variazione takes away, or
    ``DatiNonValidi`` (``determinazione_data``) when the act is older than the last step of the programme.
    """
    assert variazione.variazione_di is not None
    annuale = blocca(variazione.variazione_di)
    nuovo = _passaggio(annuale, variazione, passaggio)
    trovati = impedimenti(variazione)
    if trovati:
        raise StatoNonAmmesso(" ".join(["La variazione non si può approvare com'è.", *trovati]))
    with ripubblicando(annuale.pk):
        try:
            riporta(variazione, annuale)
        except ProtectedError as errore:
            raise StatoNonAmmesso(
                "Nel frattempo sono state imputate evidenze a una riga che la variazione toglie."
            ) from errore
        controlla(nuovo)
        nuovo.save()
    congela(annuale, nuovo, passaggio.utente)
    annota(
        azione="programma.variazione",
        oggetti=[annuale, variazione],
        utente=passaggio.utente,
        ruolo=passaggio.ruolo,
        dopo={"Variazione": f"n. {variazione.variazione}", "Atto": str(passaggio.atto or "")},
    )
    return nuovo


def _passaggio(annuale: Programma, variazione: Programma, passaggio: Passaggio) -> Passaggio:
    """The step of the programme of the year that ``passaggio``, of the variazione, is; not yet written."""
    ultimo = annuale.passaggi.order_by("ordine").last()
    if ultimo is not None and passaggio.il < ultimo.il:
        raise DatiNonValidi(
            {
                "determinazione_data": "La data non può essere precedente all'ultimo passaggio del programma "
                f"({ultimo.get_azione_display()}, {del_giorno(ultimo.il)})."
            }
        )
    return Passaggio(
        programma=annuale,
        ordine=1 if ultimo is None else ultimo.ordine + 1,
        azione=AzionePassaggio.VARIAZIONE,
        da_stato=annuale.stato,
        a_stato=annuale.stato,
        il=passaggio.il,
        atto=passaggio.atto,
        nota=f"Variazione n. {variazione.variazione}",
        utente=passaggio.utente,
        ruolo=passaggio.ruolo,
    )
