// Progressive enhancement only: every page works without this file.
(function () {
  "use strict";

  // A form answered with errors: bring keyboard and screen reader to the summary.
  function metti_a_fuoco_gli_errori(radice) {
    const riepilogo = radice.querySelector("[data-riepilogo-errori]");
    if (riepilogo) riepilogo.focus();
  }

  // Leaving a form with unsaved changes asks first. Opt in: <form data-avvisa-modifiche>.
  let modificato = false;

  function segna_modifica(evento) {
    if (evento.target.closest && evento.target.closest("form[data-avvisa-modifiche]")) modificato = true;
  }

  document.addEventListener("input", segna_modifica);
  document.addEventListener("change", segna_modifica);
  document.addEventListener("submit", function () {
    modificato = false;
  });
  window.addEventListener("beforeunload", function (evento) {
    if (modificato) evento.preventDefault();
  });

  // One press, one submission: a second click while the answer is on its way is ignored.
  document.addEventListener("submit", function (evento) {
    const modulo = evento.target;
    if (evento.defaultPrevented || modulo.method !== "post") return;
    if (modulo.dataset.inviato) {
      evento.preventDefault();
      return;
    }
    modulo.dataset.inviato = "sì";
    // An answer that is a file leaves the page where it is.
    window.setTimeout(function () {
      delete modulo.dataset.inviato;
    }, 5000);
  });
  // The back button may bring the page back as it was left.
  window.addEventListener("pageshow", function () {
    document.querySelectorAll("form[data-inviato]").forEach(function (modulo) {
      delete modulo.dataset.inviato;
    });
  });

  // Nor does a form that is on its way ask for a part of its page: the server would read it after what was sent.
  document.addEventListener("htmx:beforeRequest", function (evento) {
    if (evento.target.matches("form[data-inviato]")) evento.preventDefault();
  });

  // htmx sends the CSRF token that the page already holds in any of its forms.
  document.addEventListener("htmx:configRequest", function (evento) {
    const gettone = document.querySelector("input[name=csrfmiddlewaretoken]");
    if (gettone && evento.detail.verb !== "get") evento.detail.headers["X-CSRFToken"] = gettone.value;
  });
  // Signed out, or signed in again elsewhere: the answer is a line that says so (templates/distretti/_scaduta.html).
  document.addEventListener("htmx:beforeSwap", function (evento) {
    const risposta = evento.detail.xhr;
    if (risposta.status !== 401 && risposta.status !== 403) return;
    if (/<html/i.test(risposta.responseText)) return;
    evento.detail.shouldSwap = true;
    evento.detail.isError = false;
  });
  document.addEventListener("htmx:afterSwap", function (evento) {
    metti_a_fuoco_gli_errori(evento.detail.target);
  });

  document.addEventListener("DOMContentLoaded", function () {
    metti_a_fuoco_gli_errori(document);
  });
})();
