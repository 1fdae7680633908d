/* Saves each answer about a second after somebody has stopped typing, or when they leave the field, and shows at once
   which questions follow from it (conditions.js). Without it the form is sent whole and the page comes back as it is then.
   The server answers {revision, saved, said, hidden, progress, sections}, or the question's row as it should look now:
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
  const fieldsOf = (row) => [...row.querySelectorAll("input[name], textarea[name], select[name]")];
  const isBox = (field) => field.type === "radio" || field.type === "checkbox";

  function say(row, sentence) {
    const said = row.querySelector("[data-said-at]");
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

  /* What conditions see of a row: read from the fields where that is simple, else what the server said last. */
  function saidIn(row) {
    const last = () => JSON.parse(row.dataset.said || "null");
    const prefix = `${row.querySelector("input[name$='-revision']")?.name.replace(/revision$/, "")}`;
    const named = (name) => fieldsOf(row).filter((field) => field.name === prefix + name);
    if (prefix === "undefined") return last();
    if (named("na").some((box) => box.checked)) return "not_applicable";
    const fields = named("value");
    const chosen = () => fields.filter((field) => field.checked).map((field) => field.value);
    const text = () => (fields[0] ? fields[0].value.trim() : "");
    switch (row.dataset.kind) {
      case "yes_no": case "yes_no_partial_na": case "single": return chosen()[0] ?? null;
      case "multi": return chosen();
      case "short_text": case "long_text": case "date": return text() || null;
      case "number": return text() === "" || Number.isNaN(Number(text())) ? null : Number(text());
      default: return last();
    }
  }

  /* Shows and hides everything that has a rule, from the first to the last, as the server would. */
  function evaluate() {
    const known = {};
    for (const part of form.querySelectorAll("[data-rule], [data-key]")) {
      if (part.dataset.rule) part.hidden = !window.conditions.holds(JSON.parse(part.dataset.rule), known, {});
      if (part.dataset.key && !part.hidden) known[part.dataset.key] = saidIn(part);
      if (part.dataset.section) linkTo(part.dataset.section, part.hidden);
    }
  }

  function linkTo(section, hidden) {
    for (const link of document.querySelectorAll(`[data-part-link="${section}"]`)) link.hidden = hidden;
  }

  function show(told) {
    for (const place of document.querySelectorAll("[data-progress]")) place.textContent = told.progress;
    for (const [section, progress] of Object.entries(told.sections)) {
      for (const place of document.querySelectorAll(`[data-section-progress="${section}"]`)) place.textContent = progress;
    }
    const hidden = new Set(told.hidden);
    if (unsaved === 0) for (const row of form.querySelectorAll("[data-key]")) row.hidden = hidden.has(row.dataset.key);
  }

  /* The row comes back from the server: a clash with somebody else, or an answer that cannot be kept. */
  function replace(row, html) {
    const holder = document.createElement("template");
    holder.innerHTML = html;
    const fresh = holder.content.querySelector("[data-answer]");
    if (!fresh) { say(row, words.closed); return null; }
    if (row.dataset.rule) fresh.dataset.rule = row.dataset.rule;
    row.replaceWith(fresh);
    const first = fresh.querySelector(".notice button, [aria-invalid=true]");
    if (first) first.focus();
    return fresh;
  }

  function dataOf(row) {
    const data = new FormData();
    data.set("csrfmiddlewaretoken", token);
    for (const field of fieldsOf(row)) if (!isBox(field) || field.checked) data.append(field.name, field.value);
    return data;
  }

  const send = (row, data) =>
    fetch(row.dataset.answer, { method: "POST", body: data, redirect: "manual", headers: { "X-Requested-With": "XMLHttpRequest" } });

  async function save(row) {
    const state = stateOf(row);
    if (state.sending) { state.again = true; return; }
    settle(state);
    state.sending = true;
    say(row, words.saving);
    try {
      const answer = await send(row, dataOf(row));
      if (answer.ok) {
        const told = await answer.json();
        row.querySelector("input[name$='-revision']").value = told.revision;
        row.dataset.said = JSON.stringify(told.said);
        say(row, told.saved);
        show(told);
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

  /* Both answers in the fields, to be looked over; typing on saves them. */
  async function merge(row, data) {
    try {
      const answer = await send(row, data);
      const fresh = answer.ok ? replace(row, await answer.text()) : null;
      if (fresh) { say(fresh, words.merged); fresh.querySelector("textarea, input:not([type=hidden])")?.focus(); wait(fresh, AGAIN); }
    } catch {
      say(row, words.broken);
    }
  }

  /* A table whose last row is begun gets another one. */
  function grow(field) {
    const table = field.closest("table[data-rows]");
    const last = table?.querySelector("tbody tr:last-child");
    if (!last || !last.contains(field)) return;
    const number = table.querySelectorAll("tbody tr").length;
    const next = last.cloneNode(true);
    for (const cell of next.querySelectorAll("input")) {
      cell.value = "";
      cell.name = cell.name.replace(/-r\d+-/, `-r${number}-`);
      cell.id = `id_${cell.name}`;
      const label = cell.getAttribute("aria-label").replace(/\d+$/, number + 1);
      cell.setAttribute("aria-label", label);
      cell.closest("td").dataset.l = label;
    }
    last.after(next);
  }

  const rowOf = (event) => (event.target.name ? event.target.closest("[data-answer]") : null);

  form.addEventListener("input", (event) => {
    const row = rowOf(event);
    if (!row) { if ("preview" in words) { grow(event.target); evaluate(); } return; }
    grow(event.target);
    evaluate();
    wait(row, isBox(event.target) ? 0 : PAUSE);
  });
  form.addEventListener("change", (event) => {
    const row = rowOf(event);
    if (row && stateOf(row).waits) wait(row, 0);
  });
  /* "Keep mine" and "Put both together" need no new page: the row holds the other's revision already. */
  form.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=keep], button[name=merge]");
    if (!button) return;
    event.preventDefault();
    const row = button.closest("[data-answer]");
    if (button.name === "merge") {
      const data = dataOf(row);
      data.set("merge", button.value);
      merge(row, data);
      return;
    }
    button.closest(".notice").remove();
    delete row.dataset.tone;
    save(row);
  });
  /* The whole form takes everything along, whatever still waits here. */
  form.addEventListener("submit", () => { unsaved = 0; });
  window.addEventListener("beforeunload", (event) => { if (unsaved > 0) event.preventDefault(); });
})();
