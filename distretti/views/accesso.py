"""Signing in. The address to return to is followed only when it is one of ours (Django checks it)."""

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpResponse

from distretti.forms import AccessoForm
from distretti.models import Utente
from distretti.persone.ingresso import entra
from distretti.views.risposte import NON_VALIDO


class AccessoView(LoginView):
    """User name and password; then the second factor, for who has one."""

    template_name = "distretti/accesso.html"
    authentication_form = AccessoForm
    redirect_authenticated_user = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """With the name of the gateway of SPID and CIE, when there is one."""
        gateway = settings.GATEWAY["nome"] if settings.GATEWAY else ""
        return super().get_context_data(gateway=gateway, **kwargs)

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        utente = form.get_user()
        assert isinstance(utente, Utente)
        return entra(self.request, utente, prossima=self.get_success_url())

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """The form again, with one message that does not tell which of the two was wrong."""
        contesto: dict[str, Any] = self.get_context_data(form=form)
        return self.render_to_response(contesto, status=NON_VALIDO)
