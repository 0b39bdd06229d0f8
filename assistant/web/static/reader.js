// Reading a guide: arrow keys turn its pages, buttons enlarge them, the next ones are fetched early.

import { zoomable } from "./zoom.js";

const view = document.querySelector(".view");
const KEPT = "page-size"; // for the time the tab is open: the next page is as large as this one

if (view) {
  const group = document.querySelector(".zooming");
  const output = group.querySelector("output");
  const zoom = zoomable(view, Number(sessionStorage.getItem(KEPT) ?? 0), (percent, step) => {
    output.textContent = `${percent}\u00a0%`;
    sessionStorage.setItem(KEPT, step);
  });
  group.querySelector(".in").addEventListener("click", zoom.larger);
  group.querySelector(".out").addEventListener("click", zoom.smaller);
  group.hidden = false;
  view.querySelector("rect")?.scrollIntoView({ block: "center" });
}

const turn = (rel) => document.querySelector(`#turning a[rel="${rel}"]`);

document.addEventListener("keydown", (event) => {
  const rel = { ArrowLeft: "prev", ArrowRight: "next" }[event.key];
  if (!rel || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (event.target.closest?.("input, textarea, select")) return;
  // An enlarged page is first scrolled sideways.
  if (event.target === view && view.scrollWidth > view.clientWidth + 1) return;
  turn(rel)?.click();
});

document.querySelector(".keys").hidden = false;

addEventListener("load", () => {
  const next = turn("next");
  if (!view || !next) return;
  const number = new URL(next.href).searchParams.get("page");
  new Image().src = view.querySelector("img").src.replace(/\/\d+\.webp.*/, `/${number}.webp`);
});
