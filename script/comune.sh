# shellcheck shell=bash
# Sourced by the other scripts: messages, steps, system packages. Never run by itself.

set -euo pipefail

RADICE="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)"
cd "$RADICE"
PYTHON="$RADICE/.venv/bin/python"

dici() { printf '%s\n' "$*"; }
titolo() { printf '\n== %s\n' "$*"; }

# errore "che cosa" "perché" "che cosa fare"
errore() {
  {
    printf '\nERRORE: %s\n' "$1"
    printf '  Perché: %s\n' "$2"
    printf '  Che cosa fare: %s\n' "$3"
  } >&2
  exit 1
}

# passo "che cosa" "che cosa fare se non riesce" comando argomenti…
passo() {
  local cosa=$1 rimedio=$2 esito=0
  shift 2
  titolo "$cosa"
  "$@" || esito=$?
  [ "$esito" -eq 0 ] || errore "$cosa" "il comando «$*» è finito con il codice $esito (i dettagli sono qui sopra)." "$rimedio"
}

# The tests never touch the data of this installation, nor its settings.
senza_impostazioni() {
  unset "${!DISTRETTI_@}" DATABASE_URL SECRET_KEY SECRET_KEY_FALLBACKS ALLOWED_HOSTS CSRF_TRUSTED_ORIGINS \
    CACHE_URL EMAIL_URL AWS_ACCESS_KEY_ID AWS_SECRET_ACCESS_KEY
}

debian_supportata() {
  [ -r /etc/os-release ] || return 1
  # shellcheck disable=SC1091
  (. /etc/os-release && [ "${ID:-}" = debian ] && { [ "${VERSION_ID:-}" = 12 ] || [ "${VERSION_ID:-}" = 13 ]; })
}

# pacchetti_di_sistema "a che cosa servono" pacchetto…
# Installs with apt. Asks first on a terminal; without one, only root goes on. 0 when installed.
pacchetti_di_sistema() {
  local scopo=$1 come=() risposta
  shift
  [ "$(id -u)" -eq 0 ] || come=(sudo)
  local riga="${come[*]:+${come[*]} }apt-get install -y --no-install-recommends $*"
  dici "Mancano pacchetti di sistema ($scopo): $*"
  if ! debian_supportata; then
    dici "Questo sistema non è Debian 12 o 13: vanno installati a mano, con il nome che hanno qui." >&2
    return 1
  fi
  if [ -t 0 ]; then
    dici "Comando: $riga"
    read -r -p "Lo eseguo ora? [s/N] " risposta
    case "$risposta" in s | S | sì | Sì | si | Si) ;; *) return 1 ;; esac
  elif [ "$(id -u)" -ne 0 ]; then
    dici "Senza un terminale non posso chiedere il permesso. Comando da eseguire: $riga" >&2
    return 1
  fi
  "${come[@]}" apt-get update -q </dev/null || return 1
  "${come[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -q --no-install-recommends "$@" </dev/null
}
