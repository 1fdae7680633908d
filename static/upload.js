/* Sends one file with progress in words and a stop button. Without it the form posts the file plainly.
   components/upload.html describes the attributes; the server answers {redirect} or, with a 4xx, {error}. */
(() => {
  "use strict";

  const MEGABYTE = 1024 * 1024;
  const megabytes = (bytes) => (bytes < MEGABYTE / 10 ? Math.max(1, Math.round(bytes / 1024)) + " kB" : (bytes / MEGABYTE).toFixed(1).replace(/\.0$/, "") + " MB");
  const filled = (sentence, values) => sentence.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? values[name] : whole));

  function timeLeft(words, seconds) {
    if (!Number.isFinite(seconds)) return "";
    if (seconds < 60) return filled(words.secondsLeft, { n: Math.max(1, Math.round(seconds)) });
    return filled(words.minutesLeft, { n: Math.round(seconds / 60) });
  }

  function prepare(form) {
    const words = form.dataset;
    const limit = Number(words.maxBytes);
    const input = form.querySelector("input[type=file]");
    const drop = form.querySelector("[data-drop]");
    const row = form.querySelector("[data-file]");
    const name = row.querySelector("[data-name]");
    const said = row.querySelector("[data-said]");
    const bar = row.querySelector("progress");
    const stop = row.querySelector("[data-stop]");
    const refusal = form.querySelector("[data-refusal]");
    const send = form.querySelector("[data-send]");
    const waits = "wait" in words;
    let request = null;
    let chosen = null;

    function show(part) {
      row.hidden = part !== "file";
      drop.hidden = input.hidden = part === "file";
      bar.hidden = part === "file" && request === null;
      send.hidden = !(waits && request === null);
    }

    function refuse(sentence) {
      chosen = null;
      refusal.querySelector("[data-sentence]").textContent = sentence;
      refusal.hidden = false;
      input.value = "";
      show("drop");
      input.focus();
    }

    function wrongWith(file) {
      if (file.size === 0) return words.empty;
      if (file.size > limit) return filled(words.tooLarge, { size: megabytes(file.size) });
      const suffixes = (words.suffix || "").toLowerCase().split(" ").filter(Boolean);
      if (suffixes.length && !suffixes.some((each) => file.name.toLowerCase().endsWith(each))) return words.wrongType;
      return "";
    }

    function answer(body) {
      try { return JSON.parse(body); } catch { return {}; }
    }

    /* Without other fields a chosen file leaves at once; with some it waits for the button. */
    function choose(file) {
      refusal.hidden = true;
      const wrong = wrongWith(file);
      if (wrong) { refuse(wrong); return; }
      if (!waits) { begin(file); return; }
      chosen = file;
      name.textContent = file.name;
      said.textContent = megabytes(file.size);
      show("file");
      stop.textContent = words.otherFile;
    }

    function begin(file) {
      const data = new FormData(form);
      data.set(input.name, file, file.name);
      name.textContent = file.name;
      bar.value = 0;
      bar.setAttribute("aria-label", filled(words.uploadOf, { name: file.name }));
      said.textContent = filled(words.progress, { done: megabytes(0), all: megabytes(file.size) });
      request = new XMLHttpRequest();
      show("file");
      stop.textContent = words.wordStop;
      stop.hidden = false;
      stop.focus();
      const started = performance.now();
      request.open("POST", form.action);
      request.setRequestHeader("X-Requested-With", "XMLHttpRequest");
      request.upload.addEventListener("progress", (event) => {
        if (!event.lengthComputable) return;
        const done = Math.min(event.loaded, file.size);
        const seconds = (performance.now() - started) / 1000;
        const left = seconds > 1 ? timeLeft(words, (file.size - done) * (seconds / Math.max(done, 1))) : "";
        bar.value = (100 * done) / file.size;
        said.textContent = [filled(words.progress, { done: megabytes(done), all: megabytes(file.size) }), left].filter(Boolean).join(" · ");
      });
      request.upload.addEventListener("load", () => { bar.removeAttribute("value"); stop.hidden = true; said.textContent = words.checking; });
      request.addEventListener("load", () => {
        const told = answer(request.responseText);
        const status = request.status;
        request = null;
        if (status < 300 && told.redirect) { window.location.assign(told.redirect); return; }
        refuse(told.error || (status === 413 ? filled(words.tooLarge, { size: megabytes(file.size) }) : words.failed));
      });
      request.addEventListener("error", () => { request = null; refuse(words.broken); });
      request.addEventListener("abort", () => { request = null; refuse(words.stopped); });
      request.send(data);
    }

    input.addEventListener("change", () => { if (input.files.length) choose(input.files[0]); });
    stop.addEventListener("click", () => {
      if (request) { request.abort(); return; }
      chosen = null;
      input.value = "";
      show("drop");
      input.focus();
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      if (request) return;
      if (chosen) begin(chosen);
      else if (input.files.length) choose(input.files[0]);
      else refuse(words.none);
    });
    for (const kind of ["dragenter", "dragover"]) drop.addEventListener(kind, (event) => { event.preventDefault(); drop.classList.add("over"); });
    for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
    drop.addEventListener("drop", (event) => {
      event.preventDefault();
      const files = event.dataTransfer.files;
      if (files.length > 1) { refuse(words.oneFile); return; }
      if (files.length) choose(files[0]);
    });
    /* A file dropped beside the area would open in the browser and leave the page. */
    for (const kind of ["dragover", "drop"]) window.addEventListener(kind, (event) => event.preventDefault());
    window.addEventListener("beforeunload", (event) => { if (request) event.preventDefault(); });
    input.required = false;
    show("drop");
  }

  for (const form of document.querySelectorAll("form[data-upload]")) prepare(form);
})();
