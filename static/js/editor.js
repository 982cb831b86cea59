// The form editor, beside fields.js: a card whose fields depend on its kind is drawn anew, the preview follows what was saved, cards move by keys.
"use strict";

(() => {
  const form = document.querySelector(".editor form[data-saves]");
  const card = form.querySelector(".card.open");

  document.addEventListener("fieldsaved", (saved) => {
    if ("reshapes" in saved.target.dataset) { location.reload(); return; }
    htmx.trigger(document.body, "drafted");
  });

  // The question that is being written stays in view.
  const preview = document.getElementById("preview");
  preview.addEventListener("htmx:afterSwap", () => {
    const here = preview.dataset.card && document.getElementById("q-" + preview.dataset.card), pane = preview.parentElement;
    if (!here || getComputedStyle(pane).position !== "sticky") return;
    here.classList.add("here");
    pane.scrollTop += here.getBoundingClientRect().top - pane.getBoundingClientRect().top - 80;
  });

  // The keys work wherever the focus is, but not while another form is filled in.
  document.addEventListener("keydown", (key) => {
    const step = {ArrowUp: "up", ArrowDown: "down"}[key.key], other = key.target.closest("form");
    if ((other && other !== form) || document.querySelector("dialog[open]")) return;
    const button = key.altKey && step && card ? card.querySelector('[value^="' + step + ':"]') : key.ctrlKey && key.key === "Enter" ? deed(key.target) : null;
    if (!button || button.disabled) return;
    key.preventDefault();
    form.requestSubmit(button);
  });

  // In a field for a list the list is what there is to add; elsewhere it is a card.
  const deed = (at) => at.name?.startsWith("many-") ? at.parentElement.querySelector('[value^="many:"]') : form.querySelector("[data-next]") || form.querySelector('[value^="add:"]');

  // The browser goes to the place in the address when everything is loaded, and takes the focus from whoever had it before.
  window.addEventListener("load", () => setTimeout(() => {
    const first = card?.querySelector("textarea, input:not([type=hidden]), select");
    if (!first || document.querySelector(".msg.err") || (location.hash && location.hash !== "#" + card.id)) return;
    first.focus();
    card.scrollIntoView({block: "nearest"});
  }));
})();
