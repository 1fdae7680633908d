/* The answers by keys: J and K move, A accepts, F flags, Q asks the vendor, C comments; U leads to the button that accepts all
   that nobody flagged. Only while no field has focus, and only while the keys are switched on. The answer that is clicked or holds
   the focus is the selected one; a key that acts on it does so only while it can be seen, and shows it otherwise. Everything has a
   button of its own; without this script the page works by those. */
(() => {
  "use strict";

  const SWITCH = "judging-keys";
  const MASTHEAD = 52;
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

  const firstUndone = (all) => all.find((row) => row.dataset.judge === "open");

  /* Enough of it stands between masthead and lower edge to know which one it is. */
  function isInView(row) {
    const { top, bottom, height } = row.getBoundingClientRect();
    return Math.min(bottom, innerHeight) - Math.max(top, MASTHEAD) >= Math.min(height, 48);
  }

  function mark(row) {
    if (selected && selected !== row) selected.classList.remove("sel");
    selected = row;
    row.classList.add("sel");
  }

  function select(row) {
    mark(row);
    row.focus({ preventScroll: true });
    row.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const all = rows();
    if (!all.length) return;
    const at = all.indexOf(selected);
    if (at < 0) select(step > 0 ? firstUndone(all) || all[0] : all[all.length - 1]);
    else select(all[Math.min(Math.max(at + step, 0), all.length - 1)]);
  }

  /* The part of the selected answer that a key is about. Nothing where no answer is selected or it is out of sight: it is shown first. */
  function inSelected(part) {
    if (!selected) { move(1); return null; }
    if (!isInView(selected)) { select(selected); return null; }
    return selected.querySelector(part);
  }

  function press(part) {
    const button = inSelected(part);
    if (button) button.click();
  }

  function write(where) {
    const part = inSelected(where);
    if (!part) return;
    part.open = true;
    part.querySelector("textarea").focus();
  }

  /* It acts on many answers, so that the key only leads to it. */
  function showAtOnce() {
    const button = document.querySelector("[data-at-once] button");
    if (button) button.focus();
  }

  const keys = {
    j: () => move(1), k: () => move(-1), a: () => press("[data-accept]"), f: () => press("[data-flag]"),
    q: () => write("[data-ask]"), c: () => write("[data-comment]"),
    u: showAtOnce,
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || (event.repeat && event.key !== "j" && event.key !== "k")) return;
    if (event.key === "Escape" && inField(event.target) && selected) { selected.focus(); return; }
    const act = keys[event.key];
    if (!act || inField(event.target) || document.querySelector("dialog[open]") || !keysAreOn()) return;
    event.preventDefault();
    act();
  });

  function follow(event) {
    const row = event.target instanceof Element && event.target.closest("[data-judge]");
    if (row) mark(row);
  }

  document.addEventListener("focusin", follow);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-keys]")) flipSwitch();
    follow(event);
  });

  /* An act leads back to the next answer by its address: go on from there. */
  document.addEventListener("DOMContentLoaded", () => {
    showSwitch();
    const here = location.hash && document.getElementById(location.hash.slice(1));
    if (here && here.matches("[data-judge]")) select(here);
  });
})();
