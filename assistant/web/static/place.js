// A place in a guide: the address of a citation taken apart, and what the server says of it.

const FRAGMENT = /^#src-([^-]|.+?)-(\d+|x)-(\d+|x)-(\d+|x)$/;
const KEPT = 40;
const known = new Map(); // answers by address, so that a tip is not fetched again for the panel

export function parse(fragment) {
  const found = FRAGMENT.exec(fragment);
  if (!found) return null;
  const [page, start, end] = found.slice(2).map((part) => (part === "x" ? null : Number(part)));
  try {
    return { guide: decodeURIComponent(found[1]), page, start, end };
  } catch {
    return null;
  }
}

function address(place) {
  const query = new URLSearchParams();
  if (place.start !== null && place.end !== null) {
    query.set("start", place.start);
    query.set("end", place.end);
  }
  return `sources/${encodeURIComponent(place.guide)}/${place.page ?? 0}?${query}`;
}

async function get(asked) {
  const response = await fetch(asked);
  return response.ok ? response.json() : null;
}

// The source, or null if the guide is unknown. Rejected if the server cannot be reached.
export function look(place) {
  const asked = address(place);
  if (!known.has(asked)) {
    const answer = get(asked);
    known.set(asked, answer);
    const forget = () => known.delete(asked);
    answer.then((source) => source ?? forget(), forget);
    if (known.size > KEPT) known.delete(known.keys().next().value);
  }
  return known.get(asked);
}
