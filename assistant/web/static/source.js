// The panel that shows where a statement comes from: the passage, on its page of the guide.

import { look, parse } from "./place.js";
import * as parts from "./source_parts.js";
import { giveFocus, hide as hideTip } from "./tip.js";
import { make, say, words } from "./words.js";
import { zoomable } from "./zoom.js";

const panel = document.getElementById("panel");
const narrow = matchMedia("(max-width: 899px)");
const MARGIN = 48;
let cited = null; // the citation that was opened
let opener = null; // the link that opened it, by address and rank: the chat may redraw it
let asked = 0; // the last request; answers to earlier ones come too late

function links(address) {
  return [...document.querySelectorAll("#chat a")].filter(
    (link) => link.getAttribute("href") === address,
  );
}

const openerLink = () => {
  const same = opener ? links(opener.address) : [];
  return same[opener?.rank] ?? same[0];
};

function remember(link) {
  if (!link) return (opener = null);
  const address = link.getAttribute("href");
  return (opener = { address, rank: links(address).indexOf(link) });
}

function markOpener() {
  document.querySelectorAll("#chat a[aria-current]").forEach((link) => {
    link.removeAttribute("aria-current");
  });
  if (opener) links(opener.address).forEach((link) => link.setAttribute("aria-current", "true"));
}

// The citations of the answer that the open one belongs to: the first link to each place.
function siblings() {
  const reply = openerLink()?.closest(".reply");
  const found = new Map();
  for (const link of reply?.querySelectorAll('a[href^="#src-"]') ?? []) {
    const address = link.getAttribute("href");
    if (!found.has(address)) found.set(address, link);
  }
  return [...found.values()];
}

const position = (all) => all.findIndex((link) => link.getAttribute("href") === opener?.address);

function stepping() {
  const all = siblings();
  const at = position(all);
  return at < 0 || all.length < 2 ? null : parts.stepping(at + 1, all.length, step);
}

// Counted from the citation asked for last, which may still be loading.
function step(by, kind) {
  const all = siblings();
  const link = all[position(all) + by];
  if (!link) return;
  open(link, parse(link.getAttribute("href")), `.${kind}`);
  link.scrollIntoView({ block: "nearest" });
}

function frame(name, origin, ...content) {
  panel.replaceChildren(parts.bar(name, origin, stepping(), hide), ...content.filter(Boolean));
}

async function load(place) {
  const request = ++asked;
  let source = null;
  let problem = words.source_missing;
  try {
    source = await look(place);
  } catch {
    problem = words.offline;
  }
  if (request !== asked || panel.hidden) return;
  if (source) show(source, place);
  else frame(words.panel, null, make("p", { class: "note" }, problem));
}

function show(source, place) {
  const view = source.image && parts.sheet(source);
  let zoom = null;
  frame(
    source.title,
    parts.origin(source),
    source.section && make("p", { class: "place", lang: source.language }, source.section),
    quotation(source, place),
    source.note && make("p", { class: "note" }, source.note),
    parts.turning(source, (page, kind) => turn(place, page, kind), view && parts.zooming(
      () => zoom.smaller() && reveal(),
      () => zoom.larger() && reveal(),
    )),
    view || parts.reading(source),
    parts.pageText(source),
    parts.others(source, (other) => go({ guide: place.guide, ...other }).then(focusTitle)),
  );
  // A whole page cannot be read on a telephone: there the enlarged view comes first.
  if (view) zoom = zoomable(view, narrow.matches ? 2 : 0, () => {});
  reveal();
  say(`${words.panel} : ${source.title}, ${source.place}. ${source.note ?? ""}`);
}

const isCited = (place) => ["guide", "page", "start", "end"].every((key) => place[key] === cited[key]);

function quotation(source, place) {
  const quote = source.quote &&
    make("blockquote", { lang: source.language, "aria-label": words.quote }, source.quote);
  if (isCited(place)) return quote;
  return make("div", {}, parts.back(() => go(cited).then(focusTitle)), quote);
}

async function turn(place, page, kind) {
  await go({ guide: place.guide, page, start: null, end: null });
  (panel.querySelector(`.turning .${kind}`) ?? panel.querySelector("h2")).focus();
}

// Turning back to the cited page shows its passage again.
function go(place) {
  const same = place.guide === cited.guide && place.page === cited.page && place.start === null;
  return load(same ? cited : place);
}

const focusTitle = () => panel.querySelector("h2")?.focus({ preventScroll: true });

// As little as needed: what is quoted above the page stays in sight where both fit.
function reveal() {
  const view = panel.querySelector(".view");
  // Below an image the text of the page is folded away.
  const marks = [...panel.querySelectorAll(view ? ".view .mark" : ".reading mark")];
  panel.scrollTop = 0;
  if (!marks.length) return;
  if (view) view.scrollLeft = marks[0].offsetLeft - 24;
  const hidden = Math.max(...marks.map((one) => one.getBoundingClientRect().bottom)) -
    (panel.getBoundingClientRect().bottom - MARGIN);
  const above = marks[0].getBoundingClientRect().top -
    panel.querySelector(".bar").getBoundingClientRect().bottom - MARGIN;
  panel.scrollTop = Math.max(0, Math.min(hidden, above));
}

function cover() {
  const covered = !panel.hidden && narrow.matches;
  const under = "#skip, #top, gradio-app, #foot";
  for (const element of document.querySelectorAll(under)) element.inert = covered;
}

function open(link, place, focus = "h2") {
  hideTip();
  remember(link);
  cited = place;
  // While the next of several citations loads, the one before it stays to be seen.
  if (panel.hidden) frame(words.panel, null, make("p", { class: "note" }, words.source_loading));
  panel.hidden = false;
  document.body.classList.add("with-panel");
  markOpener();
  cover();
  load(place).then(() => {
    const target = panel.querySelector(focus) ?? panel.querySelector("h2");
    target?.focus({ preventScroll: true });
  });
}

export function hide() {
  if (panel.hidden) return;
  asked += 1;
  panel.hidden = true;
  document.body.classList.remove("with-panel");
  cover();
  const target = openerLink() ?? document.querySelector("#question textarea");
  opener = cited = null;
  markOpener();
  if (target) giveFocus(target);
}

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('#chat a[href^="#src-"]');
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const place = parse(link.getAttribute("href"));
  if (place) open(link, place);
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !panel.hidden) {
    event.preventDefault();
    hide();
  }
});
document.addEventListener("conversation-cleared", hide);
narrow.addEventListener("change", cover);

// A citation opened in a new tab.
const linked = parse(location.hash);
if (linked) open(null, linked);
