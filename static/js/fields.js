// A filled-in sheet (questionnaire, evaluation, list of deficits): every value saves itself as soon as it is given.
// A group (data-key) is one value: radio buttons, ticks, places or a line. It remembers `seen` (what the server holds, as far as this
// page knows) and `sent` (its own saves without an answer yet), and how it stands: failed (refused), torn (two values, choose).
"use strict";

(() => {
  const PAUSE = 800, RETRY = 3000, LAST_WORDS = 60000, DIGITS = 700;
  const sheet = document.querySelector("form[data-saves]");
  if (!sheet) return;
  const groups = [...sheet.querySelectorAll("[data-key]")];
  let offline = false, retryTimer = 0, digits = "", digitsOf = null, digitsTimer = 0, sending = Promise.resolve();

  const controlsOf = (group) => [...group.querySelectorAll('[name^="value-"]')];
  const groupOf = (node) => node.closest("[data-key]");
  const isDirty = (group) => valueOf(group) !== group.seen && valueOf(group) !== group.spelled; // spelled: her own way of what was saved («5.12»)
  const unsaved = () => groups.filter((group) => group.waits || group.failed || group.torn).length;
  const noteOf = (group) => group.querySelector(".note") || document.querySelector('[data-note="' + group.dataset.key + '"]');

  function valueOf(group) {
    const controls = controlsOf(group), first = controls[0];
    if (first.type === "radio") return controls.find((one) => one.checked)?.value || "";
    if (first.type === "checkbox") return controls.filter((one) => one.checked).map((one) => one.value).join(",");
    return controls.map((one) => one.value).join(",").replace(controls.length > 1 ? /[, ]+$/ : /$^/, "");
  }

  function show(group, text) {
    const parts = text.split(",");
    controlsOf(group).forEach((one, place, all) => {
      if (one.type === "radio") one.checked = one.value === text;
      else if (one.type === "checkbox") one.checked = parts.includes(one.value);
      else one.value = all.length > 1 ? parts[place] || "" : text;
    });
    group.seen = text;
    group.spelled = undefined;
    offerClear(group);
  }

  function offerClear(group) {
    const clear = group.querySelector(".clear");
    if (clear) clear.hidden = !valueOf(group);
  }

  function say(group, text, kind) {
    const mark = group.querySelector(".save");
    mark.replaceChildren(Object.assign(document.createElement("span"), {textContent: text, className: kind || ""}));
  }

  function settle() {
    if (!unsaved()) { offline = false; band.show(""); }
    else if (offline) band.show("Нет связи со школьным сервером. Ответов ждёт на этой странице: " + unsaved() + ". Не закрывайте её — они уйдут сами.");
  }

  // ── saving: one after another, so that a later answer never arrives before an earlier one ──
  function queue(group, now) {
    clearTimeout(group.timer);
    offerClear(group);
    if (group.torn) return;
    group.waits = isDirty(group) || group.sent.length > 0;
    if (!group.waits) { if (group.failed) { group.failed = false; noteOf(group).replaceChildren(); say(group, ""); } return settle(); }
    group.failed = false;
    say(group, offline ? "ждёт связи" : "ещё не отправлено", offline ? "bad" : "");
    group.timer = setTimeout(() => { sending = sending.then(() => send(group)).catch(() => lost(group)); }, now ? 0 : PAUSE);
  }

  const parcel = (group) => [["value", valueOf(group)], ["seen", group.seen], ...group.sent.map((text) => ["sent", text])];

  async function send(group) {
    if (!group.waits || group.torn) return;
    const value = valueOf(group), values = parcel(group);
    if (!group.sent.includes(value)) group.sent.push(value);
    say(group, "сохраняю…");
    const answer = await askServer(sheet.dataset.saves + group.dataset.key, values);
    if (!answer) return lost(group);
    if (answer.status === 401) { say(group, "ждёт входа", "bad"); return loginAgain.ask(retryAll, true); }
    if (offline) { offline = false; setTimeout(retryAll); }
    group.sent = [];
    if (!answer.ok || !answer.valuesaved) return refused(group, answer, value);
    keep(group, answer, value);
  }

  function keep(group, answer, value) {
    const saved = answer.valuesaved, typedOn = valueOf(group) !== value;
    group.seen = saved.text;
    group.spelled = undefined;
    group.waits = typedOn && isDirty(group);
    noteOf(group).replaceChildren();
    controlsOf(group).forEach((one) => one.removeAttribute("aria-invalid"));
    if (!typedOn && !group.contains(document.activeElement)) show(group, saved.text);
    else if (!typedOn) group.spelled = value;
    htmx.swap(group.querySelector(".save"), answer.html, {swapStyle: "innerHTML"}); // also what it has for other places: the progress
    for (const [id, isShown] of Object.entries(saved.shown)) document.getElementById(id)?.classList.toggle("not-asked", !isShown);
    settle();
    if (group.waits) queue(group, true);
    else group.dispatchEvent(new Event("fieldsaved", {bubbles: true}));
  }

  function refused(group, answer, value) {
    if (answer.status === 409 && answer.html.includes("data-theirs")) return conflict(group, answer.html);
    if (valueOf(group) !== value) return queue(group, true); // mended meanwhile
    group.failed = true;
    group.waits = false;
    say(group, "не сохранено", "bad");
    const html = reasonOf(answer, "НЕ СОХРАНЕНО. Ваш ответ остался на странице.");
    noteOf(group).innerHTML = html; // made by the server's templates, which escape what people wrote
    controlsOf(group).forEach((one) => one.setAttribute("aria-invalid", "true"));
    if (answer.status === 422) return offerFormer(group);
    const again = Object.assign(document.createElement("button"), {type: "button", textContent: "Повторить", className: "small"});
    again.addEventListener("click", () => queue(group, true));
    noteOf(group).firstElementChild.append(" ", again);
    band.show("НЕ СОХРАНЕНО. Ответ остался на странице: исправьте его или повторите позже.", "err");
  }

  function offerFormer(group) {
    const back = Object.assign(document.createElement("button"), {type: "button", textContent: "Вернуть прежнее", className: "small"});
    back.addEventListener("click", () => { putBack(group); controlsOf(group)[0].focus(); });
    noteOf(group).firstElementChild.append(" ", back);
  }

  function putBack(group) {
    show(group, group.seen);
    controlsOf(group).forEach((one) => one.removeAttribute("aria-invalid"));
    queue(group, true);
  }

  function lost(group) {
    offline = true;
    say(group, "ждёт связи", "bad");
    settle();
    retryTimer ||= setTimeout(() => { retryTimer = 0; retryAll(); }, RETRY);
  }

  const retryAll = () => { for (const group of groups) if (group.waits) queue(group, true); };

  // ── two values for one place ──
  function conflict(group, html) {
    const note = noteOf(group);
    note.innerHTML = html;
    group.torn = true;
    group.waits = false;
    say(group, "решите ниже", "must");
    settle();
    note.onclick = (click) => { if (click.target.dataset.choose) choose(group, note.firstElementChild.dataset.theirs, click.target.dataset.choose); };
  }

  function choose(group, theirs, choice) {
    group.torn = false;
    noteOf(group).replaceChildren();
    if (choice === "both") controlsOf(group)[0].value = theirs + (theirs ? "\n" : "") + valueOf(group);
    if (choice === "theirs") { show(group, theirs); say(group, "взято записанное", "saved"); return settle(); }
    group.seen = theirs;
    queue(group, true);
    if (!group.waits) say(group, "");
  }

  // ── keys: a digit chooses, Enter goes on ──
  function pick(group, digit) {
    clearTimeout(digitsTimer);
    digitsTimer = setTimeout(() => { digits = ""; }, DIGITS);
    const choices = controlsOf(group).filter((one) => one.dataset.digit !== undefined);
    if (digitsOf !== group) { digits = ""; digitsOf = group; }
    const named = (typed) => choices.find((one) => one.dataset.digit === typed);
    const longer = digits && named(digits + digit), found = longer || named(digit) || (digit === "0" && named("10"));
    if (longer && longer.type === "checkbox") named(digits).checked = !named(digits).checked; // the «1» of «12» was no choice
    digits = longer ? digits + digit : digit;
    if (!found) return;
    found.checked = found.type === "checkbox" ? !found.checked : true;
    found.focus();
    queue(group, true);
  }

  const isShown = (group) => !group.closest(".not-asked") && !group.closest("[hidden]");

  // From a mark to the next mark: its comment is for who presses Tab.
  function goOn(group) {
    const isMark = Boolean(group.querySelector(".points"));
    const shown = groups.filter((one) => isShown(one) && (!isMark || one.querySelector(".points"))), next = shown[shown.indexOf(group) + 1];
    const controls = next ? controlsOf(next) : [sheet.querySelector(".foot .main") || document.querySelector("#by-hand:not(.not-asked) select")];
    (controls.find((one) => one?.checked) || controls[0])?.focus();
    next?.scrollIntoView({block: "nearest"});
  }

  sheet.addEventListener("keydown", (key) => {
    const group = groupOf(key.target), control = key.target;
    if (!group || key.ctrlKey || key.metaKey || key.altKey || !control.name?.startsWith("value-")) return;
    if (/^\d$|^[nнNН]$/.test(key.key) && control.dataset.digit !== undefined) { key.preventDefault(); pick(group, key.key.replace(/[nнNН]/, "n")); }
    else if (key.key === "Enter" && (control.tagName !== "TEXTAREA" || control.rows === 1 || ("byKeys" in sheet.dataset && !key.shiftKey)) && !key.isComposing) { key.preventDefault(); queue(group, true); goOn(group); }
    else if (key.key === "Escape" && group.failed) putBack(group);
    else if (key.key === "Escape" && control.tagName !== "TEXTAREA" && !group.torn && !group.failed && !group.waits) { show(group, group.seen); queue(group, true); }
  });

  sheet.addEventListener("input", (input) => { const group = groupOf(input.target); if (group) queue(group, input.target.type === "radio" || input.target.type === "checkbox"); });
  sheet.addEventListener("change", (change) => { const group = groupOf(change.target); if (group) queue(group, true); });
  sheet.addEventListener("focusout", (blur) => { const group = groupOf(blur.target); if (group && group.spelled === valueOf(group)) show(group, group.seen); });
  sheet.addEventListener("click", (click) => {
    const clear = click.target.closest(".clear");
    if (!clear) return;
    click.preventDefault();
    const group = groupOf(clear);
    controlsOf(group).forEach((one) => { if ("checked" in one && one.type !== "text") one.checked = false; else one.value = ""; });
    controlsOf(group)[0].focus();
    queue(group, true);
  });

  // Leaving by a button or a link waits for the last save; what cannot be saved is warned of.
  const hurry = () => { for (const group of groups) if (isDirty(group) && !group.failed) queue(group, true); };
  async function whenSaved() {
    hurry();
    const isSending = () => groups.some((group) => group.waits); // what was refused waits for the person, not for the server
    for (let tries = 0; tries < 60 && isSending() && !offline; tries += 1) await new Promise((go) => setTimeout(go, 50));
  }
  const nameOf = (group) => group.closest(".field")?.querySelector("label, b")?.textContent.trim();

  // What keeps a page from being left is brought into view, with the hand on it.
  function showRefused() {
    const group = groups.find((one) => one.torn || one.failed || one.waits) || groups[0];
    group.scrollIntoView({block: "center"});
    controlsOf(group)[0].focus({preventScroll: true});
    const name = nameOf(group) ? "полем «" + nameOf(group) + "»" : "этим полем";
    if (!offline) band.show("Сначала решите, что с " + name + ": исправьте его или верните прежнее. Остальное сохранено.", "err");
  }
  document.addEventListener("submit", async (submit) => {
    if (submit.target.method !== "post" || submit.target.closest("dialog") || (!unsaved() && !groups.some(isDirty))) return;
    submit.preventDefault();
    await whenSaved();
    const button = submit.submitter;
    if (!unsaved()) return submit.target.requestSubmit(button);
    button.disabled = false;
    showRefused();
  }, true);
  document.addEventListener("click", async (click) => {
    const link = click.target.closest("a[href]");
    if (!link || link.target || "paper" in link.dataset || click.defaultPrevented || click.ctrlKey || click.metaKey || click.shiftKey || offline || !(unsaved() || groups.some(isDirty))) return;
    click.preventDefault();
    await whenSaved();
    if (!unsaved()) { location.href = link.href; return; }
    showRefused();
  });
  window.addEventListener("online", retryAll);
  document.addEventListener("visibilitychange", () => { if (document.visibilityState === "hidden") hurry(); });
  window.addEventListener("beforeunload", (unload) => { hurry(); if (unsaved()) unload.preventDefault(); });
  window.addEventListener("pagehide", () => {
    let room = LAST_WORDS; // a closing page may send 64 KiB in all
    for (const group of groups.filter((one) => isDirty(one) && !one.torn && !one.failed)) {
      const values = parcel(group);
      room -= new URLSearchParams(values).toString().length;
      if (room > 0) askServer(sheet.dataset.saves + group.dataset.key, values, true);
    }
  });

  for (const group of groups) {
    group.sent = [];
    group.seen = sheet.elements["seen-" + group.dataset.key].value;
    offerClear(group);
  }
  document.querySelector(".hotkeys")?.removeAttribute("hidden");
  sheet.classList.add("live");
  const asked = location.hash && groups.find((group) => group.closest(".q:target") && !valueOf(group));
  if (asked) controlsOf(asked)[0].focus();
  else if (("byKeys" in sheet.dataset || "starts" in sheet.dataset) && !location.hash) {
    const empty = groups.filter(isShown).find((group) => !valueOf(group) && ("byKeys" in sheet.dataset || group.querySelector("[data-digit]")));
    if (empty || "byKeys" in sheet.dataset) controlsOf(empty || groups[0])[0].focus();
  }
  if (groups.some((group) => isDirty(group) && !noteOf(group).childElementCount)) hurry(); // the browser brought back what was not saved
})();
