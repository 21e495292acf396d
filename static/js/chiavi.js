// Passkeys: asks the browser to make or use one, and sends what it answers with the form.
(function () {
  "use strict";

  function da_base64(testo) {
    const piano = testo.replace(/-/g, "+").replace(/_/g, "/");
    return Uint8Array.from(atob(piano), (segno) => segno.charCodeAt(0));
  }

  function in_base64(dati) {
    const testo = String.fromCharCode(...new Uint8Array(dati));
    return btoa(testo).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
  }

  function leggi(opzioni) {
    const pubblica = Object.assign({}, opzioni.publicKey);
    pubblica.challenge = da_base64(pubblica.challenge);
    if (pubblica.user) pubblica.user = Object.assign({}, pubblica.user, { id: da_base64(pubblica.user.id) });
    ["excludeCredentials", "allowCredentials"].forEach(function (nome) {
      if (!pubblica[nome]) return;
      pubblica[nome] = pubblica[nome].map((voce) => Object.assign({}, voce, { id: da_base64(voce.id) }));
    });
    return pubblica;
  }

  function scrivi(credenziale) {
    const risposta = {};
    ["clientDataJSON", "attestationObject", "authenticatorData", "signature", "userHandle"].forEach(function (nome) {
      if (credenziale.response[nome]) risposta[nome] = in_base64(credenziale.response[nome]);
    });
    return {
      id: credenziale.id,
      rawId: in_base64(credenziale.rawId),
      type: credenziale.type,
      response: risposta,
      clientExtensionResults: credenziale.getClientExtensionResults(),
    };
  }

  async function chiedi(modulo) {
    const pubblica = leggi(JSON.parse(modulo.dataset.opzioni));
    const credenziali = navigator.credentials;
    return modulo.dataset.chiave === "crea"
      ? credenziali.create({ publicKey: pubblica })
      : credenziali.get({ publicKey: pubblica });
  }

  document.querySelectorAll("form[data-chiave]").forEach(function (modulo) {
    const esito = modulo.querySelector("[data-chiave-esito]");
    modulo.addEventListener("submit", async function (evento) {
      evento.preventDefault();
      esito.textContent = "Segui le indicazioni del browser…";
      try {
        modulo.querySelector("[data-credenziale]").value = JSON.stringify(scrivi(await chiedi(modulo)));
        esito.textContent = "";
        modulo.submit();
      } catch (errore) {
        esito.textContent = "La chiave non ha risposto: riprova, oppure scegli un altro modo.";
      }
    });
  });
})();
