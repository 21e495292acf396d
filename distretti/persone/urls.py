"""Addresses about people: doors, one's own account, the people of an authority."""

from django.urls import include, path

from distretti.views import ingressi, persone, persone_azioni, profilo, secondo_fattore

di_una_persona = [
    path("", persone.persona_detail, name="persona"),
    path("dati/", persone_azioni.persona_modifica, name="persona-modifica"),
    path("dati.json", persone.persona_esporta, name="persona-esporta"),
    path("incarichi/nuovo/", persone_azioni.incarico_create, name="incarico-nuovo"),
    path("invito/", persone_azioni.invito_manda, name="invito-manda"),
    path("invito/revoca/", persone_azioni.invito_revoca, name="invito-revoca"),
    path("sblocca/", persone_azioni.persona_sblocca, name="persona-sblocca"),
    path("sospendi/", persone_azioni.persona_sospendi, name="persona-sospendi"),
    path("riattiva/", persone_azioni.persona_riattiva, name="persona-riattiva"),
    path(
        "secondo-fattore/togli/", persone_azioni.persona_senza_fattore, name="persona-senza-secondo-fattore"
    ),
    path("cancella/", persone_azioni.persona_cancella, name="persona-cancella"),
]

urlpatterns = [
    path("accesso/secondo-fattore/", secondo_fattore.secondo_fattore, name="secondo-fattore"),
    path("accesso/password-dimenticata/", ingressi.password_dimenticata, name="password-dimenticata"),
    path("accesso/gateway/", ingressi.gateway_entra, name="gateway-entra"),
    path("accesso/gateway/ritorno/", ingressi.gateway_ritorno, name="gateway-ritorno"),
    path("invito/<str:segreto>/", ingressi.invito, name="invito"),
    path("profilo/", profilo.profilo, name="profilo"),
    path("profilo/dati.json", profilo.profilo_dati, name="profilo-dati"),
    path("profilo/password/", profilo.password_cambia, name="password-cambia"),
    path("profilo/conferma/", profilo.conferma_identita, name="conferma-identita"),
    path("profilo/esci-ovunque/", profilo.esci_ovunque, name="esci-ovunque"),
    path("profilo/secondo-fattore/", secondo_fattore.fattore_list, name="fattori"),
    path("profilo/secondo-fattore/app/", secondo_fattore.codice_attiva, name="codice-attiva"),
    path("profilo/secondo-fattore/chiave/", secondo_fattore.chiave_aggiungi, name="chiave-aggiungi"),
    path("profilo/secondo-fattore/recupero/", secondo_fattore.codici_recupero, name="codici-recupero"),
    path("profilo/secondo-fattore/<int:pk>/togli/", secondo_fattore.fattore_togli, name="fattore-togli"),
    path("incarichi/<int:pk>/fine/", persone_azioni.incarico_close, name="incarico-fine"),
    path("autorita/<str:codice>/persone/", persone.persona_list, name="persone"),
    path("autorita/<str:codice>/persone.csv", persone.persona_csv, name="persone-csv"),
    path("autorita/<str:codice>/persone/invita/", persone.persona_invita, name="persona-invita"),
    path("autorita/<str:codice>/persone/<int:pk>/", include(di_una_persona)),
]
