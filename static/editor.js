/* Makes the form of a question shorter: only what belongs to the chosen kind is shown, and a condition offers the answers
   of the question it asks. Without it everything stands there and the server keeps what belongs to the kind. */
(() => {
  "use strict";

  const kind = document.querySelector("form[data-question] select[name=kind]");

  function showForKind() {
    const among = (kinds) => kinds.split(" ").includes(kind.value);
    for (const part of document.querySelectorAll("[data-kinds]")) part.hidden = !among(part.dataset.kinds);
    for (const part of document.querySelectorAll("[data-not-kinds]")) part.hidden = among(part.dataset.notKinds);
  }
  if (kind) { kind.addEventListener("change", showForKind); showForKind(); }

  const offered = document.getElementById("rule-answers");
  const known = JSON.parse(offered?.dataset.known || "{}");

  document.addEventListener("focusin", (event) => {
    if (!offered || !/^rule-\d+-value$/.test(event.target.name || "")) return;
    const what = event.target.closest("[data-item]").querySelector("select[name$='-what']");
    offered.replaceChildren(...(known[what.value] || []).map((name) => {
      const option = document.createElement("option");
      option.value = name;
      return option;
    }));
  });
})();
