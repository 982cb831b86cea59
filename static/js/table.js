// The plan's table: every cell saves itself, one queue a row; nothing typed is ever lost or swapped away.
"use strict";

(() => {
  const PAUSE = 800, PATIENCE = 15000, RETRY = 3000;
  const box = document.getElementById("cells"), table = document.getElementById("plan");
  if (!box || !table) return;
  const heads = [...table.tHead.rows[0].cells];
  const states = document.getElementById("states");
  const operations = []; // what this page did, the newest last, for Ctrl+Z
  let offline = false;

  // A field remembers `seen` (the text the server shows) and `sent` (its own save that has no answer yet).
  const fieldsOf = (row) => [...row.querySelectorAll("textarea, select")];
  const rowOf = (node) => node.closest("tr");
  const isDirty = (field) => field.value !== field.seen;
  const rows = () => [...table.tBodies[0].rows].filter((row) => row.id);
  const status = (row) => row.querySelector(".save");
  const titleOf = (field) => heads[field.closest("td").cellIndex].textContent;

  function fit(field) {
    if (field.tagName !== "TEXTAREA" || CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto"; // through the object model: the policy against inline styles allows it
    field.style.height = field.scrollHeight + 2 + "px";
  }

  function prepare(row) {
    for (const field of fieldsOf(row)) {
      const cell = field.closest("td");
      if (field.tagName === "SELECT" && field.options.length < 2) {
        const value = field.value;
        field.replaceChildren(...states.content.cloneNode(true).children);
        field.value = value;
      }
      field.seen = field.value;
      field.setAttribute("aria-label", titleOf(field) + ", строка " + row.cells[0].textContent.trim());
      cell.dataset.l = titleOf(field);
      const head = heads[cell.cellIndex];
      if (head.dataset.role === "title" || head.dataset.role === "due") cell.classList.add("k");
      fit(field);
    }
  }

  // ── saying how it went ──
  function say(row, text, kind) {
    const mark = document.createElement("span");
    mark.textContent = text;
    mark.className = kind || "";
    status(row).replaceChildren(mark);
    if (kind) document.getElementById("said").textContent = "Строка " + row.cells[0].textContent.trim() + ": " + text;
  }

  function note(row, html) {
    clearNote(row);
    if (!html) return null;
    const line = document.createElement("tr"), cell = document.createElement("td");
    line.className = "note";
    cell.colSpan = heads.length;
    cell.id = "n" + (row.id || "new");
    cell.innerHTML = html; // made by the server's templates, which escape what people wrote
    line.append(cell);
    row.after(line);
    return cell;
  }

  function clearNote(row) {
    const next = row.nextElementSibling;
    if (next && next.classList.contains("note")) next.remove();
    for (const field of fieldsOf(row)) { field.removeAttribute("aria-invalid"); field.removeAttribute("aria-describedby"); field.classList.remove("torn"); }
  }

  function count() {
    const waiting = [...table.querySelectorAll("textarea, select")].filter((field) => field.waits || field.failed).length;
    if (offline) band.show("Нет связи со школьным сервером. Правок ждёт на этой странице: " + waiting + ". Не закрывайте её — они уйдут сами.");
    else if (document.getElementById("band").className !== "band err") band.show("");
    return waiting;
  }

  // ── saving ──
  function queue(field, now) {
    const row = rowOf(field);
    clearTimeout(field.timer);
    if (field.torn) return; // a conflict waits for a choice
    if (!isDirty(field) && field.sent === undefined) { field.waits = false; return; }
    field.waits = true;
    field.failed = false;
    if (!status(row).querySelector(".must")) say(row, offline ? "ждёт связи" : "ещё не отправлено", offline ? "bad" : "");
    field.timer = setTimeout(() => flush(row), now ? 0 : PAUSE);
  }

  async function flush(row) {
    if (row.busy) { row.again = true; return; }
    row.busy = true;
    try {
      let field;
      while ((field = fieldsOf(row).find((one) => one.waits && !one.torn))) {
        if (!(await send(row, field))) break;
      }
    } finally {
      row.busy = false;
      if (row.again) { row.again = false; setTimeout(() => flush(row)); }
    }
  }

  function post(address, values) {
    return fetch(address, {method: "POST", body: new URLSearchParams(values), headers: {"HX-Request": "true"}, signal: AbortSignal.timeout(PATIENCE)});
  }

  async function send(row, field) {
    const value = field.value, isNew = row.classList.contains("new");
    const values = isNew ? {["value-" + field.name]: value, once: row.dataset.once ||= crypto.getRandomValues(new Uint32Array(4)).join("-")} : {value, seen: field.seen};
    if (!isNew && field.sent !== undefined) values.sent = field.sent;
    if (isNew && !value.trim()) { field.waits = false; return true; }
    field.sent = value;
    say(row, "сохраняю…");
    let answer;
    try {
      answer = await post(isNew ? box.dataset.url + "/new" : box.dataset.url + "/" + row.id.slice(1) + "/" + field.name, values);
    } catch {
      lost(row);
      return false;
    }
    connected();
    return answered(row, field, value, answer, await answer.text());
  }

  function answered(row, field, value, answer, html) {
    const events = JSON.parse(answer.headers.get("HX-Trigger") || "{}");
    if (answer.ok && events.cellsaved) {
      if (row.classList.contains("new")) becomeRow(row, answer.headers.get("X-Row"));
      field.sent = undefined;
      field.seen = events.cellsaved.text;
      field.waits = field.value !== value && field.value !== field.seen;
      if (field.value === value && (document.activeElement !== field || field.tagName === "SELECT")) { field.value = field.seen; fit(field); }
      else if (field.value === value) field.pretty = field.seen; // shown when she leaves the field
      if (field.tagName === "SELECT") field.className = field.value;
      if (events.cellsaved.operation) operations.push(events.cellsaved.operation);
      clearNote(row);
      htmx.swap(status(row), html, {swapStyle: "innerHTML"});
      document.getElementById("said").textContent = "Сохранено";
      return true;
    }
    if (answer.status === 401) { loginAgain.ask(() => flush(row)); say(row, "ждёт входа", "bad"); return false; }
    field.waits = false;
    field.failed = true;
    field.sent = undefined;
    if (answer.status === 409) return conflict(row, field, html);
    const cell = note(row, html || '<div class="msg err">НЕ СОХРАНЕНО. Ваш текст остался в поле.</div>');
    field.setAttribute("aria-invalid", "true");
    field.setAttribute("aria-describedby", cell.id);
    say(row, "не сохранено", "bad");
    if (answer.status !== 422) band.show("НЕ СОХРАНЕНО. Текст остался на странице: исправьте или повторите позже.", "err");
    return answer.status === 422;
  }

  function lost(row) {
    offline = true;
    say(row, "ждёт связи", "bad");
    count();
    setTimeout(() => { if (offline) retryAll(); }, RETRY);
  }

  function connected() {
    if (!offline) return;
    offline = false;
    band.show("");
    setTimeout(retryAll);
  }

  function retryAll() {
    for (const row of table.querySelectorAll("tbody tr")) if (fieldsOf(row).some((field) => field.waits)) flush(row);
  }

  // ── two texts for one cell ──
  function conflict(row, field, html) {
    const cell = note(row, html), theirs = cell.firstElementChild.dataset.theirs;
    field.torn = true;
    field.classList.add("torn");
    field.setAttribute("aria-describedby", cell.id);
    say(row, "решите ниже", "must");
    cell.addEventListener("click", (event) => {
      const choice = event.target.dataset.choose;
      if (choice) choose(row, field, theirs, choice);
    });
    return true;
  }

  async function choose(row, field, theirs, choice) {
    const mine = field.value;
    field.torn = field.failed = false;
    if (choice === "theirs") {
      let answer;
      try { answer = await post(box.dataset.url + "/" + row.id.slice(1) + "/" + field.name + "/theirs", {value: mine}); } catch { field.torn = true; return lost(row); }
      if (answer.status === 401) { field.torn = true; return loginAgain.ask(() => choose(row, field, theirs, choice)); }
      const html = await answer.text();
      if (answer.ok) { field.value = theirs; answered(row, field, theirs, answer, html); }
    } else {
      if (choice === "both") field.value = theirs + (theirs ? "\n" : "") + mine;
      field.seen = theirs;
      clearNote(row);
      fit(field);
      status(row).textContent = "";
      queue(field, true);
    }
    field.focus();
  }

  // ── rows ──
  function becomeRow(row, id) {
    const blank = row.cloneNode(true);
    for (const field of blank.querySelectorAll("textarea")) { field.value = field.textContent = ""; }
    delete blank.dataset.once;
    blank.querySelector(".save").textContent = "";
    blank.classList.remove("open");
    row.classList.remove("new");
    delete row.dataset.once;
    row.id = "r" + id;
    row.cells[0].innerHTML = "";
    const link = document.createElement("a");
    link.href = box.dataset.url + "/" + id;
    row.cells[0].append(link);
    status(row).id = "s" + id;
    const state = document.createElement("select"), late = document.createElement("small");
    state.name = "@state";
    state.className = "planned";
    state.append(...states.content.cloneNode(true).children);
    late.id = "l" + id;
    row.cells[heads.length - 2].replaceChildren(state, late);
    state.seen = "planned";
    state.setAttribute("aria-label", "Состояние");
    table.tBodies[0].append(row);
    document.getElementById("new-rows").replaceChildren(blank);
    prepare(blank);
    renumber();
  }

  function renumber() {
    rows().filter((row) => !row.classList.contains("gone")).forEach((row, index) => { row.cells[0].firstElementChild.textContent = index + 1; });
  }

  async function act(row, what, values) {
    const focus = document.activeElement;
    let answer;
    try { answer = await post(box.dataset.url + "/" + row.id.slice(1) + "/" + what, values || {}); } catch { return lost(row); }
    const html = await answer.text();
    if (answer.status === 401) return loginAgain.ask(() => act(row, what, values));
    if (!answer.ok) { note(row, html); return; }
    const done = JSON.parse(answer.headers.get("HX-Trigger") || "{}").rowdone;
    if (done && done.operation) operations.push(done.operation);
    clearNote(row);
    if (done && done.operation && values) swap(row, values.to);
    if (what === "remove") { row.classList.add("gone"); for (const field of fieldsOf(row)) field.disabled = true; }
    htmx.swap(status(row), html, {swapStyle: "innerHTML"});
    renumber();
    if (focus && row.contains(focus)) focus.focus();
  }

  function swap(row, to) {
    const all = rows().filter((one) => !one.classList.contains("gone")), other = all[all.indexOf(row) + (to === "up" ? -1 : 1)];
    if (!other) return;
    if (to === "up") other.before(row); else other.after(row);
    for (const one of [row, other]) for (const line of table.querySelectorAll('[data-of="' + one.id + '"]')) one.after(line);
  }

  async function undo(operation) {
    let answer;
    try { answer = await post("/operations/" + operation + "/undo", {}); } catch { return band.show("Нет связи со школьным сервером: отмена не выполнена."); }
    if (answer.status === 401) return loginAgain.ask(() => undo(operation));
    operations.splice(operations.indexOf(operation), 1);
    if (!answer.ok) { const text = document.createElement("div"); text.innerHTML = await answer.text(); return band.show(text.textContent.trim()); }
    const undone = JSON.parse(answer.headers.get("HX-Trigger")).undone;
    if (undone.moved && !count()) return location.reload();
    for (const [id, cells] of Object.entries(undone.rows)) {
      const row = document.getElementById("r" + id);
      for (const field of row ? fieldsOf(row) : []) {
        if (isDirty(field)) continue; // what she is typing now is hers
        field.value = field.seen = cells[field.name];
        if (field.tagName === "SELECT") field.className = field.value;
        fit(field);
      }
      if (row) { clearNote(row); say(row, "отменено", "saved"); }
    }
  }

  function menu(row) {
    const cell = note(row, document.getElementById("row-menu").innerHTML), address = box.dataset.url + "/" + row.id.slice(1);
    cell.querySelector("[data-do=open]").href = address;
    cell.querySelector("[data-do=history]").href = address + "/history";
    cell.addEventListener("click", (event) => {
      const what = event.target.dataset.do;
      if (what === "history") { event.preventDefault(); openHistory(address + "/history"); }
      else if (what === "up" || what === "down") act(row, "move", {to: what});
      else if (what === "remove") act(row, "remove");
      else if (what === "hide") { clearNote(row); row.cells[0].firstElementChild.focus(); }
    });
    cell.querySelector("a").focus();
  }

  function openHistory(address) {
    const dialog = document.getElementById("dialog");
    htmx.ajax("GET", address, {target: dialog, swap: "innerHTML"}).then(() => {
      const close = document.createElement("button");
      close.textContent = "Закрыть";
      close.dataset.close = "";
      dialog.append(close);
      dialog.showModal();
    });
  }

  // ── repeated words ──
  function suggest(field) {
    document.querySelector(".suggest")?.remove();
    const words = document.querySelector('template[data-suggest="' + field.name + '"]');
    if (!words || field.value.trim()) return;
    const list = document.createElement("div"), place = field.getBoundingClientRect();
    list.className = "suggest";
    list.append(words.content.cloneNode(true));
    list.style.left = place.left + scrollX + "px";
    list.style.top = place.bottom + scrollY + 2 + "px";
    list.field = field;
    document.body.append(list);
    list.addEventListener("mousedown", (event) => event.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (event) => { if (event.target.matches("button")) { field.value = event.target.textContent; field.focus(); queue(field, true); list.remove(); } });
  }

  // ── keys ──
  function go(field, step) {
    const all = [...table.querySelectorAll('[name="' + CSS.escape(field.name) + '"]')].filter((one) => !one.disabled), next = all[all.indexOf(field) + step];
    if (next) next.focus(); else field.blur();
  }

  table.addEventListener("keydown", (event) => {
    const field = event.target.closest("textarea, select"), row = rowOf(event.target);
    if (event.altKey && (event.key === "ArrowUp" || event.key === "ArrowDown") && row?.id && document.getElementById("row-menu")) {
      event.preventDefault();
      return act(row, "move", {to: event.key === "ArrowUp" ? "up" : "down"});
    }
    if (!field) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing && field.tagName === "TEXTAREA") { event.preventDefault(); queue(field, true); go(field, 1); }
    if (event.key === "Escape" && !field.torn) { field.value = field.seen; field.sent = undefined; field.waits = field.failed = false; clearNote(row); status(row).textContent = ""; fit(field); document.querySelector(".suggest")?.remove(); }
    const list = document.querySelector(".suggest");
    if (event.key === "ArrowDown" && list && !event.altKey) { event.preventDefault(); list.querySelector("button").focus(); }
  });

  document.addEventListener("keydown", (event) => {
    const list = event.target.closest(".suggest");
    if (list && (event.key === "ArrowDown" || event.key === "ArrowUp")) { event.preventDefault(); (event.key === "ArrowDown" ? event.target.nextElementSibling : event.target.previousElementSibling)?.focus(); }
    if (list && event.key === "Escape") { list.field.focus(); list.remove(); }
    if (!(event.ctrlKey || event.metaKey) || event.code !== "KeyZ" || event.shiftKey || !operations.length) return;
    const field = event.target.closest("textarea, input");
    if (field && isDirty(field)) return; // while typing it is the browser's own
    event.preventDefault();
    undo(operations.at(-1));
  });

  table.addEventListener("input", (event) => { fit(event.target); document.querySelector(".suggest")?.remove(); queue(event.target, event.target.tagName === "SELECT"); });
  table.addEventListener("change", (event) => queue(event.target, true));
  table.addEventListener("focusin", (event) => { if (event.target.matches("textarea")) suggest(event.target); });
  table.addEventListener("focusout", (event) => {
    const field = event.target;
    if (!field.matches("textarea, select")) return;
    if (isDirty(field) && !field.failed) queue(field, true);
    if (field.pretty !== undefined && !isDirty({value: field.value, seen: field.value}) && !field.waits) { if (!field.failed) field.value = field.seen; field.pretty = undefined; fit(field); }
    setTimeout(() => { const list = document.querySelector(".suggest"); if (list && !list.contains(document.activeElement) && document.activeElement !== field) list.remove(); });
  });

  table.addEventListener("click", (event) => {
    const row = rowOf(event.target), button = event.target.closest("[data-undo]"), number = event.target.closest("th a");
    if (button) return undo(Number(button.dataset.undo));
    if (number && document.getElementById("row-menu") && !event.ctrlKey && !event.metaKey) { event.preventDefault(); const open = row.nextElementSibling?.querySelector(".menu"); return open ? clearNote(row) : menu(row); }
    if (row && (row.id || row.classList.contains("new")) && !event.target.closest("select, button, a") && !row.classList.contains("open") && matchMedia("(max-width: 640px)").matches) {
      for (const other of table.querySelectorAll("tr.open")) other.classList.remove("open");
      row.classList.add("open");
      for (const field of fieldsOf(row)) fit(field);
    }
  });

  document.getElementById("add-row")?.addEventListener("click", (event) => {
    event.preventDefault();
    const row = table.querySelector("tr.new");
    row.classList.add("open");
    row.scrollIntoView({block: "center"});
    row.querySelector("textarea").focus();
  });

  // ── leaving ──
  window.addEventListener("online", retryAll);
  window.addEventListener("beforeunload", (event) => {
    for (const field of table.querySelectorAll("textarea, select")) if (isDirty(field) && !field.failed && !field.torn) queue(field, true);
    if (count()) event.preventDefault();
  });
  function leave() {
    for (const row of rows()) {
      for (const field of fieldsOf(row)) {
        if (!isDirty(field) || field.torn || field.failed || field.value.length > 20000) continue; // 64 KiB is all that a closing page may send
        const values = new URLSearchParams({value: field.value, seen: field.seen});
        if (field.sent !== undefined) values.set("sent", field.sent);
        field.sent = field.value;
        fetch(box.dataset.url + "/" + row.id.slice(1) + "/" + field.name, {method: "POST", body: values, headers: {"HX-Request": "true"}, keepalive: true}).catch(() => {});
      }
    }
  }
  window.addEventListener("pagehide", leave);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") for (const field of table.querySelectorAll("textarea, select")) if (isDirty(field) && !field.failed) queue(field, true); });

  box.disabled = false;
  for (const row of table.querySelectorAll("tbody tr")) if (fieldsOf(row).length) prepare(row);
})();
