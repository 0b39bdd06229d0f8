// The conversations that this browser keeps. The server knows none of them.

const PREFIX = "la-bonne-page:";
const KEPT = `${PREFIX}conversation:`;
const CURRENT = `${PREFIX}current`;
const PENDING = `${PREFIX}pending`;
// Personal data come back masked, with this warning; where they do not, the question is not kept.
const PRIVATE = "personal-data";
export const storable = (exchanges) =>
  exchanges.filter(({ answer }) => answer.asked || !answer.warnings?.includes(PRIVATE));

// Storage may be switched off, full, or hold what another program put there.
function tried(action, otherwise = null) {
  try {
    return action();
  } catch {
    return otherwise;
  }
}

const text = (value) => typeof value === "string";
const sound = (kept) =>
  kept && text(kept.id) && text(kept.title) && text(kept.at) && Array.isArray(kept.exchanges) &&
  kept.exchanges.length > 0 && kept.exchanges.every((one) => text(one?.question) && text(one.answer?.text));

export function setting(name, value) {
  const key = `${PREFIX}${name}`;
  if (value === undefined) return tried(() => localStorage.getItem(key), null) ?? "";
  tried(() => (value ? localStorage.setItem(key, value) : localStorage.removeItem(key)));
  return value;
}

export const works = () => tried(() => localStorage.length >= 0, false);
export const keeps = () => setting("keep") !== "no";

export function read(id) {
  const kept = tried(() => JSON.parse(localStorage.getItem(KEPT + id)));
  return sound(kept) ? kept : null;
}

export function all() {
  const keys = tried(() => Object.keys(localStorage), []).filter((key) => key.startsWith(KEPT));
  const found = keys.map((key) => read(key.slice(KEPT.length))).filter(Boolean);
  return found.sort((one, two) => two.at.localeCompare(one.at));
}

// False if there is no room for it.
export function write(conversation) {
  if (!keeps() || !works()) return true;
  const exchanges = storable(conversation.exchanges);
  if (exchanges.length === 0) return remove(conversation.id) ?? true;
  return tried(() => {
    localStorage.setItem(KEPT + conversation.id, JSON.stringify({ ...conversation, exchanges }));
    return true;
  }, false);
}

export function remove(id) {
  tried(() => localStorage.removeItem(KEPT + id));
}

export function clear() {
  for (const { id } of all()) remove(id);
  // What is there but could not be read goes too.
  tried(() => Object.keys(localStorage).filter((key) => key.startsWith(KEPT)).forEach((key) => localStorage.removeItem(key)));
}

// Which conversation this tab shows, and the question that waits for its answer: they outlive a
// reload, as after a restart of the server, but not the tab.
const kept = (key) => (value) => {
  if (value === undefined) return tried(() => sessionStorage.getItem(key), null) ?? "";
  tried(() => (value ? sessionStorage.setItem(key, value) : sessionStorage.removeItem(key)));
  return value;
};
export const current = kept(CURRENT);
export const pending = kept(PENDING);

export function fresh() {
  const bytes = crypto.getRandomValues(new Uint8Array(12));
  const id = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return { id, title: "", named: false, at: new Date().toISOString(), exchanges: [] };
}
