// A list of people to choose from: typing narrows it, Enter ticks the first one who is left, and who is chosen stands above it.
// Without this script it is a plain list with ticks.
"use strict";

for (const picker of document.querySelectorAll("[data-picker]")) {
  const find = picker.querySelector("[type=search]"), chosen = picker.querySelector(".chosen"), nobody = picker.querySelector(".nobody");
  if (!find) continue;
  const rows = [...picker.querySelectorAll("li")], plain = (text) => text.toLowerCase().replaceAll("ё", "е").replaceAll("\u00a0", " ");
  const boxOf = (row) => row.querySelector("input"), shown = () => rows.filter((row) => !row.hidden);

  function narrow() {
    const words = plain(find.value).split(" ").filter(Boolean);
    for (const row of rows) row.hidden = !words.every((word) => plain(row.textContent).includes(word));
    nobody.hidden = shown().length > 0;
  }

  function name() {
    const names = rows.filter((row) => boxOf(row).checked).map((row) => row.querySelector(".name").textContent);
    const most = Number(picker.dataset.most) || 0, number = boxOf(rows[0]).type === "checkbox" ? (most ? " " + names.length + " из " + most : " (" + names.length + ")") : "";
    chosen.classList.toggle("err-text", most > 0 && names.length > most);
    chosen.textContent = names.length ? "Выбрано" + number + ": " + names.join(", ") : chosen.dataset.none;
  }

  find.addEventListener("input", narrow);
  find.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && find.value) { event.preventDefault(); find.value = ""; return narrow(); }
    if (event.key !== "Enter") return;
    event.preventDefault(); // it would send the whole form
    const first = find.value.trim() && shown().find((row) => !boxOf(row).disabled);
    if (!first) return;
    const box = boxOf(first);
    box.checked = box.type === "radio" || !box.checked;
    find.value = "";
    narrow();
    name();
  });
  picker.addEventListener("change", name);
  find.parentElement.hidden = chosen.hidden = false;
  name();
}
