// Keys for those who keep their hands on the keyboard. Every one of them repeats something that is a link or a form on the
// page: without this file nothing is missing.
(function () {
  "use strict";

  const OFF = "oped-keys-off";
  const dialog = document.getElementById("keys");
  const toggle = document.getElementById("keys-on");
  const link = document.getElementById("keys-link");

  // Storage may be forbidden; the keys then are on.
  function isOff() {
    try { return localStorage.getItem(OFF) === "1"; } catch { return false; }
  }
  function setOff(off) {
    try { off ? localStorage.setItem(OFF, "1") : localStorage.removeItem(OFF); } catch { /* stays for this page only */ }
  }

  function showKeys() {
    if (dialog && !dialog.open) dialog.showModal();
  }

  function step(nodes, by, current) {
    const i = nodes.indexOf(current);
    return i < 0 ? nodes[by > 0 ? 0 : nodes.length - 1] : nodes[i + by];
  }

  function moveChoice(by) {
    const hits = Array.from(document.querySelectorAll(".hit h2 a, .newest h3 a"));
    const nodes = hits.length ? hits : Array.from(document.querySelectorAll(".text > *"));
    const inside = nodes.find((n) => (n.closest(".hit") || n).contains(document.activeElement));
    const next = nodes.length && step(nodes, by, inside);
    if (!next) return;
    if (!hits.length) next.tabIndex = -1;
    next.focus({ preventScroll: true });
    next.scrollIntoView({ block: "center" });
  }

  function moveMatch(by) {
    const marks = Array.from(document.querySelectorAll(".clip mark[id]"));
    if (!marks.length) {
      const page = document.querySelector(by > 0 ? "a[rel=next]" : "a[rel=prev]");
      if (page) page.click();
      return;
    }
    const current = marks.findIndex((m) => "#" + m.id === location.hash);
    const start = current < 0 && by < 0 ? 0 : current;
    location.replace("#" + marks[(start + by + marks.length) % marks.length].id);
  }

  function focusSearch() {
    const box = document.getElementById("q") || document.querySelector("input[type=search], main input:not([type=hidden])");
    if (!box) return;
    box.focus();
    box.select();
  }

  function tick() {
    const hit = document.activeElement.closest(".hit");
    const box = hit && hit.querySelector(".pick input");
    if (box) box.click();
  }

  const actions = {
    "/": focusSearch,
    j: () => moveChoice(1),
    k: () => moveChoice(-1),
    n: () => moveMatch(1),
    p: () => moveMatch(-1),
    x: tick,
    "?": showKeys,
  };

  function isTyping(target) {
    if (target.tagName === "INPUT") return !/^(checkbox|radio|button|submit)$/.test(target.type);
    return target.isContentEditable || /^(TEXTAREA|SELECT)$/.test(target.tagName);
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented || isTyping(event.target)) return;
    if (isOff() || (dialog && dialog.open)) return;
    const action = actions[event.key];
    if (!action) return;
    event.preventDefault();
    action();
  });

  if (link) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      showKeys();
    });
  }
  if (toggle) {
    toggle.checked = !isOff();
    toggle.addEventListener("change", () => setOff(!toggle.checked));
  }
})();
