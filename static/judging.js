/* The answers by keys: J and K move, A accepts, F flags, Q asks the vendor, C comments. Only while no field has focus, and only while
   the keys are switched on. Everything has a button of its own; without this script the page works by those. */
(() => {
  "use strict";

  const SWITCH = "judging-keys";
  let selected = null;

  const rows = () => [...document.querySelectorAll("[data-judge]")];
  const inField = (element) => element instanceof Element && element.closest("input, textarea, select, [contenteditable]") !== null;
  const keysAreOn = () => { try { return localStorage.getItem(SWITCH) !== "off"; } catch { return true; } };

  function showSwitch() {
    for (const button of document.querySelectorAll("[data-keys]")) {
      button.setAttribute("aria-pressed", String(keysAreOn()));
      button.textContent = keysAreOn() ? button.dataset.on : button.dataset.off;
    }
  }

  function flipSwitch() {
    try { localStorage.setItem(SWITCH, keysAreOn() ? "off" : "on"); } catch { /* private window */ }
    showSwitch();
  }

  function select(row) {
    if (selected) selected.classList.remove("sel");
    selected = row;
    row.classList.add("sel");
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(selected);
    select(all[at < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(Math.max(at + step, 0), all.length - 1)]);
  }

  function press(part) {
    const button = selected && selected.querySelector(part);
    if (button) button.click();
  }

  function write(where) {
    const part = selected && selected.querySelector(where);
    if (!part) return;
    part.open = true;
    part.querySelector("textarea").focus();
  }

  const keys = {
    j: () => move(1), k: () => move(-1), a: () => press("[data-accept]"), f: () => press("[data-flag]"),
    q: () => write("[data-ask]"), c: () => write("[data-comment]"),
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.repeat && event.key !== "j" && event.key !== "k")) return;
    if (event.key === "Escape" && inField(event.target) && selected) { selected.focus(); return; }
    const act = keys[event.key];
    if (!act || inField(event.target) || document.querySelector("dialog[open]") || !keysAreOn()) return;
    event.preventDefault();
    act();
  });

  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-keys]")) flipSwitch();
  });

  /* An act leads back to the next answer by its address: go on from there. */
  document.addEventListener("DOMContentLoaded", () => {
    showSwitch();
    const here = location.hash && document.getElementById(location.hash.slice(1));
    if (here && here.matches("[data-judge]")) select(here);
  });
})();
