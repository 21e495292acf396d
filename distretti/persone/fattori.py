"""The second factor: codes of an app (TOTP), passkeys, recovery codes.

The only module that speaks to ``allauth.mfa``, whose mathematics and WebAuthn dialogue it uses: pages, brake
and log are ours. Every function that checks or adds something has to run while a request is answered.
"""

import base64
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt
from allauth.mfa.webauthn.internal import auth as webauthn
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest

from distretti.errori import DatiNonValidi, StatoNonAmmesso
from distretti.eventi import annota
from distretti.models import Utente
from distretti.persone.obbligo import richiede_secondo_fattore

CODICE, CHIAVE, RECUPERO = (
    Authenticator.Type.TOTP,
    Authenticator.Type.WEBAUTHN,
    Authenticator.Type.RECOVERY_CODES,
)
NOMI = {CODICE: "app di autenticazione", CHIAVE: "chiave di accesso", RECUPERO: "codici di recupero"}
CODICE_SBAGLIATO = "Il codice non è giusto. Scrivi quello che l'app mostra adesso, o un codice di recupero."
CHIAVE_RIFIUTATA = "La chiave non è stata riconosciuta: riprova."
MASSIMO_NOME = 60


@dataclass(frozen=True, slots=True)
class Fattore:
    """What a person holds, as a page shows it."""

    pk: int
    tipo: str
    nome: str
    creato_alle: datetime
    usato_alle: datetime | None


def fattori_di(utente: Utente) -> list[Fattore]:
    """Apps and passkeys, the oldest first; recovery codes are not one."""
    righe = Authenticator.objects.filter(user=utente).exclude(type=RECUPERO).order_by("created_at", "pk")
    return [_fattore(riga) for riga in righe]


def ha_fattore(utente: Utente) -> bool:
    """Is the second factor asked of ``utente`` when they sign in?"""
    return bool(Authenticator.objects.filter(user=utente).exclude(type=RECUPERO).exists())


def chi_ha_fattore(utenti: list[int]) -> set[int]:
    """Which of these people (primary keys) have one."""
    righe = Authenticator.objects.filter(user__in=utenti).exclude(type=RECUPERO)
    return set(righe.values_list("user_id", flat=True))


def recupero_rimasti(utente: Utente) -> int:
    """Recovery codes not used yet."""
    riga = Authenticator.objects.filter(user=utente, type=RECUPERO).first()
    return 0 if riga is None else len(riga.wrap().get_unused_codes())


def segreto_nuovo(request: HttpRequest, *, da_capo: bool) -> str:
    """The secret that this session offers to an app; kept while the form is corrected."""
    return str(totp.get_totp_secret(regenerate=da_capo))


def dimentica_segreto(request: HttpRequest) -> None:
    """The app has it: the session no longer offers it."""
    totp.clear_totp_secret(request)


def immagine_del_segreto(utente: Utente, segreto: str) -> str:
    """The QR code for the app, as an address ``data:`` of an SVG."""
    adattatore = get_adapter()
    svg = adattatore.build_totp_svg(adattatore.build_totp_url(utente, segreto))
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode()


@transaction.atomic
def attiva_codice(*, utente: Utente, segreto: str, codice: str) -> None:
    """The app holds ``segreto`` from now on. Raises ``DatiNonValidi`` on ``codice``, ``StatoNonAmmesso``."""
    _blocca(utente)
    if Authenticator.objects.filter(user=utente, type=CODICE).exists():
        raise StatoNonAmmesso("Hai già un'app di autenticazione: togli quella prima di aggiungerne un'altra.")
    contatore = _contatore(segreto, codice)
    if contatore is None:
        raise DatiNonValidi({"codice": CODICE_SBAGLIATO})
    riga = totp.TOTP.activate(utente, segreto).instance
    riga.data["contatore"] = contatore
    riga.save(update_fields=["data"])
    _annota_fattore("aggiunto", utente, _fattore(riga).nome)


def opzioni_nuova_chiave(utente: Utente) -> dict[str, Any]:
    """What the browser needs to make a passkey for this site."""
    return dict(webauthn.begin_registration(utente, False))


@transaction.atomic
def aggiungi_chiave(*, utente: Utente, nome: str, credenziale: Any) -> None:
    """Keep the passkey that the browser has made. Raises ``DatiNonValidi`` on ``credenziale``."""
    _blocca(utente)
    try:
        webauthn.parse_registration_response(credenziale)
        webauthn.complete_registration(credenziale)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError) as errore:
        raise DatiNonValidi({"credenziale": CHIAVE_RIFIUTATA}) from errore
    riga = webauthn.WebAuthn.add(utente, nome.strip() or "Chiave di accesso", credenziale).instance
    _annota_fattore("aggiunto", utente, _fattore(riga).nome)


