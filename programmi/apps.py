from django.apps import AppConfig


class ProgrammiConfig(AppConfig):
    name = "programmi"
    verbose_name = "Programmi"
    default_auto_field = "django.db.models.BigAutoField"
