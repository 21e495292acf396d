// The interactive description of the REST interface, brought when it is asked for: it is large.
// Without this file the page still lists everything.
(function () {
  "use strict";

  const luogo = document.getElementById("swagger-ui");
  const pulsante = document.getElementById("apri-swagger");
  if (!luogo || !pulsante) return;
  document.getElementById("senza-swagger").hidden = true;
  pulsante.hidden = false;

  function mostra() {
    luogo.hidden = false;
    luogo.focus();
    SwaggerUIBundle({
      domNode: luogo,
      url: luogo.dataset.openapi,
      deepLinking: true,
      docExpansion: "none",
      defaultModelsExpandDepth: 0,
      supportedSubmitMethods: ["get"],
      validatorUrl: null, // no third party is asked anything
      persistAuthorization: false, // a token is forgotten with the page
      syntaxHighlight: false,
    });
  }

  pulsante.addEventListener("click", function () {
    pulsante.hidden = true;
    const stile = document.createElement("link");
    stile.rel = "stylesheet";
    stile.href = luogo.dataset.stile;
    const programma = document.createElement("script");
    programma.src = luogo.dataset.programma;
    programma.addEventListener("load", mostra);
    document.head.append(stile, programma);
  });
})();
