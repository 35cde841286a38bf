// The trial: four panes, each the real chat page with a key of its own; a clock; a guide that goes on
// when what it asked for has happened in a pane.

const page = document.body.dataset;
const part = (id) => document.getElementById(id);
const all = (what) => [...document.querySelectorAll(what)];
const status = part("status"), clock = part("clock"), tour = part("tour"), guide = part("guide");
const pushes = all("[data-by]"), steps = [...part("steps").children];
const panes = new Map(all("main > section").map((one) => [one.id.slice(5), one]));
const frame = (role) => panes.get(role).querySelector("iframe");
const LOOK = 1000, HURRY = 250; // milliseconds between two looks at the clock
let world = page.world, now = 0, seen = 0, scale = 1, looking = 0, at = 0, starting = false;

// The clock

const shown = new Intl.DateTimeFormat(page.lang === "en" ? "en-GB" : "vi-VN", {
  timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit", weekday: "long", day: "numeric", month: "numeric",
});

const said = (at) => Object.fromEntries(shown.formatToParts(new Date(at)).map((one) => [one.type, one.value]));
const hour = (at) => `${said(at).hour}:${said(at).minute}`;

function tick() {
  if (!now) return;
  const at = now + (performance.now() - seen) * scale, { weekday, day, month } = said(at);
  const words = [hour(at), `${weekday}, ${day}/${month}`];
  if (clock.dataset.shown === words.join()) return;
  clock.dataset.shown = words.join();
  clock.textContent = "";
  clock.appendChild(document.createElement("b")).textContent = words[0];
  clock.append(" " + words[1]);
}

async function call(path, body) {
  const more = body && {
    method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body),
  };
  const answer = await fetch(path, { credentials: "omit", ...more });
  if (!answer.ok) throw new Error(String(answer.status));
  return answer.json();
}

function took(found) {
  if (found.world !== world) { location.reload(); return; }
  [now, seen, scale] = [Date.parse(found.now), performance.now(), found.scale];
  if (status.textContent === page.failed) status.textContent = "";
  tick();
}

async function look() {
  clearTimeout(looking);
  try {
    took(await call("/api/demo"));
  } catch (error) {
    if (!starting) status.textContent = page.failed;
  }
  looking = setTimeout(look, pushing || starting ? HURRY : LOOK);
}

let pushing = false;
async function push(by) {
  if (pushing) return;
  pushing = true;
  pushes.forEach((one) => one.setAttribute("aria-disabled", "true"));
  status.textContent = page.pushing;
  look();
  try {
    const found = await call("/api/demo/push", { by });
    took(found);
    status.textContent = [page.pushed, behind(found.behind)].join(" ");
  } catch (error) {
    status.textContent = page.failed;
  }
  pushes.forEach((one) => one.removeAttribute("aria-disabled"));
  pushing = false;
}

// Whoever has no pane here was told as well: without this a push could seem to have done nothing.
function behind(told) {
  const roles = new Map();
  for (const one of told) roles.set(one.role, [...(roles.get(one.role) || []), hour(Date.parse(one.at))]);
  const names = [...roles].map(([role, times]) =>
    `${page["role_" + role]} ${times[0]}` + (times.length > 1 ? ` (×${times.length})` : ""));
  return names.length ? `${page.behind} ${names.join(", ")}.` : "";
}

async function again() {
  starting = true;
  status.textContent = page.starting;
  document.body.classList.add("starting");
  try { await call("/api/demo/again", {}); } catch (error) { /* it may have ended before it answered */ }
  look();
}

// The panes

function show(role) {
  for (const [name, pane] of panes) pane.classList.toggle("open", name === role);
  all("nav button").forEach((one) => {
    if (one.dataset.pane === role) one.setAttribute("aria-current", "true");
    else one.removeAttribute("aria-current");
  });
  fresh(role, false);
}

// Whether something came that nobody has looked at.
function fresh(role, yes) {
  all(`nav [data-pane=${role}] .new, #head-${role} .new`).forEach((one) => { one.hidden = !yes; });
}

const inSight = (role) => document.activeElement === frame(role);

function watch(role) {
  const inside = frame(role).contentDocument, list = inside && inside.getElementById("list");
  if (!list || list.dataset.watched) return;
  list.dataset.watched = "yes";
  new MutationObserver((changes) => {
    const came = changes.flatMap((one) => [...one.addedNodes]).filter((one) => one.nodeName === "LI");
    const first = came.length === list.children.length; // a page that is drawn again
    if (!first && came.some((one) => !one.classList.contains("mine")) && !inSight(role)) fresh(role, true);
    goOn();
  }).observe(list, { childList: true, subtree: true, attributes: true, attributeFilter: ["class", "data-option"] });
  for (const sign of ["pointerdown", "focusin"]) inside.addEventListener(sign, () => fresh(role, false));
  goOn();
}

// The guide

function happened(step) {
  const { watch: role, until } = step.dataset;
  const inside = until && frame(role).contentDocument;
  return Boolean(inside && inside.querySelector(until));
}

function goOn() {
  const before = at;
  while (at && happened(steps[at])) at += 1;
  if (at !== before) turn();
}

function turn() {
  steps.forEach((one, n) => { one.hidden = n !== at; });
  part("at").textContent = `${at + 1}/${steps.length}`;
  part("next").textContent = at + 1 < steps.length ? page.next : page.done;
  for (const [name, pane] of panes) pane.classList.toggle("now", !tour.hidden && name === steps[at].dataset.pane);
  all("nav button").forEach((one) => one.classList.toggle("now", panes.get(one.dataset.pane).classList.contains("now")));
  point(steps[at].dataset);
}

// What is to be pressed may have been scrolled out of sight.
function point({ pane, press }) {
  const many = press && frame(pane).contentDocument.querySelectorAll(`[data-option=${press}]`);
  if (many && many.length) many[many.length - 1].scrollIntoView({ block: "center" });
}

function open(yes) {
  tour.hidden = !yes;
  guide.setAttribute("aria-expanded", String(yes));
  turn();
  if (!yes) guide.focus();
}

function next() {
  if (at + 1 < steps.length) { at += 1; turn(); goOn(); } else open(false);
}

// Saves typing; sending stays with the person.
function fill(event) {
  const button = event.currentTarget, role = button.closest("li").dataset.pane;
  const box = frame(role).contentDocument.getElementById("text");
  if (!box) return;
  show(role);
  box.value = button.dataset.fill;
  box.dispatchEvent(new Event("input"));
  box.focus();
}

pushes.forEach((one) => one.addEventListener("click", () => push(one.dataset.by)));
all("nav button").forEach((one) => one.addEventListener("click", () => show(one.dataset.pane)));
all(".fill").forEach((one) => one.addEventListener("click", fill));
for (const role of panes.keys()) {
  frame(role).addEventListener("load", () => watch(role));
  watch(role);
}
guide.addEventListener("click", () => open(tour.hidden));
part("push").addEventListener("click", () => {
  const open = part("pushes").classList.toggle("open");
  part("push").setAttribute("aria-expanded", String(open));
});
part("next").addEventListener("click", next);
part("close").addEventListener("click", () => open(false));
if (part("again")) part("again").addEventListener("click", again);
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
setInterval(tick, 500);
show("reporter");
turn();
look();
