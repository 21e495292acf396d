// Files dropped on the form of an evidence, or sent without leaving it: without this file its button does the same.
(function () {
  "use strict";

  const RETE = "il caricamento non è riuscito: controlla il collegamento e riprova.";
  const PAGINA = "il sito non ha risposto come previsto: salva, ricarica la pagina e riprova.";

  function allestisci(zona) {
    const modulo = zona.closest("form");
    const campi = Array.from(zona.querySelectorAll("input[type=file]"));
    const avanti = zona.querySelector(".lascia-file-avanti");
    const barra = avanti.querySelector("progress");
    const scritta = avanti.querySelector("span");
    const esito = zona.querySelector("[data-esito-file]");
    const massimo = Number(zona.dataset.massimo);
    let occupato = false;
    let premuto = null;

    // One file a request: a long one does not hold back the others, and each has an outcome of its own.
    function manda(file, quale) {
      return new Promise(function (risolvi) {
        const dati = new FormData(modulo);
        dati.delete("file");
        dati.set("azione", "carica");
        dati.append("file", file, file.name);
        const richiesta = new XMLHttpRequest();
        richiesta.open("POST", modulo.getAttribute("hx-post") || window.location.pathname);
        richiesta.setRequestHeader("HX-Request", "true");
        richiesta.upload.addEventListener("progress", function (evento) {
          if (!evento.lengthComputable) return;
          barra.value = Math.round((100 * evento.loaded) / evento.total);
          scritta.textContent = quale + (barra.value < 100 ? ", " + barra.value + "%" : ", controllo in corso");
        });
        richiesta.addEventListener("load", function () {
          risolvi(richiesta);
        });
        ["error", "abort", "timeout"].forEach(function (guasto) {
          richiesta.addEventListener(guasto, function () {
            risolvi(null);
          });
        });
        barra.value = 0;
        scritta.textContent = quale;
        richiesta.send(dati);
      });
    }

    function pezzo(richiesta) {
      if (!richiesta || richiesta.status !== 200) return null;
      const letto = new DOMParser().parseFromString(richiesta.responseText, "text/html");
      return letto.querySelector("#allegati-caricati[data-versione]");
    }

    function avviso(testo) {
      const riquadro = document.createElement("div");
      const paragrafo = document.createElement("p");
      const inizio = document.createElement("strong");
      riquadro.className = "avviso avviso-danger";
      inizio.textContent = "Non riuscito. ";
      paragrafo.append(inizio, testo);
      riquadro.append(paragrafo);
      return riquadro;
    }

    async function carica(file, dai_campi) {
      if (occupato || !file.length) return;
      occupato = true;
      premuto = null;
      avanti.hidden = false;
      zona.setAttribute("aria-busy", "true");
      const avvisi = [];
      const riusciti = [];
      for (let n = 0; n < file.length; n += 1) {
        const uno = file[n];
        if (massimo && uno.size > massimo) {
          avvisi.push(avviso("«" + uno.name + "» è troppo grande: si accettano file fino a " + Math.floor(massimo / 1048576) + " MB."));
          continue;
        }
        const richiesta = await manda(uno, uno.name + (file.length > 1 ? " (" + (n + 1) + " di " + file.length + ")" : ""));
        const nuovo = pezzo(richiesta);
        if (nuovo === null) {
          avvisi.push(avviso("«" + uno.name + "»: " + (richiesta && richiesta.status ? PAGINA : RETE)));
          continue;
        }
        nuovo.querySelectorAll(".avviso").forEach(function (trovato) {
          if (trovato.classList.contains("avviso-success")) riusciti.push(document.importNode(trovato, true));
          else avvisi.push(document.importNode(trovato, true));
        });
        if (modulo.elements.versione) modulo.elements.versione.value = nuovo.dataset.versione;
        document.getElementById("allegati-caricati").replaceWith(document.importNode(nuovo, true));
      }
      // One box for all that went well, in the words of the site.
      if (riusciti.length > 1) riusciti[0].querySelector("p").lastChild.textContent = " " + riusciti.length + " file caricati.";
      mostra(riusciti.slice(0, 1).concat(avvisi));
      if (dai_campi) campi.forEach(function (campo) {
        campo.value = "";
      });
      avanti.hidden = true;
      zona.removeAttribute("aria-busy");
      occupato = false;
      // Meanwhile a button of the form was pressed: it waited for the files, and goes unless one was refused.
      const rifiutati = avvisi.some(function (riquadro) {
        return riquadro.classList.contains("avviso-danger");
      });
      if (premuto && premuto.form === modulo && !rifiutati) {
        modulo.requestSubmit(premuto);
        return;
      }
      // The percentages may ask for a file: let the page say again what the evidence is worth.
      if (riusciti.length && window.htmx) window.htmx.trigger(modulo, "allegati");
    }

    // What became of all of them stays on the page; the same words are read aloud once.
    function mostra(avvisi) {
      const posti = document.querySelectorAll("#allegati-caricati .messaggi");
      posti.forEach(function (posto) {
        posto.replaceChildren();
        posto.removeAttribute("role");
        posto.removeAttribute("aria-live");
      });
      if (posti.length) posti[posti.length - 1].replaceChildren(...avvisi);
      esito.textContent = avvisi
        .map(function (riquadro) {
          return riquadro.querySelector("p").textContent.trim();
        })
        .join(" ");
    }

    function porta_file(evento) {
      return evento.dataTransfer && Array.from(evento.dataTransfer.types).includes("Files");
    }

    ["dragenter", "dragover"].forEach(function (nome) {
      zona.addEventListener(nome, function (evento) {
        if (!porta_file(evento)) return;
        evento.preventDefault();
        zona.classList.add("lascia-file-sopra");
      });
    });
    zona.addEventListener("dragleave", function (evento) {
      if (!zona.contains(evento.relatedTarget)) zona.classList.remove("lascia-file-sopra");
    });
    zona.addEventListener("drop", function (evento) {
      if (!porta_file(evento)) return;
      evento.preventDefault();
      zona.classList.remove("lascia-file-sopra");
      carica(Array.from(evento.dataTransfer.files), false);
    });
    // Missed by a hand: the browser would leave the page to show the file.
    ["dragover", "drop"].forEach(function (nome) {
      window.addEventListener(nome, function (evento) {
        if (porta_file(evento)) evento.preventDefault();
      });
    });
    modulo.addEventListener("submit", function (evento) {
      if (occupato) {
        evento.preventDefault();
        if (evento.submitter && evento.submitter.value !== "carica") premuto = evento.submitter;
        return;
      }
      if (!evento.submitter || evento.submitter.value !== "carica") return;
      const scelti = campi.flatMap(function (campo) {
        return Array.from(campo.files);
      });
      if (!scelti.length) return;
      evento.preventDefault();
      carica(scelti, true);
    });
    zona.querySelector(".lascia-file-invito").hidden = false;
  }

  document.addEventListener("DOMContentLoaded", function () {
    document.querySelectorAll("[data-lascia-file]").forEach(allestisci);
  });
})();
