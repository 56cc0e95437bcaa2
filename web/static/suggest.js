// Offers authors and publications for the word that is being typed. Without this file they are typed out, or found among the
// facets.
(function () {
  "use strict";

  const box = document.querySelector(".searchbox input[name=q]");
  if (!box) return;
  const PAUSE = 150; // milliseconds without a key before the archive is asked
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", "Suggestions");
  list.hidden = true;
  box.after(list);
  for (const [name, value] of [["role", "combobox"], ["aria-autocomplete", "list"], ["aria-expanded", "false"], ["aria-controls", list.id]]) {
    box.setAttribute(name, value);
  }
  let timer = 0;
  let asked = null;
  let active = -1;

  // word is the beginning of a word before the cursor at the end of the box, outside of quotation marks.
  function word() {
    const text = box.value;
    if (box.selectionStart !== text.length || (text.match(/["“”]/g) || []).length % 2) return "";
    const found = text.match(/(?:^|[\s(])([\p{L}\p{M}\p{N}'’.-]{2,})$/u);
    return found ? found[1] : "";
  }

  function close() {
    clearTimeout(timer);
    if (asked) asked.abort();
    list.hidden = true;
    active = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  function choose(index) {
    const start = word();
    if (start) box.value = box.value.slice(0, -start.length) + list.children[index].dataset.text + " ";
    close();
    box.focus();
  }

  function show(texts, notes) {
    active = -1;
    list.replaceChildren(...texts.map((text, i) => {
      const option = document.createElement("li");
      option.id = "suggestion-" + i;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.text = text;
      const note = document.createElement("span");
      note.className = "n";
      note.textContent = notes[i] || "";
      option.append(text + " ", note);
      // The press must not take the focus out of the box.
      option.addEventListener("pointerdown", (event) => event.preventDefault());
      option.addEventListener("click", () => choose(i));
      return option;
    }));
    list.hidden = !texts.length;
    box.setAttribute("aria-expanded", String(!list.hidden));
  }

  function move(by) {
    const options = list.children;
    if (active >= 0) options[active].setAttribute("aria-selected", "false");
    active = active < 0 && by < 0 ? options.length - 1 : (active + by + options.length) % options.length;
    options[active].setAttribute("aria-selected", "true");
    box.setAttribute("aria-activedescendant", options[active].id);
  }

  async function ask() {
    const start = word();
    if (!start) return close();
    asked = new AbortController();
    try {
      const answer = await fetch("/suggest?q=" + encodeURIComponent(start), { signal: asked.signal });
      const [, texts, notes] = answer.ok ? await answer.json() : [start, [], []];
      if (word() === start && document.activeElement === box) show(texts, notes);
    } catch { /* typed on, or no answer: nothing to offer */ }
  }

  box.addEventListener("input", () => {
    close();
    timer = setTimeout(ask, PAUSE);
  });
  box.addEventListener("blur", close);
  box.addEventListener("keydown", (event) => {
    if (list.hidden || event.isComposing) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && active >= 0) choose(active);
    else return;
    event.preventDefault();
  });
})();
