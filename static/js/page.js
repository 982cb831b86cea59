// What every page needs besides htmx: the search key, the dialogs, the bar of errors, and «Готовим документ…».
"use strict";

const band = {
  show(text, kind) {
    const node = document.getElementById("band");
    node.textContent = text;
    node.className = "band " + (kind || "");
    node.hidden = !text;
  },
};

// Over an open page whose login has run out: the same person goes on, another gets a fresh page.
const loginAgain = {
  waiting: [],
  ask(retry, isSave) { // a text waits until it is saved; whatever else was asked for is given up with the dialog
    this.waiting.push(Object.assign(retry, {isSave}));
    const dialog = document.getElementById("login-again");
    if (!dialog.open) dialog.showModal();
  },
  giveUp() { this.waiting = this.waiting.filter((retry) => retry.isSave); },
  async send(event) {
    event.preventDefault();
    const form = event.target, problem = form.querySelector(".error"), headers = {"HX-Request": "true"};
    const answer = await fetch(form.action, {method: "POST", body: new URLSearchParams(new FormData(form)), headers}).catch(() => null);
    problem.textContent = !answer ? "Нет связи со школьным сервером. Попробуйте ещё раз." : answer.ok ? "" : await answer.text();
    if (!answer?.ok) return;
    form.password.value = "";
    form.closest("dialog").close();
    for (const retry of this.waiting.splice(0)) retry();
  },
};

// What the server answered to one save; null where it cannot be reached, or not to the end. Its events come along by their names.
async function askServer(url, values, keepalive) {
  const headers = {"HX-Request": "true", "X-Login": document.body.dataset.login}, signal = keepalive ? undefined : AbortSignal.timeout(15000);
  try {
    const answer = await fetch(url, {method: "POST", body: new URLSearchParams(values), headers, keepalive, signal});
    const events = JSON.parse(answer.headers.get("HX-Trigger") || "{}");
    return {ok: answer.ok, status: answer.status, html: await answer.text(), newRow: answer.headers.get("X-Row"), ...events};
  } catch { return null; }
}

// What our server says about a refusal; not the page of a proxy on the way.
const reasonOf = (answer, otherwise) => /^\s*<div class="msg/.test(answer.html) ? answer.html : '<div class="msg err" role="alert">' + otherwise + "</div>";

// A part of a page in a dialog over it; Esc and «Закрыть» close it, focus goes back by itself.
async function openDialog(address) {
  const dialog = document.getElementById("dialog"), close = document.createElement("button");
  const answer = await fetch(address, {headers: {"HX-Request": "true"}}).catch(() => null);
  if (!answer) return band.show("Нет связи со школьным сервером.");
  if (answer.status === 401) return loginAgain.ask(() => openDialog(address));
  dialog.innerHTML = await answer.text(); // made by the server's templates, which escape what people wrote
  close.textContent = "Закрыть";
  close.className = "small close";
  close.addEventListener("click", () => dialog.close());
  dialog.prepend(close); // it gets the focus, so what is read begins at its beginning
  dialog.showModal();
}

// A menu of a few buttons closes as menus do: by Esc, or by a click elsewhere.
function closeMenus(besides) {
  for (const menu of document.querySelectorAll("details.more[open]")) if (!menu.contains(besides)) menu.open = false;
}

function ready() {
  for (const menu of document.querySelectorAll(".top nav, .tabs")) {
    const here = menu.querySelector("[aria-current]");
    if (here) menu.scrollLeft = here.offsetLeft - menu.offsetLeft - (menu.clientWidth - here.offsetWidth) / 2; // on a phone it may lie outside
  }
  const form = document.querySelector("#login-again form");
  if (form) form.addEventListener("submit", (event) => loginAgain.send(event));
  if (form) form.closest("dialog").addEventListener("cancel", () => loginAgain.giveUp());
  const problems = document.getElementById("problems");
  if (problems) problems.focus();
  for (const box of document.querySelectorAll("[data-shows]")) {
    box.parentElement.hidden = false;
    box.addEventListener("change", () => { document.getElementById(box.dataset.shows).type = box.checked ? "text" : "password"; });
  }
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input, textarea, select");
  if (event.key === "/" && !typing && document.getElementById("find")) {
    event.preventDefault();
    document.getElementById("find").focus();
  }
  if (event.key === "Escape") {
    const summary = event.target.closest("details.more")?.querySelector("summary");
    closeMenus();
    summary?.focus();
  }
  if (event.key === "Escape" && event.target.id === "find") document.getElementById("found").textContent = "";
});

document.addEventListener("click", (event) => {
  closeMenus(event.target);
  const paper = event.target.closest("a[data-paper]");
  if (paper) {
    band.show("Готовим документ… Это займёт несколько секунд.");
    setTimeout(() => band.show(""), 4000);
  }
  if (!event.target.closest(".find") && document.getElementById("found")) document.getElementById("found").textContent = "";
});

// A form says for whom its page was made: somebody else may have signed in since, in another tab. And a button that was pressed
// is not pressed twice: the first sending is under way.
document.addEventListener("submit", (event) => {
  if (event.target.method !== "post" || event.defaultPrevented) return;
  const author = document.body.dataset.login;
  if (author && !event.target.elements["page-login"]) event.target.append(Object.assign(document.createElement("input"), {type: "hidden", name: "page-login", value: author}));
  const button = event.submitter;
  if (button) setTimeout(() => { button.disabled = true; });
});
// What the server itself holds back (data-not-yet) stays so.
window.addEventListener("pageshow", () => { for (const button of document.querySelectorAll("button:disabled:not([data-not-yet])")) button.disabled = false; });

// htmx says nothing of its own accord when the server refuses or is gone.
document.addEventListener("htmx:responseError", (event) => {
  if (event.detail.xhr.status === 401) loginAgain.ask(() => htmx.trigger(event.detail.elt, event.detail.requestConfig.triggeringEvent?.type || "click"));
  else band.show("Не получилось: сервер ответил отказом. Прежние данные целы.", "err");
});
for (const name of ["htmx:sendError", "htmx:timeout"]) document.addEventListener(name, () => band.show("Нет связи со школьным сервером.", ""));

document.addEventListener("DOMContentLoaded", ready);
