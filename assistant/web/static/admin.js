// Uploading with its progress, replacing on confirmation, and following the ingestion.
// Without this script the forms work all the same; pages are then reloaded by hand.

const LOOK_EVERY = 700;
const upload = document.getElementById("upload");
const puts = document.getElementById("puts");
const job = document.getElementById("job");
const part = (name) => document.getElementById(`job-${name}`);

function item(kind, name, sentence) {
  const line = document.createElement("li");
  const title = document.createElement("strong");
  title.textContent = name;
  line.className = kind;
  line.append(title, `\u00a0: ${sentence}`);
  return line;
}

// fetch() does not tell how much has been sent.
function send(files, replace) {
  const bar = document.getElementById("sending");
  const data = new FormData();
  data.append("csrf", upload.elements.csrf.value);
  if (replace) data.append("replace", "yes");
  for (const file of files) data.append("file", file);
  const request = new XMLHttpRequest();
  bar.hidden = false;
  request.upload.addEventListener("progress", (event) => {
    if (event.lengthComputable) bar.value = (100 * event.loaded) / event.total;
  });
  request.addEventListener("loadend", () => {
    bar.hidden = true;
    show(request, files);
  });
  request.open("POST", upload.action);
  request.setRequestHeader("Accept", "application/json");
  request.send(data);
}

function show(request, files) {
  puts.hidden = false;
  let told;
  try {
    told = JSON.parse(request.responseText);
  } catch {
    told = null;
  }
  if (request.status !== 200 || !told?.files) {
    const large = "fichier trop lourd pour ce serveur.";
    const sentence = request.status === 413 ? large : told?.detail ?? "le serveur ne répond pas comme prévu\u00a0: réessayez.";
    puts.replaceChildren(item("refused", "Envoi refusé", sentence));
    return;
  }
  puts.replaceChildren(...told.files.map((put, place) => {
    const line = item(put.taken ? "taken" : "refused", put.name, put.told);
    if (put.exists) line.append(replacing(put, files[place]));
    return line;
  }));
  puts.querySelector("button")?.focus();
  if (told.files.some((put) => put.taken)) {
    upload.reset();
    watch();
  }
}

function replacing(put, file) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = `Remplacer ${put.name}`;
  button.addEventListener("click", () => send([file], true));
  return button;
}

let watching = false;
async function watch() {
  if (watching) return;
  watching = true;
  let told;
  do {
    await new Promise((done) => setTimeout(done, LOOK_EVERY));
    try {
      const response = await fetch(new URL("job", job.querySelector("form").action));
      if (response.redirected || !response.ok) break;
      told = await response.json();
      follow(told);
    } catch {
      part("state").textContent = "Le programme ne répond plus. Vérifiez qu’il tourne toujours.";
    }
  } while (!told || told.running || (told.published && !told.in_use && !told.error && waits < 20));
  watching = false;
  if (told && !told.running) renew();
}

// The list of the folder as it is now; what somebody is at is left alone.
async function renew() {
  const list = document.getElementById("holdings");
  try {
    const response = await fetch(new URL("../admin", job.querySelector("form").action));
    if (response.redirected || !response.ok || list.contains(document.activeElement)) return;
    const whole = new DOMParser().parseFromString(await response.text(), "text/html");
    list.replaceChildren(...whole.getElementById("holdings").childNodes);
  } catch {
    // The next page that is opened has it.
  }
}

let waits = 0;
function follow(told) {
  const bar = part("bar");
  bar.hidden = !told.running;
  bar.max = told.total || 1;
  bar.value = told.done;
  part("use").hidden = told.running;
  if (told.running) {
    waits = 0;
    part("state").textContent = told.total
      ? `Lecture en cours\u00a0: ${told.done} / ${told.total} ${told.step}`
      : "Lecture en cours…";
    return;
  }
  waits += 1;
  part("state").textContent = told.error ? `La lecture a échoué\u00a0: ${told.error}` : "Lecture terminée.";
  part("use").textContent = told.in_use
    ? "Les réponses viennent de l’index le plus récent."
    : "Un index plus récent attend\u00a0: il est pris en quelques secondes.";
  const lines = part("lines");
  lines.hidden = told.lines.length === 0;
  lines.replaceChildren(...told.lines.map((line) => item(
    line.outcome === "refusé" ? "refused" : "taken",
    line.name,
    line.note ? `${line.outcome} – ${line.note}` : line.outcome,
  )));
}

upload?.addEventListener("submit", (event) => {
  event.preventDefault();
  send([...upload.elements.file.files], upload.elements.replace.checked);
});
if (job?.dataset.running === "yes") watch();
