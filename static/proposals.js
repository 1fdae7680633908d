/* The facts page by keys: J and K move over the proposals, A accepts, E changes. Only while no field has focus, and only
   while the keys are switched on. The proposal that is clicked or holds the focus is the selected one; a key that acts on
   it does so only while it can be seen, and shows it otherwise. Everything has a button of its own; without this script the page works by those. */
(() => {
  "use strict";

  const READ = "read";
  const SWITCH = "proposal-keys";
  const MASTHEAD = 52;
  let selected = "";
  let pressed = "";

  const offers = () => [...document.querySelectorAll("[data-offer]")].filter((offer) => offer.offsetParent !== null);
  const named = (name) => offers().find((offer) => offer.dataset.offer === name);
  const inField = (element) => element instanceof Element && element.closest("input, textarea, select, [contenteditable]") !== null;
  const keysAreOn = () => { try { return localStorage.getItem(SWITCH) !== "off"; } catch { return true; } };

  function showSwitch() {
    for (const button of document.querySelectorAll("[data-keys]")) {
      const on = keysAreOn();
      button.setAttribute("aria-pressed", String(on));
      button.textContent = on ? button.dataset.on : button.dataset.off;
    }
  }

  function flipSwitch() {
    try { localStorage.setItem(SWITCH, keysAreOn() ? "off" : "on"); } catch { /* private window */ }
    showSwitch();
  }

  /* Enough of it stands between masthead and lower edge to know which one it is. */
  function isInView(offer) {
    const { top, bottom, height } = offer.getBoundingClientRect();
    return Math.min(bottom, innerHeight) - Math.max(top, MASTHEAD) >= Math.min(height, 48);
  }

  function mark(offer) {
    for (const other of document.querySelectorAll("[data-offer].sel")) if (other !== offer) other.classList.remove("sel");
    selected = offer.dataset.offer;
    offer.classList.add("sel");
  }

  /* The one proposal that is looked at: it carries the focus, and its page is open in the viewer. */
  function select(offer, openPage = true) {
    const before = named(selected);
    const seen = before && before !== offer && before.querySelector("[data-seen]");
    if (seen) seen.click();
    mark(offer);
    offer.focus({ preventScroll: true });
    offer.scrollIntoView({ block: "nearest" });
    const page = offer.querySelector("[data-page]");
    if (openPage && page) page.click();
  }

  function move(step) {
    const all = offers();
    if (!all.length) return;
    const at = all.findIndex((offer) => offer.dataset.offer === selected);
    if (at < 0) select(step > 0 ? all.find((offer) => !offer.matches(".done")) || all[0] : all[all.length - 1]);
    else select(all[Math.min(Math.max(at + step, 0), all.length - 1)]);
  }

  /* The proposal that a key acts on. None where nothing is selected or it is out of sight: it is shown first. */
  function inSight() {
    const offer = named(selected);
    if (!offer) { move(1); return null; }
    if (!isInView(offer)) { select(offer); return null; }
    return offer;
  }

  function accept() {
    const offer = inSight();
    const button = offer && offer.querySelector("[data-accept]");
    if (button) button.click();
  }

  const fieldsIn = (part) => [...part.querySelectorAll("input:not([type=hidden]), select, textarea")].filter((field) => field.name);

  function holds(field, value) {
    if (field.type === "checkbox") return field.checked === (Array.isArray(value) ? value.includes(field.value) : value !== undefined);
    return field.value === (value ?? "");
  }

  function put(field, value) {
    if (field.type === "checkbox") field.checked = Array.isArray(value) ? value.includes(field.value) : value !== undefined;
    else field.value = value ?? "";
  }

  /* Changing begins with what is proposed. Closed again untouched, the fields are empty again: nothing is taken by itself. */
  function fill(part) {
    const fills = JSON.parse(part.dataset.fills);
    const fields = fieldsIn(part);
    const empty = (field) => holds(field, undefined);
    if (part.open && fields.every(empty)) for (const field of fields) put(field, fills[field.name]);
    else if (!part.open && fields.every((field) => holds(field, fills[field.name]))) for (const field of fields) put(field, undefined);
  }

  document.addEventListener("toggle", (event) => {
    if (event.target instanceof Element && event.target.matches("[data-fills]")) fill(event.target);
  }, true);

  function change() {
    const offer = inSight();
    if (!offer) return;
    const part = offer.querySelector("[data-change]");
    if (part) part.open = true;
    const first = offer.querySelector(".edit input:not([type=hidden]), .edit select, .edit textarea");
    if (first) first.focus();
  }

  const keys = { j: () => move(1), k: () => move(-1), a: accept, e: change };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.repeat && event.key === "a") return;
    if (event.key === "Escape" && inField(event.target) && named(selected)) { named(selected).focus(); return; }
    const act = keys[event.key];
    if (!act || inField(event.target) || document.querySelector("dialog[open]") || !keysAreOn()) return;
    event.preventDefault();
    act();
  });

  function follow(event) {
    const offer = event.target instanceof Element && event.target.closest("[data-offer]");
    if (offer) mark(offer);
  }

  document.addEventListener("focusin", follow);
  document.addEventListener("click", (event) => {
    if (event.target instanceof Element && event.target.closest("[data-keys]")) { flipSwitch(); return; }
    follow(event);
  });

  /* The form came back: stay where the reviewer was, or go on to what is still open after an acceptance. */
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "reading-state") showFresh();
    if (event.target.id !== READ) return;
    showSwitch();
    const refused = document.querySelector(`#${READ} [data-focus]`);
    if (refused) { refused.focus(); return; }
    const here = named(selected);
    if (!here) return;
    const all = offers();
    const next = all.slice(all.indexOf(here) + 1).find((offer) => offer.querySelector("[data-accept]"));
    const goesOn = pressed === "accept" && next;
    select(goesOn ? next : here, Boolean(goesOn));
  });
  document.addEventListener("htmx:beforeRequest", (event) => {
    if (event.detail.elt.name && event.detail.target.id === READ) pressed = event.detail.elt.name;
  });

  function isTyped(field) {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field instanceof HTMLSelectElement) return [...field.options].some((option) => option.selected && !option.defaultSelected && option.index > 0);
    return "defaultValue" in field && field.value !== field.defaultValue;
  }

  /* The reading is done: show what was found at once, unless somebody has begun to type. */
  function showFresh() {
    const button = document.querySelector("[data-show-proposals]");
    const form = document.getElementById("facts");
    if (!button || !form || inField(document.activeElement)) return;
    if (![...form.elements].some(isTyped)) button.click();
  }

  document.addEventListener("DOMContentLoaded", () => {
    showSwitch();
    const marked = document.querySelector("[data-offer].sel");
    if (marked) selected = marked.dataset.offer;
  });
})();
