// The panel that shows where a statement comes from: the passage, on its page of the guide.

import { make, say, words } from "./words.js";

const panel = document.getElementById("panel");
const narrow = matchMedia("(max-width: 899px)");
const FRAGMENT = /^#src-([^-]|.+?)-(\d+|x)-(\d+|x)-(\d+|x)$/;
let cited = null; // the citation that was opened
let opener = null; // the link that opened it, by address and rank: the chat may redraw it
let asked = 0; // the last request; answers to earlier ones come too late

function parse(fragment) {
  const found = FRAGMENT.exec(fragment);
  if (!found) return null;
  const [page, start, end] = found.slice(2).map((part) => (part === "x" ? null : Number(part)));
  try {
    return { guide: decodeURIComponent(found[1]), page, start, end };
  } catch {
    return null;
  }
}

function links(address) {
  return [...document.querySelectorAll("#chat a")].filter(
    (link) => link.getAttribute("href") === address,
  );
}

function remember(link) {
  const address = link.getAttribute("href");
  opener = { address, rank: links(address).indexOf(link) };
}

function markOpener() {
  document.querySelectorAll("#chat a[aria-current]").forEach((link) => {
    link.removeAttribute("aria-current");
  });
  if (opener) links(opener.address).forEach((link) => link.setAttribute("aria-current", "true"));
}

async function load(place) {
  const request = ++asked;
  const query = new URLSearchParams();
  if (place.start !== null && place.end !== null) {
    query.set("start", place.start);
    query.set("end", place.end);
  }
  const address = `sources/${encodeURIComponent(place.guide)}/${place.page ?? 0}?${query}`;
  let source = null;
  let problem = words.source_missing;
  try {
    const response = await fetch(address);
    if (response.ok) source = await response.json();
  } catch {
    problem = words.offline;
  }
  if (request !== asked || panel.hidden) return;
  if (source) show(source, place);
  else frame(words.panel, null, make("p", { class: "note" }, problem));
}

// `origin` stays in sight with the title, however far the page is scrolled.
function frame(name, origin, ...content) {
  const kind = name !== words.panel && make("span", { class: "unseen" }, `${words.panel} : `);
  const title = make("h2", { id: "panel-title", tabindex: "-1" }, kind, name);
  const close = make("button", { type: "button", class: "close", "aria-label": words.close }, "×");
  close.title = words.close;
  close.addEventListener("click", hide);
  panel.replaceChildren(make("div", { class: "bar" }, make("div", {}, title, origin), close), ...content.filter(Boolean));
}

function show(source, place) {
  const away = cited.page !== place.page;
  frame(
    source.title,
    make("p", { class: "origin" }, source.origin, source.origin && " · ", make("strong", {}, source.place)),
    source.section && make("p", { class: "place" }, source.section),
    quotation(source, away),
    source.note && make("p", { class: "note" }, source.note),
    turning(source, place),
    source.image ? sheet(source) : reading(source),
  );
  reveal();
  say(`${words.panel} : ${source.title}, ${source.place}. ${source.note ?? ""}`);
}

function quotation(source, away) {
  if (away) {
    const back = make("button", { type: "button", class: "back" }, words.back);
    back.addEventListener("click", () => go(cited));
    return back;
  }
  if (!source.quote) return null;
  return make("blockquote", { lang: source.language, "aria-label": words.quote }, source.quote);
}

function sheet(source) {
  const { address, width, height, description } = source.image;
  const image = make("img", { src: address, width, height, alt: description });
  const holder = make("div", { class: "sheet" }, image);
  for (const mark of source.marks) {
    const box = make("span", { class: "mark", "aria-hidden": "true" });
    Object.assign(box.style, {
      left: `${mark.left}%`,
      top: `${mark.top}%`,
      width: `${mark.width}%`,
      height: `${mark.height}%`,
    });
    holder.append(box);
  }
  return make(
    "div",
    { class: narrow.matches ? "view large" : "view", tabindex: "0", role: "region", "aria-label": description },
    holder,
  );
}

function zooming() {
  // A whole page cannot be read on a telephone: there the enlarged view comes first.
  const pressed = String(narrow.matches);
  const button = make("button", { type: "button", "aria-pressed": pressed }, words.zoom);
  button.addEventListener("click", () => {
    const large = panel.querySelector(".view").classList.toggle("large");
    button.setAttribute("aria-pressed", String(large));
    reveal();
  });
  return button;
}

function reading(source) {
  const blocks = source.blocks.flatMap((block) => [
    block.heading ? make("h3", {}, block.heading) : null,
    make("p", { class: block.kind }, ...block.pieces.flatMap((piece) => [
      piece.marked ? make("mark", {}, piece.text) : piece.text,
      " ",
    ])),
  ]);
  return make("div", { class: "reading", lang: source.language }, ...blocks);
}

function turning(source, place) {
  const step = (label, page, sign) => {
    if (page === null) return null;
    const button = make("button", { type: "button", class: sign }, label);
    button.addEventListener("click", async () => {
      await go({ guide: place.guide, page, start: null, end: null });
      (panel.querySelector(`.turning .${sign}`) ?? panel.querySelector("h2")).focus();
    });
    return button;
  };
  const label = place.page === null ? words.open_whole : words.open_file;
  return make(
    "nav",
    { class: "turning", "aria-label": words.pages },
    step(words.previous, source.previous, "previous"),
    step(words.next, source.next, "next"),
    source.image && zooming(),
    source.file && make("a", { href: source.file, target: "_blank", rel: "noopener" }, label),
  );
}

// Going back to the cited page shows its passage again.
function go(place) {
  return load(place.guide === cited.guide && place.page === cited.page ? cited : place);
}

function reveal() {
  const mark = panel.querySelector(".mark, mark");
  const target = mark ?? panel.querySelector(".view, .reading");
  if (!target) return;
  const view = mark?.closest(".view");
  if (view) view.scrollLeft = mark.offsetLeft - 24;
  const top = target.getBoundingClientRect().top - panel.getBoundingClientRect().top;
  panel.scrollTop = mark && top > panel.clientHeight * 0.7 ? panel.scrollTop + top - panel.clientHeight / 2 : 0;
}

function cover() {
  const covered = !panel.hidden && narrow.matches;
  for (const element of document.querySelectorAll("#top, gradio-app")) element.inert = covered;
}

function open(link, place) {
  remember(link);
  cited = place;
  panel.hidden = false;
  document.body.classList.add("with-panel");
  frame(words.panel, null, make("p", { class: "note" }, words.source_loading));
  markOpener();
  cover();
  load(place).then(() => panel.querySelector("h2")?.focus({ preventScroll: true }));
}

export function hide() {
  if (panel.hidden) return;
  asked += 1;
  panel.hidden = true;
  document.body.classList.remove("with-panel");
  cover();
  const same = opener ? links(opener.address) : [];
  const target = same[opener?.rank] ?? same[0] ?? document.querySelector("#question textarea");
  opener = cited = null;
  markOpener();
  target?.focus();
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