@transaction.atomic
def nuovi_codici_di_recupero(*, utente: Utente) -> list[str]:
    """Ten codes good once each; those of before are worth nothing. Shown now and never again.

    Raises ``StatoNonAmmesso`` when there is no second factor to recover.
    """
    _blocca(utente)
    if not ha_fattore(utente):
        raise StatoNonAmmesso("I codici di recupero servono a chi ha già un secondo fattore.")
    Authenticator.objects.filter(user=utente, type=RECUPERO).delete()
    codici = RecoveryCodes.activate(utente).generate_codes()
    _annota_fattore("aggiunto", utente, NOMI[RECUPERO])
    return list(codici)


@transaction.atomic
def togli_fattore(*, utente: Utente, pk: int) -> Fattore | None:
    """Take away one of the person's own; None when it is not there.

    With the last one go the recovery codes. Raises ``StatoNonAmmesso`` when a role wants it.
    """
    _blocca(utente)
    suoi = Authenticator.objects.filter(user=utente).exclude(type=RECUPERO)
    riga = suoi.filter(pk=pk).first()
    if riga is None:
        return None
    ultimo = not suoi.exclude(pk=pk).exists()
    if ultimo and richiede_secondo_fattore(utente):
        raise StatoNonAmmesso(
            "Il tuo incarico chiede un secondo fattore: prima di togliere questo aggiungine un altro."
        )
    fattore = _fattore(riga)
    riga.delete()
    if ultimo:
        Authenticator.objects.filter(user=utente).delete()
    _annota_fattore("tolto", utente, fattore.nome)
    return fattore


def togli_tutti(utente: Utente) -> list[str]:
    """For a service of the administrator, inside its transaction: the names of what was taken away."""
    nomi = [_fattore(riga).nome for riga in Authenticator.objects.filter(user=utente).order_by("pk")]
    Authenticator.objects.filter(user=utente).delete()
    return nomi


def opzioni_di_accesso(utente: Utente) -> dict[str, Any] | None:
    """What the browser needs to use one of the person's passkeys; None when they have none."""
    if not Authenticator.objects.filter(user=utente, type=CHIAVE).exists():
        return None
    return dict(webauthn.begin_authentication(utente))


@transaction.atomic
def prova_codice(utente: Utente, codice: str) -> bool:
    """Is it a code of the app that nobody used yet, or an unused recovery code? Then it is used now."""
    for riga in Authenticator.objects.select_for_update(no_key=True).filter(
        user=utente, type__in=(CODICE, RECUPERO)
    ):
        buono = _usa_codice(riga, codice) if riga.type == CODICE else riga.wrap().validate_code(codice)
        if buono:
            riga.refresh_from_db()
            riga.record_usage()
            return True
    return False


def prova_chiave(utente: Utente, credenziale: Any) -> bool:
    """Did a passkey of the person sign the challenge of this session?"""
    try:
        webauthn.parse_authentication_response(credenziale)
        riga = webauthn.complete_authentication(utente, credenziale)
    except (ValidationError, ValueError, TypeError, KeyError, AttributeError):
        return False
    riga.record_usage()
    return True


def _usa_codice(riga: Authenticator, codice: str) -> bool:
    """A code is good once, whichever process answers: its place in time is kept."""
    contatore = _contatore(decrypt(riga.data["secret"]), codice)
    if contatore is None or contatore <= riga.data.get("contatore", 0):
        return False
    riga.data["contatore"] = contatore
    riga.save(update_fields=["data"])
    return True


def _contatore(segreto: str, codice: str) -> int | None:
    cifre = "".join(codice.split())
    for contatore in totp.yield_hotp_counters_from_time():
        if totp.format_hotp_value(totp.hotp_value(segreto, contatore)) == cifre:
            return int(contatore)
    return None


def _fattore(riga: Authenticator) -> Fattore:
    tipo = Authenticator.Type(riga.type)
    nome = str(riga.data.get("name", "")) if tipo == CHIAVE else ""
    return Fattore(riga.pk, tipo.value, nome or NOMI[tipo], riga.created_at, riga.last_used_at)


def _blocca(utente: Utente) -> None:
    Utente.objects.select_for_update(no_key=True).get(pk=utente.pk)


def _annota_fattore(che_cosa: str, utente: Utente, nome: str) -> None:
    testi: Mapping[str, str] = {"secondo fattore": nome}
    prima, dopo = (None, testi) if che_cosa == "aggiunto" else (testi, None)
    annota(
        azione=f"persona.secondo_fattore_{che_cosa}",
        oggetti=[utente],
        utente=utente,
        prima=prima,
        dopo=dopo,
    )
