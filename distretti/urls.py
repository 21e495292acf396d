"""Addresses of the ground floor. The page of a district is on the middle floor: it shows programmes too."""

from django.contrib.auth.views import LogoutView
from django.urls import include, path

from distretti.views import elenchi, pubbliche, servizio, token
from distretti.views.accesso import AccessoView

urlpatterns = [
    path("", pubbliche.inizio, name="inizio"),
    path("accesso/", AccessoView.as_view(), name="accesso"),
    path("uscita/", LogoutView.as_view(), name="uscita"),
    path("privacy/", pubbliche.privacy, name="privacy"),
    path("accessibilita/", pubbliche.accessibilita, name="accessibilita"),
    path("segnalazioni/", pubbliche.segnalazioni, name="segnalazioni"),
    path("licenza/", pubbliche.licenza, name="licenza"),
    path("dati-pubblici/", pubbliche.dati_pubblici, name="dati-pubblici"),
    path("stato", pubbliche.stato, name="stato"),
    path("favicon.ico", servizio.icona, name="icona"),
    path("robots.txt", servizio.robots, name="robots"),
    path(".well-known/security.txt", servizio.sicurezza, name="sicurezza"),
    path("distretti/", elenchi.distretto_list, name="distretti"),
    path("organizzazioni/", elenchi.organizzazione_list, name="organizzazioni"),
    path("organizzazioni/<str:codice>/", elenchi.organizzazione_detail, name="organizzazione"),
    path("", include("distretti.urls_registro")),
    path("token/", token.token_list, name="token"),
    path("token/<int:pk>/revoca/", token.token_revoke, name="token-revoca"),
    path("incarichi/<int:pk>/token/nuovo/", token.token_create, name="token-nuovo"),
    path("autorita/<str:codice>/token/", token.token_autorita, name="token-autorita"),
    path("autorita/<str:codice>/token/nuovo/", token.token_applicazione, name="token-applicazione"),
    path("", include("distretti.persone.urls")),
]
