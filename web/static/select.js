// Ticked articles are remembered while the tab is open, over pages and searches. Without this file the ticks of one page can
// be kept all the same.
(function () {
  "use strict";

  const KEY = "oped-ticked";
  const MOST = 300; // as many as an address can hold
  const form = document.getElementById("selection");
  if (!form) return;
  const boxes = Array.from(document.querySelectorAll(".pick input"));
  const status = form.querySelector("[role=status]");
  const elsewhere = form.querySelector(".elsewhere");

  // Storage may be forbidden; the ticks then are those of this page.
  function load() {
    try {
      const ids = JSON.parse(sessionStorage.getItem(KEY));
      return Array.isArray(ids) ? ids.filter((id) => /^[a-z2-7]{16}$/.test(id)).slice(0, MOST) : [];
    } catch { return []; }
  }
  function save(ids) {
    try { sessionStorage.setItem(KEY, JSON.stringify(ids)); } catch { /* stays for this page only */ }
  }

  function show(ids) {
    const here = new Set(boxes.map((box) => box.value));
    const others = ids.filter((id) => !here.has(id));
    elsewhere.replaceChildren(...others.map((id) => {
      const field = document.createElement("input");
      field.type = "hidden";
      field.name = "id";
      field.value = id;
      return field;
    }));
    let text = (ids.length || "none") + " so far";
    if (others.length) text += ", " + others.length + " on other pages";
    if (ids.length >= MOST) text += "; no more can be kept at once";
    status.textContent = text;
    form.classList.toggle("some", ids.length > 0);
  }

  function update() {
    const here = new Set(boxes.map((box) => box.value));
    const ids = load().filter((id) => !here.has(id));
    for (const box of boxes) {
      if (!box.checked) continue;
      if (ids.length < MOST) ids.push(box.value);
      else box.checked = false;
    }
    save(ids);
    show(ids);
  }

  function restore() {
    const ids = load();
    for (const box of boxes) box.checked = ids.includes(box.value);
    show(ids);
  }

  for (const box of boxes) box.addEventListener("change", update);
  const all = form.querySelector(".all");
  const none = form.querySelector(".none");
  all.addEventListener("click", () => { for (const box of boxes) box.checked = true; update(); });
  none.addEventListener("click", () => { save([]); restore(); });
  all.hidden = none.hidden = false;
  // A page that comes back from the history must show what was ticked since.
  window.addEventListener("pageshow", restore);
})();
