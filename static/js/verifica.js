// Letters for who decides on many: they press the buttons of the page, never anything that is not on it.
// They do nothing while one writes, and can be switched off (the choice stays in this browser).
(function () {
  "use strict";

  const SPENTI = "verifica-tasti-spenti";

  function spenti() {
    try {
      return window.localStorage.getItem(SPENTI) !== null;
    } catch {
      return false;
    }
  }

  function spegni(si) {
    try {
      if (si) window.localStorage.setItem(SPENTI, "1");
      else window.localStorage.removeItem(SPENTI);
    } catch {
      /* a browser that keeps nothing: they stay as they are */
    }
  }

  function scrive(elemento) {
    if (elemento.isContentEditable) return true;
    if (elemento.matches("textarea, select")) return true;
    return elemento.matches("input") && !["checkbox", "radio", "button", "submit"].includes(elemento.type);
  }

  // The first empty field that the decision needs; null when there is none left to fill in.
  function da_scrivere(pulsante) {
    const nomi = (pulsante.dataset.prima || "").split(" ").filter(Boolean);
    const campi = nomi.flatMap(function (nome) {
      return Array.from(pulsante.form.querySelectorAll("[name='" + nome + "']"));
    });
    const pieno = campi.some(function (campo) {
      return campo.matches("[type=checkbox]") ? campo.checked : campo.value.trim() !== "";
    });
    return pieno ? null : campi[0] || null;
  }

  let scelto = null;

  function premi(elemento) {
    if (!elemento.matches("button")) {
      elemento.click();
      return;
    }
    const campo = elemento.form ? da_scrivere(elemento) : null;
    if (campo) {
      scelto = elemento;
      campo.focus();
    } else {
      elemento.click();
    }
  }

  document.addEventListener("keydown", function (evento) {
    if (evento.altKey || evento.metaKey || evento.defaultPrevented || evento.isComposing) return;
    if (evento.ctrlKey) {
      if (evento.key === "Enter" && scelto && scelto.form.contains(evento.target)) {
        evento.preventDefault();
        scelto.click();
      }
      return;
    }
    if (spenti() || evento.repeat || scrive(evento.target)) return;
    const tasto = evento.key.toLowerCase();
    if (!/^[a-z]$/.test(tasto)) return;
    const elemento = document.querySelector("[data-tasto='" + tasto + "']");
    if (!elemento) return;
    evento.preventDefault();
    premi(elemento);
  });

  document.addEventListener("DOMContentLoaded", function () {
    const interruttore = document.querySelector("[data-tasti-interruttore]");
    if (!interruttore) return;
    function mostra() {
      interruttore.textContent = spenti() ? "Accendi i tasti" : "Spegni i tasti";
    }
    interruttore.addEventListener("click", function () {
      spegni(!spenti());
      mostra();
    });
    document.querySelector("[data-tasti]").hidden = false;
    mostra();
  });
})();
