"""Read tokens are created, revoked and recognised here; what they lend is in ``distretti.permissions``."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from distretti.basi.italiano import conta
from distretti.controlli import controlla
from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Autorita, Distretto, Incarico, Ruolo, TokenLettura, Utente
from distretti.models.token import INIZIO, impronta_di

BYTE_CASUALI = 32
LUNGHEZZA_SEGRETO = len(INIZIO) + 43
"""``dst_`` and 256 random bits in base64."""

OGNI_QUANTO = timedelta(minutes=10)
"""The last use is written at most so often, so that a read stays a read."""


@transaction.atomic
def crea_token(*, incarico: Incarico, nome: str, durata: int, utente: Utente) -> tuple[TokenLettura, str]:
    """A token that lends ``incarico`` for ``durata`` days, with its secret: nobody will see it again.

    Whether ``utente`` may is checked before (``puo_creare_token``). Raises ``StatoNonAmmesso`` when the role
    is not held today, ``DatiNonValidi`` on ``nome`` and ``durata``.
    """
    incarico = (
        Incarico.objects.select_for_update(no_key=True, of=("self",))
        .select_related("utente")
        .get(pk=incarico.pk)
    )
    if not incarico.attivo(timezone.localdate()) or not incarico.utente.is_active:
        raise StatoNonAmmesso("L'incarico non è in corso: non si può creare un token.")
    segreto = INIZIO + secrets.token_urlsafe(BYTE_CASUALI)
    token = TokenLettura(
        incarico=incarico,
        nome=nome.strip(),
        prefisso=segreto[: len(INIZIO) + 6],
        impronta=impronta_di(segreto),
        durata=durata,
        creato_da=utente,
    )
    controlla(token)
    token.save()
    annota(
        azione="token.creazione",
        oggetti=[token, incarico, incarico.utente],
        utente=utente,
        dopo={"Token": str(token), "Presta": str(incarico), "Durata": conta(durata, "giorno", "giorni")},
    )
    return token, segreto


@transaction.atomic
def crea_token_applicazione(
    *,
    autorita: Autorita,
    distretto: Distretto | None,
    applicazione: str,
    nome: str,
    durata: int,
    utente: Utente,
) -> tuple[TokenLettura, str]:
    """A token for a program of somebody else's, which reads ``distretto``, or the whole of ``autorita``.

    The application with that name on that district or authority gets one more token; if there is none, it
    is created, as an account that cannot sign in. Raises ``DatiNonValidi``.
    """
    Autorita.objects.select_for_update(no_key=True).get(pk=autorita.pk)  # two at once make one application
    if distretto is not None and distretto.autorita_id != autorita.pk:
        raise DatiNonValidi({"distretto": "Il distretto non è di questa autorità."})
    incarico = _incarico_di(applicazione.strip(), autorita, distretto)
    return crea_token(incarico=incarico, nome=nome, durata=durata, utente=utente)


def _incarico_di(applicazione: str, autorita: Autorita, distretto: Distretto | None) -> Incarico:
    oggi = timezone.localdate()
    ambito = {"autorita": autorita} if distretto is None else {"distretto": distretto}
    trovati = Incarico.objects.alla_data(oggi).filter(
        ruolo=Ruolo.LETTORE,
        utente__applicazione=True,
        utente__is_active=True,
        utente__nome_esteso=applicazione,
        **ambito,
    )
    incarico = trovati.select_related("utente").order_by("pk").first()
    if incarico is not None:
        return incarico
    utente = Utente(
        username=f"app-{slugify(applicazione)[:60]}-{secrets.token_hex(4)}",
        nome_esteso=applicazione,
        applicazione=True,
    )
    utente.set_unusable_password()
    controlla(utente)
    utente.save()
    incarico = Incarico(utente=utente, ruolo=Ruolo.LETTORE, dal=oggi, **ambito)
    controlla(incarico)
    incarico.save()
    return incarico


@transaction.atomic
def revoca_token(*, token: TokenLettura, utente: Utente) -> TokenLettura:
    """From now on the token is worth nothing. Raises ``StatoNonAmmesso`` when it is already revoked."""
    token = TokenLettura.objects.select_for_update(no_key=True, of=("self",)).get(pk=token.pk)
    if token.revocato_alle is not None:
        raise StatoNonAmmesso("Questo token è già stato revocato.")
    token.revocato_alle, token.revocato_da = timezone.now(), utente
    token.save(update_fields=["revocato_alle", "revocato_da"])
    incarico = token.incarico
    annota(
        azione="token.revoca",
        oggetti=[token, incarico, incarico.utente],
        utente=utente,
        dopo={"Token": str(token), "Prestava": str(incarico)},
    )
    return token


def token_valido(segreto: str) -> TokenLettura | None:
    """The token with this secret, if it is worth something now; its use is noted.

    It is looked for by its hash, so how long the answer takes says nothing about a secret nobody gave.
    """
    if len(segreto) != LUNGHEZZA_SEGRETO or not segreto.startswith(INIZIO):
        return None
    relazioni = ("incarico__utente", "incarico__distretto", "incarico__autorita")
    token = TokenLettura.objects.select_related(*relazioni).filter(impronta=impronta_di(segreto)).first()
    if token is None or token.stato != "valido":
        return None
    _annota_uso(token)
    return token


def _annota_uso(token: TokenLettura) -> None:
    adesso = timezone.now()
    if token.ultimo_uso_alle is not None and adesso - token.ultimo_uso_alle < OGNI_QUANTO:
        return
    da_scrivere = Q(ultimo_uso_alle=None) | Q(ultimo_uso_alle__lte=adesso - OGNI_QUANTO)
    TokenLettura.objects.filter(da_scrivere, pk=token.pk).update(ultimo_uso_alle=adesso)
