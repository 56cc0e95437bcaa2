// Copies what is selected in an article as a quotation: the words, who wrote them where and when, and a link that opens at
// them. Without this file the same can be put together by hand from the citation and the permalink.
(function () {
  "use strict";

  const clip = document.querySelector(".clip");
  const bar = document.getElementById("quoting");
  const canonical = document.querySelector("link[rel=canonical]");
  if (!clip || !bar || !canonical) return;
  const button = bar.querySelector("button");
  const status = bar.querySelector("[role=status]");
  const LONG = 12; // words; a longer quotation is found by its ends

  // quoted is what is selected, if it lies within the text of the article.
  function quoted() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    const whole = range.commonAncestorContainer;
    const inside = (whole.nodeType === Node.TEXT_NODE ? whole.parentElement : whole).closest(".text, .clip > header, .note, .corrections");
    const text = selection.toString().replace(/\s+/g, " ").trim();
    if (!inside || !text) return null;
    const start = range.startContainer.nodeType === Node.TEXT_NODE ? range.startContainer.parentElement : range.startContainer;
    return { text: text, block: start.closest("[id^=b]") };
  }

  // A text fragment reads "-", "," and "&" as its own signs.
  function encoded(words) {
    return encodeURIComponent(words.join(" ")).replace(/-/g, "%2D");
  }

  function link(quote) {
    const words = quote.text.split(" ");
    const found = words.length > LONG ? encoded(words.slice(0, 5)) + "," + encoded(words.slice(-5)) : encoded(words);
    const version = new URLSearchParams(location.search).get("version");
    return canonical.href + (version ? "?version=" + encodeURIComponent(version) : "") +
      "#" + (quote.block ? quote.block.id : "") + ":~:text=" + found;
  }

  // The clipboard of browsers is there on safe connections only; the old way works elsewhere.
  async function copy(text) {
    if (navigator.clipboard) {
      try { await navigator.clipboard.writeText(text); return true; } catch { /* not allowed: try the old way */ }
    }
    const area = document.createElement("textarea");
    area.value = text;
    bar.append(area);
    area.select();
    const done = document.execCommand("copy");
    area.remove();
    return done;
  }

  document.addEventListener("selectionchange", () => {
    if (bar.contains(document.activeElement) && !bar.hidden) return;
    bar.hidden = !quoted();
    status.textContent = "";
  });
  // The press must not take the selection away.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("click", async () => {
    const quote = quoted();
    if (!quote) return;
    const done = await copy("“" + quote.text + "”\n" + clip.dataset.citation + "\n" + link(quote));
    status.textContent = done ? "Copied" : "This browser does not let pages copy";
  });
})();
