// The plan's table: every cell saves itself, one queue a row; nothing typed is ever lost, and no field is ever swapped.
// A field remembers `seen` (the text the server holds, as far as this page knows), `sent` (its own saves without an answer yet),
// and how it stands: waits (to be sent), typing (waits, and is not sent in the middle of a word), failed (refused, the text stays),
// torn (two texts, a person must choose).
"use strict";

(() => {
  const PAUSE = 800, RETRY = 3000, LAST_WORDS = 60000;
  const box = document.getElementById("cells"), table = document.getElementById("plan");
  if (!box || !table) return;
  const heads = [...table.tHead.rows[0].cells], states = document.getElementById("states").content;
  const emptyRow = table.querySelector("tr.new")?.cloneNode(true);
  const operations = []; // what this page did, the newest last, for Ctrl+Z
  let offline = false, retryTimer = 0, acting = Promise.resolve(); // rows move one after another, each from where the last one left it

  const fieldsOf = (row) => [...row.querySelectorAll("textarea, select")];
  const allFields = () => fieldsOf(table);
  const rowOf = (node) => node.closest("tr");
  const rows = () => [...table.querySelectorAll("tbody tr[id]:not(.gone)")];
  const address = (row, rest) => box.dataset.url + "/" + row.id.slice(1) + (rest ? "/" + rest : "");
  const isDirty = (field) => field.value !== field.seen && field.value !== field.spelled; // spelled: her own way of what was saved («5.12»)
  const titleOf = (field) => heads[field.closest("td").cellIndex].textContent;

  function fit(field) { // only for browsers that cannot do it themselves
    if (field.tagName !== "TEXTAREA" || CSS.supports("field-sizing", "content")) return;
    field.style.height = "auto";
    field.style.height = field.scrollHeight + 2 + "px";
  }

  function show(field, text) {
    field.value = field.seen = text;
    field.spelled = undefined;
    if (field.tagName === "SELECT") showState(field, "");
    fit(field);
  }

  // A late item says so in its state: «Просрочено, 3 дня» stands where «Впереди» would.
  function showState(select, late) {
    [...select.options].forEach((option, index) => { option.text = option.value === select.value && late ? late : states.children[index].text; });
    select.className = late ? "late" : select.value;
  }

  function prepare(row) {
    for (const field of fieldsOf(row).filter((one) => !one.sent)) {
      if (field.tagName === "SELECT") {
        const value = field.value, late = field.classList.contains("late") ? field.options[0].text : "";
        field.replaceChildren(...states.cloneNode(true).children);
        field.value = value || "planned";
        showState(field, late);
      }
      field.seen = field.value;
      field.sent = [];
      fit(field);
    }
    label(row);
  }

  // What a screen reader calls the fields of a row, and what stands over a cell on a phone; on a closed card only cells of class k are seen.
  function label(row) {
    for (const field of fieldsOf(row)) {
      field.name = heads[field.closest("td").cellIndex].dataset.name;
      field.setAttribute("aria-label", titleOf(field) + ", строка " + row.cells[0].textContent.trim());
    }
    for (const cell of row.querySelectorAll("td:not(.save):not(:empty)")) {
      cell.dataset.l = heads[cell.cellIndex].textContent;
      cell.classList.toggle("k", ["title", "due"].includes(heads[cell.cellIndex].dataset.role));
      cell.classList.toggle("t", heads[cell.cellIndex].dataset.role === "title");
    }
  }

  // ── saying how it went: in the row's last cell, and in lines under the row, one a field ──
  function say(row, text, kind) {
    row.querySelector(".save").replaceChildren(Object.assign(document.createElement("span"), {textContent: text, className: kind || ""}));
    if (kind) document.getElementById("said").textContent = "Строка " + row.cells[0].textContent.trim() + ": " + text;
  }

  const sayWaiting = (row) => say(row, offline ? "ждёт связи" : "ещё не отправлено", offline ? "bad" : "");

  const notes = (row) => [...table.querySelectorAll("tr.note")].filter((line) => line.row === row);

  function clearNote(row, key) {
    for (const line of notes(row)) if (line.dataset.key === key) line.remove();
    const field = fieldsOf(row).find((one) => one.name === key);
    if (field) { field.removeAttribute("aria-invalid"); field.removeAttribute("aria-describedby"); field.classList.remove("torn"); }
  }

  function note(row, key, html) {
    clearNote(row, key);
    const line = Object.assign(document.createElement("tr"), {className: "note", row}), cell = document.createElement("td");
    line.dataset.key = key;
    cell.colSpan = heads.length;
    cell.id = "note-" + (row.id || "new") + "-" + key;
    cell.innerHTML = html; // made by the server's templates, which escape what people wrote
    line.append(cell);
    row.after(line);
    fieldsOf(row).find((one) => one.name === key)?.setAttribute("aria-describedby", cell.id);
    return cell;
  }

  // After a save the row may still hold a refused, a torn or an unsent cell: that is what it must go on saying.
  function settle(row) {
    const fields = fieldsOf(row);
    if (fields.some((field) => field.torn)) say(row, "решите ниже", "must");
    else if (fields.some((field) => field.failed)) say(row, "не сохранено", "bad");
    else if (fields.some((field) => field.waits)) sayWaiting(row);
    if (!unsaved()) { offline = false; band.show(""); }
    else if (offline) band.show("Нет связи со школьным сервером. Правок ждёт на этой странице: " + unsaved() + ". Не закрывайте её — они уйдут сами.");
  }

  // The field holds again what the server holds: there is nothing left to send or to say.
  function calm(field) {
    clearTimeout(field.timer);
    field.waits = field.typing = field.failed = false;
    clearNote(rowOf(field), field.name);
    say(rowOf(field), "");
    settle(rowOf(field));
  }

  const unsaved = () => allFields().filter((field) => field.waits || field.failed || field.torn).length;

  // ── saving ──
  function queue(field, now) {
    const row = rowOf(field), spoke = field.waits || field.failed;
    clearTimeout(field.timer);
    field.typing = false;
    if (field.torn) return; // it waits for a choice
    field.waits = isDirty(field) || field.sent.length > 0;
    if (!field.waits) return void (spoke && calm(field));
    field.failed = false;
    sayWaiting(row);
    field.typing = !now;
    field.timer = setTimeout(() => { field.typing = false; flush(row); }, now ? 0 : PAUSE);
  }

  async function flush(row) {
    if (row.busy) { row.again = true; return; }
    row.busy = true;
    try {
      for (let field; (field = fieldsOf(row).find((one) => one.waits && !one.typing && !one.torn)); ) if (!(await send(row, field))) break;
    } finally {
      row.busy = false;
      if (row.again) { row.again = false; setTimeout(() => flush(row)); }
    }
  }

  // Where a cell goes and with what; an empty last row is made by its first cell, and only once.
  function parcel(row, field) {
    if (row.id) return [address(row, field.name), [["value", field.value], ["seen", field.seen], ...field.sent.map((text) => ["sent", text])]];
    row.dataset.once ||= crypto.getRandomValues(new Uint32Array(4)).join("-");
    return [box.dataset.url + "/new", [["value-" + field.name, field.value], ["once", row.dataset.once]]];
  }

  async function send(row, field) {
    const value = field.value, [url, values] = parcel(row, field);
    if (!row.id && !value.trim()) { calm(field); return true; }
    if (!field.sent.includes(value)) field.sent.push(value);
    say(row, "сохраняю…");
    const answer = await askServer(url, values);
    if (!answer) return lost(row);
    if (offline) { offline = false; band.show(""); setTimeout(retryAll); }
    return answered(row, field, value, answer);
  }

  function answered(row, field, value, answer) {
    const saved = answer.cellsaved, typedOn = field.value !== value;
    if (answer.status === 401) { loginAgain.ask(() => flush(row), true); say(row, "ждёт входа", "bad"); return false; }
    field.sent = [];
    field.failed = field.waits = false;
    if (!answer.ok || !saved) { refused(row, field, answer, typedOn); return true; }
    if (!row.id) becomeRow(row, answer.newRow);
    const repeated = answer.newRow && !saved.operation;
    field.seen = saved.text;
    field.spelled = undefined;
    field.waits = (typedOn || repeated) && isDirty(field);
    // While she is in the field her own spelling stays; what is stored is shown when she leaves.
    if (!field.waits && document.activeElement !== field) show(field, saved.text);
    else if (!field.waits) field.spelled = value;
    const state = row.querySelector("select");
    if (state) showState(state, saved.late);
    if (saved.operation) operations.push(saved.operation);
    clearNote(row, field.name);
    htmx.swap(row.querySelector(".save"), answer.html, {swapStyle: "innerHTML"});
    document.getElementById("said").textContent = "Сохранено";
    settle(row);
    return true;
  }

  function refused(row, field, answer, typedOn) {
    if (answer.status === 409 && answer.html.includes("data-theirs")) return conflict(row, field, answer.html);
    if (typedOn) { field.waits = isDirty(field); return settle(row); } // mended meanwhile: that text goes next
    const cell = note(row, field.name, reasonOf(answer, "НЕ СОХРАНЕНО. Ваш текст остался в поле."));
    cell.firstElementChild.prepend(titleOf(field) + ": ");
    field.failed = true;
    field.setAttribute("aria-invalid", "true");
    settle(row);
    if (answer.status === 422) return;
    const again = Object.assign(document.createElement("button"), {textContent: "Повторить", className: "small"});
    again.addEventListener("click", () => { queue(field, true); field.focus(); });
    cell.firstElementChild.append(" ", again);
    band.show("НЕ СОХРАНЕНО. Текст остался на странице: исправьте его или повторите позже.", "err");
  }

  function lost(row) {
    offline = true;
    settle(row);
    retryTimer ||= setTimeout(() => { retryTimer = 0; retryAll(); }, RETRY);
    return false;
  }

  const retryAll = () => { for (const row of new Set(allFields().filter((field) => field.waits).map(rowOf))) flush(row); };

  // ── two texts for one cell ──
  function conflict(row, field, html) {
    const cell = note(row, field.name, html), theirs = cell.firstElementChild.dataset.theirs;
    field.torn = true;
    field.classList.add("torn");
    settle(row);
    cell.addEventListener("click", (click) => { if (click.target.dataset.choose) choose(row, field, theirs, click.target.dataset.choose); });
  }

  async function choose(row, field, theirs, choice) {
    field.focus(); // now: later she may be typing elsewhere
    if (choice === "theirs") { // my text goes into history, so that the choice can be undone
      const answer = await askServer(address(row, field.name + "/theirs"), {value: field.value});
      if (!answer) return band.show("Нет связи со школьным сервером. Оба текста на месте: выберите ещё раз позже.");
      if (answer.status === 401) return loginAgain.ask(() => choose(row, field, theirs, choice));
      if (answer.ok) { field.torn = false; show(field, theirs); answered(row, field, theirs, answer); }
      else band.show("Не получилось: сервер ответил отказом. Оба текста на месте.", "err");
    } else {
      field.torn = false;
      if (choice === "both") field.value = theirs + (theirs ? "\n" : "") + field.value;
      field.seen = theirs;
      clearNote(row, field.name);
      fit(field);
      queue(field, true);
      if (!field.waits) calm(field);
    }
  }

  // ── rows ──
  // The row stays where it is, with the caret in it; a new empty one is put after it.
  function becomeRow(row, id) {
    const blank = emptyRow.cloneNode(true);
    row.classList.remove("new");
    row.id = "r" + id;
    row.cells[0].replaceChildren(Object.assign(document.createElement("a"), {href: address(row)}));
    row.cells[heads.length - 2].replaceChildren(document.createElement("select"));
    document.getElementById("new-rows").append(blank);
    prepare(row);
    prepare(blank);
    renumber();
    if (row.goesOn && document.activeElement === document.body) blank.querySelector('[name="' + CSS.escape(row.goesOn) + '"]').focus();
  }

  const renumber = () => rows().forEach((row, index) => { row.cells[0].firstElementChild.textContent = index + 1; label(row); });
  const act = (...given) => { acting = acting.then(() => carryOut(...given)).catch(() => band.show("Не получилось. Обновите страницу: на ней будет нынешний порядок строк.", "err")); };

  async function carryOut(row, what, to) {
    const all = rows(), other = to && all[all.indexOf(row) + (to === "up" ? -1 : 1)];
    const answer = await askServer(address(row, what), {to: to || ""});
    if (!answer) return band.show("Нет связи со школьным сервером. Строка осталась на месте: повторите позже.");
    if (answer.status === 401) return loginAgain.ask(() => act(row, what, to));
    if (!answer.ok || !answer.rowdone) return void note(row, "menu", reasonOf(answer, "Не получилось. Строка осталась на месте."));
    if (what === "remove") clearNote(row, "menu");
    if (answer.rowdone.operation) operations.push(answer.rowdone.operation);
    if (answer.rowdone.section) return showOrder(row.id); // the heads of sections are the server's to paint
    if (answer.rowdone.operation && other) {
      const focused = document.activeElement; // a menu that moves along would lose it
      if (to === "up") row.after(other); else row.before(other); // the other one goes, so that the caret stays in this one
      for (const one of [row, other]) one.after(...belongings(one));
      focused.focus();
      row.scrollIntoView({block: "nearest"});
    }
    if (what === "remove") setGone(row, true);
    htmx.swap(row.querySelector(".save"), answer.html, {swapStyle: "innerHTML"});
    settle(row);
    renumber();
    if (document.activeElement === document.body) (what === "remove" ? row.querySelector(".undo") : row.cells[0].firstElementChild)?.focus();
  }

  // The rows in this order, without those that are in the bin now. False where only the server can paint it: under heads of sections.
  function reorder(order) {
    const shown = [...table.querySelectorAll("tbody tr[id]")], focused = document.activeElement;
    if (table.querySelector("tr.group") || order.some((id) => !document.getElementById(id))) return false;
    for (const row of shown) setGone(row, !order.includes(row.id));
    if (rows().some((row, index) => row.id !== order[index])) {
      const all = [...order, ...shown.map((row) => row.id).filter((id) => !order.includes(id))].map((id) => document.getElementById(id));
      for (const row of all) table.tBodies[0].append(row, ...belongings(row));
    }
    renumber();
    focused.focus();
    return true;
  }

  const belongings = (row) => [...table.querySelectorAll('[data-of="' + row.id + '"]'), ...notes(row)];

  function setGone(row, isGone) {
    row.classList.toggle("gone", isGone);
    for (const field of fieldsOf(row)) field.disabled = isGone;
  }

  // Rows stand otherwise than this page shows them: it is opened anew at that row, unless something on it is still to be saved.
  function showOrder(id) {
    if (unsaved()) return band.show("Сделано. Новый порядок строк покажется, когда вы обновите страницу.");
    history.replaceState(null, "", "#" + id);
    location.reload();
  }

  // One after the other: each answer says how whole rows stand, and one that comes late would show what is no longer so.
  let lastUndo = Promise.resolve();
  function undo(operation) {
    const place = operations.indexOf(operation);
    if (place >= 0) operations.splice(place, 1); // now: a second Ctrl+Z means the one before
    lastUndo = lastUndo.catch(() => {}).then(() => takeBack(operation, place));
  }

  async function takeBack(operation, place) {
    const again = () => place >= 0 && operations.splice(place, 0, operation);
    const answer = await askServer("/operations/" + operation + "/undo", {}), text = document.createElement("template");
    if (!answer) { again(); return band.show("Нет связи со школьным сервером: отмена не выполнена."); }
    if (answer.status === 401) { again(); return loginAgain.ask(() => undo(operation)); }
    text.innerHTML = answer.html;
    if (!answer.ok) return band.show(text.content.textContent.trim());
    const undone = JSON.parse(text.content.querySelector("[data-undone]").dataset.undone);
    htmx.swap(document.createElement("div"), answer.html, {swapStyle: "innerHTML"}); // for what it has for other places: the progress
    if (undone.order && !reorder(undone.order.map((id) => "r" + id))) return showOrder("r" + Object.keys(undone.rows)[0]);
    for (const [id, cells] of Object.entries(undone.rows)) {
      const row = document.getElementById("r" + id);
      if (!row) continue;
      const changed = fieldsOf(row).filter((field) => field.seen !== cells[field.name] && !isDirty(field) && !field.torn); // what she is typing now stays hers
      for (const field of changed) show(field, cells[field.name]);
      if (row.querySelector("select")) showState(row.querySelector("select"), undone.late?.[id] || "");
      if (row.querySelector(".save").contains(document.activeElement)) (changed[0] || row.cells[0].firstElementChild).focus();
      say(row, "отменено", "saved");
      settle(row);
    }
  }

  function hideMenu(row) {
    clearNote(row, "menu");
    row.cells[0].firstElementChild.focus();
  }

  function menu(row) {
    const isOpen = notes(row).some((line) => line.dataset.key === "menu");
    for (const other of rows()) clearNote(other, "menu");
    if (isOpen) return;
    const cell = note(row, "menu", document.getElementById("row-menu").innerHTML);
    cell.querySelector("[data-do=open]").href = address(row) + "#f-@note";
    cell.querySelector("[data-do=history]").href = address(row, "history");
    cell.addEventListener("click", (click) => {
      const what = click.target.dataset.do;
      if (what === "history") { click.preventDefault(); openDialog(click.target.href); }
      else if (what === "up" || what === "down") act(row, "move", what);
      else if (what === "remove") act(row, "remove");
      else if (what === "hide") hideMenu(row);
    });
    cell.addEventListener("keydown", (key) => { if (key.key === "Escape") hideMenu(row); });
    cell.querySelector("a").focus();
  }

  // ── words under a field: repeated ones that go on from what is typed, or the whole list of a column that takes no others ──
  function suggest(field) {
    document.querySelector(".suggest")?.remove();
    const words = document.querySelector('template[data-suggest="' + field.name + '"]');
    if (!words) return;
    const typed = field.value.trim().toLowerCase(), all = [...words.content.cloneNode(true).children];
    const offered = "closed" in words.dataset ? all : all.filter((word) => word.textContent.toLowerCase().startsWith(typed) && word.textContent !== field.value);
    if (!offered.length) return;
    const list = document.createElement("div"), place = field.getBoundingClientRect();
    list.className = "suggest";
    list.field = field;
    list.append(...offered);
    list.style.left = place.left + scrollX + "px";
    list.style.top = place.bottom + scrollY + 2 + "px";
    list.addEventListener("mousedown", (press) => press.preventDefault()); // the field keeps the focus
    list.addEventListener("click", (click) => { field.value = click.target.textContent; field.focus(); queue(field, true); list.remove(); });
    list.addEventListener("keydown", (key) => {
      const next = {ArrowDown: key.target.nextElementSibling, ArrowUp: key.target.previousElementSibling || field, Escape: field}[key.key];
      if (next) { key.preventDefault(); next.focus(); }
    });
    document.body.append(list);
  }

  // ── keys, pointers, leaving ──
  function go(field, step) {
    const all = [...table.querySelectorAll('[name="' + CSS.escape(field.name) + '"]')].filter((one) => !one.disabled), next = all[all.indexOf(field) + step];
    if (next) next.focus(); else { rowOf(field).goesOn = field.name; field.blur(); }
  }

  table.addEventListener("keydown", (key) => {
    const field = key.target.closest("textarea, select"), row = rowOf(key.target), list = document.querySelector(".suggest");
    const arrow = {ArrowUp: "up", ArrowDown: "down"}[key.key];
    if (key.altKey && arrow && row.id && document.getElementById("row-menu")) { key.preventDefault(); act(row, "move", arrow); }
    else if (field && list && key.key === "ArrowDown") { key.preventDefault(); list.firstElementChild.focus(); }
    else if (field && field.tagName === "TEXTAREA" && key.key === "Enter" && !key.shiftKey && !key.isComposing) { key.preventDefault(); queue(field, true); go(field, 1); }
    else if (field && key.key === "Escape" && !field.torn) { if (isDirty(field)) show(field, field.seen); queue(field, true); list?.remove(); }
  });

  document.addEventListener("keydown", (key) => {
    const field = key.target.closest("textarea, input");
    if (!(key.ctrlKey || key.metaKey) || key.shiftKey || key.code !== "KeyZ" || !operations.length || (field && field.seen === undefined)) return;
    if (field && isDirty(field)) return; // while typing it is the browser's own
    key.preventDefault();
    undo(operations.at(-1));
  });

  table.addEventListener("input", (input) => { fit(input.target); suggest(input.target); queue(input.target, false); });
  table.addEventListener("change", (change) => queue(change.target, true));
  // Who comes by key finds a date selected, as in a spreadsheet, and the caret of a text at its end; a pointer puts it where it points.
  let byKey = false;
  document.addEventListener("keydown", (key) => { byKey = key.key === "Tab" || key.key === "Enter"; }, true);
  document.addEventListener("pointerdown", () => { byKey = false; }, true);
  table.addEventListener("focusin", (focus) => {
    const field = focus.target;
    if (!field.matches("textarea")) return;
    if (byKey) field.setSelectionRange(["due", "date"].includes(heads[field.closest("td").cellIndex].dataset.kind) ? 0 : field.value.length, field.value.length);
    byKey = false; // what gives the focus later is not that key
    suggest(field);
  });
  table.addEventListener("focusout", (blur) => {
    if (blur.target.value === blur.target.spelled) show(blur.target, blur.target.seen);
    setTimeout(() => { const list = document.querySelector(".suggest"); if (list && !list.contains(document.activeElement) && document.activeElement !== list.field) list.remove(); });
  });

  table.addEventListener("click", (click) => {
    const row = rowOf(click.target), button = click.target.closest("[data-undo]"), number = click.target.closest("tbody th a");
    if (click.target.matches("tr[id] .save:empty") && document.getElementById("row-menu")) menu(row);
    else if (button) undo(Number(button.dataset.undo));
    else if (number && document.getElementById("row-menu") && !click.ctrlKey && !click.metaKey) { click.preventDefault(); menu(row); }
    else if (row?.querySelector(".save") && !click.target.closest("select, button, a") && matchMedia("(max-width: 900px)").matches && !row.classList.contains("open")) {
      for (const other of table.querySelectorAll("tr.open")) other.classList.remove("open");
      row.classList.add("open");
      fieldsOf(row).forEach(fit);
    }
  });

  document.getElementById("add-row")?.addEventListener("click", (click) => {
    const row = table.querySelector("tr.new");
    click.preventDefault();
    row.classList.add("open");
    row.scrollIntoView({block: "center"});
    row.querySelector("[placeholder]").focus();
  });

  const hurry = () => { for (const field of allFields()) if (isDirty(field) && !field.failed) queue(field, true); };
  window.addEventListener("online", retryAll);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") hurry(); });
  // A link that is clicked right after the last letter waits for that letter's save; what cannot be saved is warned of below.
  document.addEventListener("click", async (click) => {
    const link = click.target.closest("a[href]");
    if (!link || link.target || "paper" in link.dataset || click.defaultPrevented || click.ctrlKey || click.metaKey || click.shiftKey || offline || !unsaved()) return;
    click.preventDefault();
    hurry();
    for (let tries = 0; tries < 40 && unsaved(); tries += 1) await new Promise((go) => setTimeout(go, 50));
    location.href = link.href;
  });
  window.addEventListener("beforeunload", (unload) => { hurry(); if (unsaved()) unload.preventDefault(); });
  window.addEventListener("pagehide", () => {
    // A closing page may send 64 KiB in all: the short texts first. About the others she was warned before.
    let room = LAST_WORDS;
    for (const [url, values] of lastParcels()) {
      room -= new URLSearchParams(values).toString().length;
      if (room > 0) askServer(url, values, true);
    }
  });

  // A new row goes as one, so that its cells do not overtake each other.
  function lastParcels() {
    const last = allFields().filter((field) => isDirty(field) && !field.torn && !field.failed), made = last.filter((field) => rowOf(field).id);
    const parcels = made.map((field) => parcel(rowOf(field), field)), rest = last.filter((field) => !rowOf(field).id);
    for (const row of new Set(rest.map(rowOf))) {
      const all = rest.filter((field) => rowOf(field) === row).map((field) => parcel(row, field));
      parcels.push([all[0][0], [...all.map(([, values]) => values[0]), all[0][1][1]]]);
    }
    return parcels.sort((one, other) => String(one[1]).length - String(other[1]).length);
  }

  box.disabled = false;
  document.querySelector(".hotkeys").hidden = false;
  for (const row of table.querySelectorAll("tbody tr")) if (row.querySelector(".save")) prepare(row);
  const aim = /^#r\d+$/.exec(location.hash); // from a list of items, or after an undo
  if (aim) document.querySelector(aim[0] + " th a")?.focus({preventScroll: true});
})();
