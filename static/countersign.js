/* What the pages do beyond HTML. Everything works without it. Loaded in the head so that the theme is right at once. */
(() => {
  "use strict";

  const root = document.documentElement;
  const remembered = (() => { try { return localStorage.getItem("theme") || ""; } catch { return ""; } })();
  if (remembered === "light" || remembered === "dark") root.dataset.theme = remembered;

  const TOAST_SECONDS = 6;
  const inField = (element) => element.closest("input, textarea, select, [contenteditable]") !== null;

  function chooseTheme(choice) {
    if (choice) root.dataset.theme = choice; else delete root.dataset.theme;
    try { if (choice) localStorage.setItem("theme", choice); else localStorage.removeItem("theme"); } catch { /* private window */ }
    showTheme();
  }

  function showTheme() {
    const now = root.dataset.theme || "";
    for (const group of document.querySelectorAll("[data-themes]")) {
      group.hidden = false;
      for (const button of group.querySelectorAll("[data-theme-choice]")) {
        button.setAttribute("aria-pressed", String(button.dataset.themeChoice === now));
      }
    }
  }

  /* A toast leaves after six seconds, but never from under the pointer or the focus. */
  function startToast(toast) {
    let timer;
    const go = () => { timer = setTimeout(() => toast.remove(), TOAST_SECONDS * 1000); };
    const stay = () => clearTimeout(timer);
    for (const event of ["mouseenter", "focusin"]) toast.addEventListener(event, stay);
    for (const event of ["mouseleave", "focusout"]) toast.addEventListener(event, go);
    go();
  }

  function openDialog(key) {
    const dialog = document.getElementById(key);
    if (!(dialog instanceof HTMLDialogElement) || dialog.open) return;
    dialog.showModal();
    const first = dialog.querySelector("[aria-invalid=true], [autofocus], .body input:not([type=hidden]), .body textarea, .body select");
    if (first) first.focus();
  }

  /* One press, one act: a form that is under way is not sent again. */
  function sendOnce(event) {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post") || form.dataset.again !== undefined) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "yes";
    if (event.submitter) event.submitter.setAttribute("aria-busy", "true");
  }

  function sendableAgain() {
    for (const form of document.querySelectorAll("form[data-sent]")) delete form.dataset.sent;
    for (const button of document.querySelectorAll("button[aria-busy]")) button.removeAttribute("aria-busy");
  }

  function addRow(formset) {
    const total = formset.querySelector("input[name$='-TOTAL_FORMS']");
    const most = Number((formset.querySelector("input[name$='-MAX_NUM_FORMS']") || {}).value || 1000);
    const index = Number(total.value);
    if (index >= most) return;
    const template = formset.querySelector("template[data-row]");
    const row = document.createElement("template");
    row.innerHTML = template.innerHTML.replaceAll("__prefix__", String(index)).replaceAll("__number__", String(index + 1));
    const item = row.content.firstElementChild;
    formset.querySelector("[data-rows]").append(item);
    total.value = String(index + 1);
    const first = item.querySelector("input:not([type=hidden]), select, textarea");
    if (first) first.focus();
    item.dispatchEvent(new CustomEvent("row-added", { bubbles: true }));
  }

  document.addEventListener("click", (event) => {
    if (!(event.target instanceof Element)) return;
    const at = (selector) => event.target.closest(selector);
    let found;
    if ((found = at("[aria-disabled='true']"))) { event.preventDefault(); event.stopPropagation(); }
    else if ((found = at("[data-dialog]"))) { event.preventDefault(); openDialog(found.dataset.dialog); }
    else if ((found = at("dialog [data-close]"))) { event.preventDefault(); found.closest("dialog").close(); }
    else if (event.target instanceof HTMLDialogElement) event.target.close();
    else if ((found = at("[data-dismiss]"))) found.closest("[data-toast]").remove();
    else if ((found = at("[data-theme-choice]"))) chooseTheme(found.dataset.themeChoice);
    else if ((found = at("[data-add-row]"))) addRow(found.closest("[data-formset]"));
    else if ((found = at("[data-print]"))) window.print();
    for (const menu of document.querySelectorAll("details[data-menu][open]")) if (!menu.contains(event.target)) menu.open = false;
  }, true);

  document.addEventListener("keydown", (event) => {
    if (event.key === " " && event.target instanceof Element && event.target.matches("a[role=button]")) { event.preventDefault(); event.target.click(); }
    if (event.key === "/" && !event.ctrlKey && !event.metaKey && !event.altKey && !inField(event.target)) {
      const search = document.querySelector("[data-search]");
      if (search && search.offsetParent) { event.preventDefault(); search.focus(); search.select(); }
    }
    if (event.key === "Escape") {
      for (const menu of document.querySelectorAll("details[data-menu][open]")) { menu.open = false; menu.querySelector("summary").focus(); }
    }
  });

  /* Left and right turn the pages of a document, unless somebody types or scrolls a large page sideways. */
  document.addEventListener("keydown", (event) => {
    const way = { ArrowLeft: "viewer-previous", ArrowRight: "viewer-next" }[event.key];
    if (!way || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.defaultPrevented) return;
    const at = event.target;
    if (inField(at) || at.closest("dialog, [role=radiogroup], [role=tablist]")) return;
    const scrolls = at.closest(".paper");
    if (scrolls && scrolls.scrollWidth > scrolls.clientWidth) return;
    const link = document.getElementById(way);
    if (link) { event.preventDefault(); link.click(); }
  });

  document.addEventListener("change", (event) => {
    const box = event.target;
    const form = box.form;
    if (form && form.dataset.autosubmit !== undefined && box.type !== "search") form.requestSubmit();
    const item = box.closest("[data-item]");
    if (item && box.name && box.name.endsWith("-DELETE")) item.classList.toggle("gone", box.checked);
  });

  /* The browser or its owner said no to a passkey. */
  document.addEventListener("allauth.error", (event) => {
    const refused = document.querySelector("[data-passkey-refused]");
    if (refused) { event.preventDefault(); refused.hidden = false; }
  });
  document.addEventListener("submit", sendOnce);
  window.addEventListener("pageshow", sendableAgain);
  document.addEventListener("DOMContentLoaded", () => {
    showTheme();
    for (const toast of document.querySelectorAll("[data-toast]")) startToast(toast);
    for (const dialog of document.querySelectorAll("dialog[data-opened]")) openDialog(dialog.id);
    const notice = document.querySelector("[data-focus]") || document.querySelector("main [aria-invalid='true']");
    if (notice && !notice.closest("dialog")) notice.focus();
    if (location.hash.length > 1) openDialog(location.hash.slice(1));
  });
})();
