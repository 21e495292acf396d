"""What a password must not be: Django's own checks, in our words and with our fields."""

from django.contrib.auth import password_validation as di_django

LUNGHEZZA_MINIMA = 10


class Lunga(di_django.MinimumLengthValidator):
    """Not shorter than ``LUNGHEZZA_MINIMA`` characters."""

    def __init__(self) -> None:
        super().__init__(min_length=LUNGHEZZA_MINIMA)

    def get_error_message(self) -> str:
        return f"Allunga la password: servono almeno {self.min_length} caratteri."

    def get_help_text(self) -> str:
        return f"Almeno {self.min_length} caratteri: una frase di qualche parola va benissimo."


class Propria(di_django.UserAttributeSimilarityValidator):
    """Not like the name, the user name or the mail of the person."""

    def __init__(self) -> None:
        super().__init__(user_attributes=("username", "nome_esteso", "email"))

    def get_error_message(self) -> str:
        return "Cambia la password: somiglia troppo al tuo nome o alla tua posta."

    def get_help_text(self) -> str:
        return "Non deve somigliare al tuo nome o alla tua posta."


class Rara(di_django.CommonPasswordValidator):
    """Not among the twenty thousand that everybody tries first."""

    def get_error_message(self) -> str:
        return "Cambia la password: è tra quelle che si provano per prime."

    def get_help_text(self) -> str:
        return "Non usare una password comune."


class NonSoloCifre(di_django.NumericPasswordValidator):
    """Not a number."""

    def get_error_message(self) -> str:
        return "Aggiungi lettere alla password: non può essere fatta solo di cifre."

    def get_help_text(self) -> str:
        return "Non può essere fatta solo di cifre."
