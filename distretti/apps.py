from django.apps import AppConfig


class DistrettiConfig(AppConfig):
    name = "distretti"
    verbose_name = "Distretti"
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self) -> None:
        from django.db.backends.signals import connection_created
        from django.db.models.signals import post_migrate

        from distretti import accessi, checks  # noqa: F401  (registers the checks, and who listens)
        from distretti.basi.ricerca import insegna_a_piegare
        from distretti.congelamento import congela_tabelle

        post_migrate.connect(congela_tabelle, dispatch_uid="congela_tabelle")
        connection_created.connect(insegna_a_piegare, dispatch_uid="piega")
