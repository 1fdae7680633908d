/* Saves each answer about a second after somebody has stopped typing, or when they leave the field. Without it the form
   is sent whole. The server answers {revision, saved, progress, section}, or the question's row as it should look now:
   409 when somebody else changed it, 422 when it cannot be kept. Words stand in the form's data attributes. */
(() => {
  "use strict";

  const PAUSE = 1000;
  const AGAIN = 10000;
  const form = document.querySelector("form[data-questionnaire]");
  if (!form) return;
  const words = form.dataset;
  const token = form.querySelector("[name=csrfmiddlewaretoken]").value;
  const rows = new WeakMap();
  let unsaved = 0;

  const stateOf = (row) => {
    if (!rows.has(row)) rows.set(row, { timer: 0, waits: false, sending: false, again: false });
    return rows.get(row);
  };
  const fieldsOf = (row) => [...row.querySelectorAll("input[name], textarea[name]")];

  function say(row, sentence) {
    const said = row.querySelector("[data-said]");
    if (said) said.textContent = sentence;
  }

  function wait(row, pause) {
    const state = stateOf(row);
    clearTimeout(state.timer);
    if (!state.waits) { state.waits = true; unsaved += 1; }
    state.timer = setTimeout(save, pause, row);
  }

  function settle(state) {
    clearTimeout(state.timer);
    if (state.waits) { state.waits = false; unsaved -= 1; }
  }

  function count(section, told) {
    for (const place of document.querySelectorAll("[data-progress]")) place.textContent = told.progress;
    for (const place of document.querySelectorAll(`[data-section-progress="${section}"]`)) place.textContent = told.section;
  }

  /* The row comes back from the server: a clash with somebody else, or an answer that cannot be kept. */
  function replace(row, html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const fresh = holder.content.querySelector("[data-answer]");
    if (!fresh) { say(row, words.closed); return; }
    row.replaceWith(fresh);
    const first = fresh.querySelector(".notice button, [aria-invalid=true]");
    if (first) first.focus();
  }

  async function save(row) {
    const state = stateOf(row);
    if (state.sending) { state.again = true; return; }
    settle(state);
    state.sending = true;
    const data = new FormData();
    data.set("csrfmiddlewaretoken", token);
    for (const field of fieldsOf(row)) if (field.type !== "radio" || field.checked) data.set(field.name, field.value);
    say(row, words.saving);
    try {
      const answer = await fetch(row.dataset.answer, { method: "POST", body: data, redirect: "manual", headers: { "X-Requested-With": "XMLHttpRequest" } });
      if (answer.ok) {
        const told = await answer.json();
        row.querySelector("input[name$='-revision']").value = told.revision;
        say(row, told.saved);
        count(row.closest("[data-section]").dataset.section, told);
      } else if (answer.status === 409 || answer.status === 422) {
        replace(row, await answer.text());
      } else {
        say(row, answer.type === "opaqueredirect" || answer.status === 403 ? words.signedOut : words.broken);
        if (answer.status >= 500) wait(row, AGAIN);
      }
    } catch {
      say(row, words.broken);
      wait(row, AGAIN);
    }
    state.sending = false;
    if (state.again) { state.again = false; save(row); }
  }

  const rowOf = (event) => (event.target.name ? event.target.closest("[data-answer]") : null);

  form.addEventListener("input", (event) => {
    const row = rowOf(event);
    if (row) wait(row, event.target.type === "radio" ? 0 : PAUSE);
  });
  form.addEventListener("change", (event) => {
    const row = rowOf(event);
    if (row && stateOf(row).waits) wait(row, 0);
  });
  /* "Keep mine" needs no new page: the row holds the other's revision already. */
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=keep]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-answer]");
    button.closest(".notice").remove();
    delete row.dataset.tone;
    save(row);
  });
  /* The whole form takes everything along, whatever still waits here. */
  form.addEventListener("submit", () => { unsaved = 0; });
  window.addEventListener("beforeunload", (event) => { if (unsaved > 0) event.preventDefault(); });
})();
