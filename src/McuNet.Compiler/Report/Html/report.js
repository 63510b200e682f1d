"use strict";
(() => {
  const tip = document.createElement("div");
  tip.id = "tip";
  tip.hidden = true;
  tip.setAttribute("aria-hidden", "true");
  document.body.append(tip);
  let looked = [];

  const look = (item, x, y) => {
    away();
    const about = item.dataset.op;
    looked = about === undefined ? [item] : [...document.querySelectorAll(`[data-op="${about}"]`)];
    looked.forEach(e => e.classList.add("looked"));
    const text = item.getAttribute("aria-label");
    if (!text) return;
    tip.textContent = text;
    tip.hidden = false;
    const box = tip.getBoundingClientRect();
    tip.style.left = `${Math.max(4, Math.min(x + 14, innerWidth - box.width - 4))}px`;
    tip.style.top = `${y + 18 + box.height > innerHeight ? Math.max(4, y - box.height - 10) : y + 18}px`;
  };
  const away = () => {
    looked.forEach(e => e.classList.remove("looked"));
    looked = [];
    tip.hidden = true;
  };
  const itemOf = e => e.target.closest(".item, tr[data-op]");

  document.addEventListener("pointermove", e => {
    const item = itemOf(e);
    if (item) look(item, e.clientX, e.clientY);
    else if (!document.activeElement.matches(".item")) away();
  });
  const lookAtFocus = () => {
    const item = document.activeElement;
    if (!item.matches(".item")) return away();
    const box = item.getBoundingClientRect();
    look(item, box.left + Math.min(box.width, 40), box.top + Math.min(box.height, 60));
  };
  document.addEventListener("focusin", lookAtFocus);
  document.addEventListener("scroll", lookAtFocus, { passive: true });

  // One stop of the Tab key for each picture; arrows go from item to item.
  for (const chart of document.querySelectorAll(".chart")) {
    const items = [...chart.querySelectorAll(".item")];
    items.forEach((item, i) => item.setAttribute("tabindex", i === 0 ? "0" : "-1"));
    chart.addEventListener("keydown", e => {
      const at = items.indexOf(document.activeElement);
      if (at < 0) return;
      const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -at, End: items.length - 1 - at }[e.key];
      if (step === undefined) return;
      e.preventDefault();
      const next = items[Math.max(0, Math.min(items.length - 1, at + step))];
      items[at].setAttribute("tabindex", "-1");
      next.setAttribute("tabindex", "0");
      next.focus();
    });
  }
  document.addEventListener("keydown", e => { if (e.key === "Escape") away(); });

  // Paper shows what is unfolded.
  const folds = [...document.querySelectorAll("details")];
  const button = document.createElement("button");
  const name = () => { button.textContent = folds.every(d => d.open) ? "Fold all" : "Unfold all, for printing"; };
  button.type = "button";
  button.addEventListener("click", () => {
    const open = !folds.every(d => d.open);
    folds.forEach(d => { d.open = open; });
    name();
  });
  folds.forEach(d => d.addEventListener("toggle", name));
  name();
  document.querySelector("nav").append(button);
})();
