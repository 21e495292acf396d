"""Signing in. The address to return to is followed only when it is one of ours (Django checks it)."""

from typing import Any

from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.views import LoginView
from django.http import HttpResponse

from distretti.forms import AccessoForm
from distretti.views.risposte import NON_VALIDO


class AccessoView(LoginView):
    """User name and password."""

    template_name = "distretti/accesso.html"
    authentication_form = AccessoForm
    redirect_authenticated_user = True

    def form_invalid(self, form: AuthenticationForm) -> HttpResponse:
        """The form again, with one message that does not tell which of the two was wrong."""
        contesto: dict[str, Any] = self.get_context_data(form=form)
        return self.render_to_response(contesto, status=NON_VALIDO)
