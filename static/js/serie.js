// The table of evidence by keyboard: every key has its button, the page works without this file.
(function () {
  "use strict";

  const CELLA = "input[type=text]";

  function righe(tabella) {
    return Array.from(tabella.tBodies[0].rows);
  }

  function caselle(riga) {
    return Array.from(riga.querySelectorAll(CELLA));
  }

  // A new empty row like the last one, with the next number.
  function aggiungi(tabella) {
    const ultima = righe(tabella).pop();
    const numero = Number(ultima.dataset.riga) + 1;
    if (numero > 500) return null;
    const nuova = ultima.cloneNode(true);
    nuova.id = "riga-" + numero;
    nuova.dataset.riga = String(numero);
    nuova.className = "";
    nuova.querySelector("th").textContent = String(numero);
    nuova.querySelector(".serie-esito").textContent = "";
    nuova.querySelectorAll(".campo-errori").forEach(function (errore) {
      errore.remove();
    });
    caselle(nuova).forEach(function (casella) {
      const nome = casella.name.replace(/^r\d+-/, "r" + numero + "-");
      casella.name = casella.id = nome;
      casella.value = "";
      casella.setAttribute("aria-label", casella.getAttribute("aria-label").replace(/\d+$/, String(numero)));
      casella.removeAttribute("aria-invalid");
      if (/-errore$/.test(casella.getAttribute("aria-describedby") || "")) casella.removeAttribute("aria-describedby");
      casella.classList.remove("is-invalid");
    });
    tabella.tBodies[0].appendChild(nuova);
    return nuova;
  }

  function vai(tabella, riga, colonna) {
    if (riga < 0) return;
    let meta = righe(tabella)[riga];
    if (!meta) meta = aggiungi(tabella);
    if (meta) caselle(meta)[colonna].focus();
  }

  function posto(casella) {
    const riga = casella.closest("tr");
    return { riga: riga.sectionRowIndex, colonna: caselle(riga).indexOf(casella) };
  }

  // Several cells copied from a spreadsheet fill several cells here, from the one that has the focus.
  function distribuisci(tabella, casella, testo) {
    const qui = posto(casella);
    testo.replace(/\r\n?/g, "\n").replace(/\n+$/, "").split("\n").forEach(function (linea, n) {
      const riga = righe(tabella)[qui.riga + n] || aggiungi(tabella);
      if (!riga) return;
      linea.split("\t").forEach(function (valore, m) {
        const meta = caselle(riga)[qui.colonna + m];
        if (meta) meta.value = valore.trim();
      });
    });
    aggiungi(tabella);
    casella.dispatchEvent(new Event("input", { bubbles: true }));
  }

  document.addEventListener("DOMContentLoaded", function () {
    const tabella = document.getElementById("tabella-serie");
    if (!tabella) return;
    tabella.addEventListener("keydown", function (evento) {
      if (!evento.target.matches(CELLA) || evento.isComposing) return;
      const qui = posto(evento.target);
      if (evento.key === "Enter") {
        evento.preventDefault();
        vai(tabella, qui.riga + 1, 0);
      } else if (evento.key === "ArrowDown" && !evento.target.list) {
        evento.preventDefault();
        vai(tabella, qui.riga + 1, qui.colonna);
      } else if (evento.key === "ArrowUp" && !evento.target.list) {
        evento.preventDefault();
        vai(tabella, qui.riga - 1, qui.colonna);
      }
    });
    tabella.addEventListener("input", function (evento) {
      if (evento.target.matches(CELLA) && evento.target.value && evento.target.closest("tr") === righe(tabella).pop()) aggiungi(tabella);
    });
    tabella.addEventListener("paste", function (evento) {
      const testo = (evento.clipboardData || window.clipboardData).getData("text");
      if (!evento.target.matches(CELLA) || !/[\t\n]/.test(testo.replace(/\n+$/, ""))) return;
      evento.preventDefault();
      distribuisci(tabella, evento.target, testo);
    });
  });
})();
