/* Makes the form of a question shorter: only what belongs to the chosen kind is shown, and a condition offers the answers
   of the question it asks. Without it everything stands there and the server keeps what belongs to the kind. */
(() => {
  "use strict";

  const form = document.querySelector("form[data-question]");

  /* Parts that belong to a value of a list: data-kinds of the kind, data-evidence of the rule for files. */
  function showFor(select, name) {
    if (!select) return;
    const show = () => {
      for (const part of form.querySelectorAll(`[data-${name}]`)) part.hidden = !part.getAttribute(`data-${name}`).split(" ").includes(select.value);
      for (const part of form.querySelectorAll(`[data-not-${name}]`)) part.hidden = part.getAttribute(`data-not-${name}`).split(" ").includes(select.value);
    };
    select.addEventListener("change", show);
    show();
  }
  if (form) {
    showFor(form.querySelector("select[name=kind]"), "kinds");
    showFor(form.querySelector("select[name=evidence]"), "evidence");
  }

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
