// Pointing at a citation, or reaching it by keyboard, shows what it quotes.
// The tip can be pointed at, Escape closes it, and it never covers its citation.

import { look, parse } from "./place.js";
import { make } from "./words.js";

const LINKS = '#chat a[href^="#src-"]';
const LONGEST = 320;
const GAP = 8;
const tip = make("div", { id: "tip", role: "tooltip", hidden: "" });
let shown = null; // the citation it belongs to
let waiting; // to be shown or hidden in a moment
let quiet = null; // a citation that just got the focus back and must not speak again

function put(link) {
  const place = link.getBoundingClientRect();
  const below = innerHeight - place.bottom;
  const left = Math.min(place.left, document.documentElement.clientWidth - tip.offsetWidth - GAP);
  tip.style.left = `${Math.max(GAP, left)}px`;
  const over = below < tip.offsetHeight + GAP && place.top > below;
  tip.style.top = over ? `${place.top - tip.offsetHeight - GAP}px` : `${place.bottom + GAP}px`;
}

async function show(link) {
  clearTimeout(waiting);
  if (shown === link) return;
  hide();
  const place = parse(link.getAttribute("href"));
  if (!place) return;
  shown = link;
  // Beside what it is about, and inside a landmark.
  (link.closest("main") ?? document.body).append(tip);
  // The browser's own tip would lie over this one.
  if (link.title) {
    link.dataset.about = link.title;
    link.removeAttribute("title");
  }
  const about = (link.dataset.about ?? "").replace(/\bp\. (?=\d)/g, "p.\u00a0");
  tip.replaceChildren(make("p", { class: "about" }, about));
  link.setAttribute("aria-describedby", "tip");
  tip.hidden = false;
  put(link);
  const source = await look(place).catch(() => null);
  if (shown !== link || !source?.quote) return;
  const quote = source.quote;
  const told = quote.length > LONGEST ? `${quote.slice(0, LONGEST).replace(/\s+\S*$/, "")}…` : quote;
  tip.append(make("p", { class: "quoted", lang: source.language }, `«\u00a0${told}\u00a0»`));
  put(link);
}

export function hide() {
  clearTimeout(waiting);
  if (!shown) return;
  shown.removeAttribute("aria-describedby");
  shown = null;
  tip.hidden = true;
}

// Focus that comes back from the panel shows no tip.
export function giveFocus(link) {
  quiet = link;
  link.focus();
  quiet = null;
}

const soon = (task, delay) => {
  clearTimeout(waiting);
  waiting = setTimeout(task, delay);
};

document.addEventListener("pointerover", (event) => {
  if (event.pointerType === "touch") return;
  const link = event.target.closest?.(LINKS);
  if (link) soon(() => show(link), 200);
  else if (event.target.closest?.("#tip")) clearTimeout(waiting);
  else if (shown && shown !== document.activeElement) soon(hide, 250);
  else if (!shown) clearTimeout(waiting);
});
document.addEventListener("focusin", (event) => {
  const link = event.target.closest?.(LINKS);
  if (link && link !== quiet && link.matches(":focus-visible")) show(link);
  else if (!link) hide();
});
document.addEventListener("click", hide, true);
document.addEventListener("scroll", hide, { capture: true, passive: true });
addEventListener("blur", hide);
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || !shown) return;
  event.stopImmediatePropagation();
  hide();
}, true);
