// The parts of the source panel, made of elements; text only ever becomes text.

import { make, words } from "./words.js";

const LONG = { target: "_blank", rel: "noopener" };

function button(attributes, label, press) {
  const made = make("button", { type: "button", ...attributes }, label);
  made.addEventListener("click", press);
  return made;
}

// The part that stays in sight: which guide, whose, and which of the answer's citations it is.
export function bar(name, origin, stepping, close) {
  const kind = name !== words.panel && make("span", { class: "unseen" }, `${words.panel} : `);
  const title = make("h2", { id: "panel-title", tabindex: "-1" }, kind, name);
  const cross = button({ class: "close", "aria-label": words.close, title: words.close }, "×", close);
  return make("div", { class: "bar" }, make("div", { class: "head" }, stepping, title, origin), cross);
}

// `step` is told -1 or 1; at either end the button stays, so that the focus is not lost.
export function stepping(number, count, step) {
  const one = (kind, label, sign, by, end) => button(
    { class: kind, "aria-label": label, title: label, "aria-disabled": end && "true" },
    sign,
    () => end || step(by, kind),
  );
  const told = words.citation_of.replace("{number}", number).replace("{count}", count);
  const nav = make(
    "nav",
    { class: "stepping", "aria-label": told },
    one("back-one", words.citation_previous, "‹", -1, number === 1),
    make("span", {}, told),
    one("on-one", words.citation_next, "›", 1, number === count),
  );
  nav.addEventListener("keydown", (event) => {
    const by = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!by) return;
    event.preventDefault();
    step(by, by < 0 ? "back-one" : "on-one");
  });
  return nav;
}

export function origin(source) {
  const facts = [source.publisher, source.region, source.year].filter(Boolean).join(" · ");
  return make("p", { class: "origin" }, facts, facts && " · ", make("strong", {}, source.place));
}

export function sheet(source) {
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
  return make("div", { class: "view", tabindex: "0", role: "region", "aria-label": description }, holder);
}

export function reading(source) {
  const blocks = source.blocks.flatMap((block) => [
    block.heading ? make("h3", {}, block.heading) : null,
    make("p", { class: block.kind }, ...block.pieces.flatMap((piece) => [
      piece.marked ? make("mark", {}, piece.text) : piece.text,
      " ",
    ])),
  ]);
  return make("div", { class: "reading", lang: source.language }, ...blocks);
}

// For whoever cannot see the image, or wants to copy from it.
export function pageText(source) {
  if (!source.image || !source.blocks.length) return null;
  return make(
    "details",
    {},
    make("summary", {}, words.page_text),
    make("p", { class: "hint" }, words.page_text_note),
    reading(source),
  );
}

export function turning(source, go, zoom) {
  const step = (label, page, kind) =>
    page !== null && button({ class: kind }, label, () => go(page, kind));
  const label = source.image ? words.open_file : words.open_whole;
  return make(
    "nav",
    { class: "turning", "aria-label": words.pages },
    step(words.previous, source.previous, "previous"),
    step(words.next, source.next, "next"),
    zoom,
    make("a", { href: source.view, ...LONG }, words.read_whole, newTab()),
    source.file && make("a", { href: source.file, ...LONG }, label, newTab()),
  );
}

export function zooming(smaller, larger) {
  return make(
    "span",
    { class: "zooming", role: "group", "aria-label": words.zoom_group },
    button({ "aria-label": words.zoom_out, title: words.zoom_out }, "−", smaller),
    button({ "aria-label": words.zoom, title: words.zoom }, "+", larger),
  );
}

export function others(source, go) {
  if (!source.others.length) return null;
  const items = source.others.map((one) => make(
    "li",
    {},
    button({}, one.text, () => go(one)),
    make("span", { class: "where" }, [one.place, one.section].filter(Boolean).join(" · ")),
  ));
  items.forEach((item) => item.firstChild.setAttribute("lang", source.language));
  return make(
    "section",
    { class: "others", "aria-labelledby": "others" },
    make("h3", { id: "others" }, words.others),
    make("ul", {}, ...items),
  );
}

export function back(press) {
  return button({ class: "back" }, words.back, press);
}

const newTab = () => make("span", { class: "unseen" }, ` (${words.new_tab})`);
