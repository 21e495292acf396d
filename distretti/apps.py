from django.apps import AppConfig


class DistrettiConfig(AppConfig):
    name = "distretti"
    verbose_name = "Distretti"
    default_auto_field = "django.db.models.BigAutoField"
