// The form editor, beside fields.js: a card whose fields depend on its kind is drawn anew, the preview follows what was saved, cards move by keys.
"use strict";

(() => {
  const form = document.querySelector(".editor form[data-saves]");
  const card = form.querySelector(".card.open");

  document.addEventListener("fieldsaved", (saved) => {
    if ("reshapes" in saved.target.dataset) { reload(saved.target); return; }
    htmx.trigger(document.body, "drafted");
  });

  // The hand stays on the field that it was on: the entry of the browser's history outlives the reload, and no other page reads it.
  function reload(changed) {
    const at = card?.contains(document.activeElement) && document.activeElement.id;
    history.replaceState({focus: at || changed.querySelector("select, textarea, input:not([type=hidden])")?.id}, "");
    location.reload();
  }

  // The question that is being written is marked and stays in view. htmx gives a question of the same name its former looks until it settles.
  const preview = document.getElementById("preview");
  preview.addEventListener("htmx:afterSettle", () => {
    const here = preview.dataset.card && document.getElementById("q-" + preview.dataset.card);
    if (!here) return;
    here.classList.add("here");
    if (preview.scrollHeight > preview.clientHeight) preview.scrollTop += here.getBoundingClientRect().top - preview.getBoundingClientRect().top - 80;
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

  // What came of a list or a workbook is said once, not whenever the page is shown again.
  const here = new URL(location.href), news = ["cards", "inside", "ours", "odd", "book", "added", "changed", "removed", "other"].filter((name) => here.searchParams.has(name));
  for (const name of news) here.searchParams.delete(name);
  if (news.length) history.replaceState(history.state, "", here);

  // A table of Word comes with its cells told apart, lines inside of them too; as plain text they would fall into rows of their own.
  form.addEventListener("paste", (paste) => {
    const box = paste.target.closest('textarea[name^="many-"]');
    if (!box) return;
    const html = paste.clipboardData.getData("text/html").replace(/<style[^]*?<\/style>|\sstyle=("[^"]*"|'[^']*')/gi, ""); // its looks are refused anyway
    const page = new DOMParser().parseFromString(html, "text/html"); // which runs and loads nothing
    const tables = [...page.querySelectorAll("table")].filter((one) => !one.parentElement.closest("table"));
    const rows = tables.flatMap(grid).map((cells) => cells.join("\t"));
    tables.forEach((one) => one.remove());
    if (!rows.length || page.body.textContent.trim()) return; // more than a table comes as its plain text
    paste.preventDefault();
    box.setRangeText(rows.join("\n"), box.selectionStart, box.selectionEnd, "end");
  });

  // A cell that is merged over several takes the first of their places, the others stay empty: what follows keeps its column.
  function grid(table) {
    const rows = [];
    [...table.rows].forEach((row, at) => {
      let place = 0;
      for (const cell of row.cells) {
        while ((rows[at] ||= [])[place] !== undefined) place += 1;
        for (let down = 0; down < Math.min(cell.rowSpan || 1, table.rows.length - at); down += 1) {
          for (let across = 0; across < Math.min(cell.colSpan, 50); across += 1) (rows[at + down] ||= [])[place + across] = down || across ? "" : line(cell);
        }
      }
    });
    return rows.map((cells) => Array.from(cells, (cell) => cell ?? ""));
  }

  function line(cell) {
    for (const end of cell.querySelectorAll("br, p, div, li")) end.after(" ");
    return cell.textContent.replace(/\s+/g, " ").trim();
  }

  // The browser goes to the place in the address when everything is loaded, and takes the focus from whoever had it before.
  window.addEventListener("load", () => setTimeout(() => {
    const former = history.state?.focus;
    if (former) history.replaceState(null, "");
    const first = document.getElementById(former) || card?.querySelector("textarea, input:not([type=hidden]), select");
    if (!card || !first || document.querySelector(".msg.err") || (location.hash && location.hash !== "#" + card.id)) return;
    first.focus();
    card.scrollIntoView({block: "nearest"});
  }));
})();
