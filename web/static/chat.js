// The chat page: messages wait in memory until the server has committed them, and go out once.
// Nothing is kept in web storage. After a reload what was said to the person is drawn again; their
// own words are not, on purpose: whoever opens this phone next shall not read what was reported.
import { attach } from "./files.js";

const page = document.body.dataset;
const part = (id) => document.getElementById(id);
const main = part("main"), list = part("list"), box = part("text"), form = part("form");
const status = part("status"), more = part("more"), sure = part("sure"), count = part("count");
const title = document.title;
const pane = Boolean(page.token); // of the trial: a key of its own, so that four share no cookie
const tabs = window.BroadcastChannel && !pane ? new BroadcastChannel("chat") : null;
const STANDING = ["skip", "back", "follow", "child", "cancel", "call", "friend", "adult"];
const NUMBERS = ["111", "113", "114", "115"];
const LEAVING = ["thoat", "exit", "quit"];
const LONGEST = 4000; // code points, as the server counts
const CROWDED = 1500; // milliseconds until a thread that does not open is explained
const PATIENCE = 1000, LONGEST_WAIT = 30000; // milliseconds between attempts
const POLL = pane ? 700 : 3000;
const ASLEEP = 30000; // a gap between two beats: the phone slept
const waiting = [];
const drawn = new Map();
let start = page.start; // an invitation or poster code that no press has spent yet
const begun = uuid(); // of the message that spends it, however often it is tried
let session = false, looked = false, staff = false, gone = false;
let last = 0, seen = 0, stream = null, sending = false, patience = PATIENCE;
let looking = null, opening = null, retry = 0, knocking = 0, saying = 0, mending = 0, polling = 0;

// The server

async function call(method, path, body) {
  const cut = new AbortController();
  const late = setTimeout(() => cut.abort(), 20000);
  const headers = { "Accept-Language": page.lang };
  if (pane) headers.Authorization = "Bearer " + page.token;
  if (body) headers["Content-Type"] = "application/json";
  try {
    const answer = await fetch(path, {
      method, headers, credentials: pane ? "omit" : "same-origin", signal: cut.signal,
      keepalive: method !== "GET", // what is on its way arrives even when the page is left
      body: body ? JSON.stringify(body) : undefined,
    });
    if (!answer.ok) {
      await answer.text(); // an answer that nobody reads keeps its line busy
      throw Object.assign(new Error(String(answer.status)), { status: answer.status });
    }
    return answer.status === 204 ? null : await answer.json();
  } finally { clearTimeout(late); }
}

function slower() {
  const now = patience;
  patience = Math.min(patience * 2, LONGEST_WAIT);
  return now;
}

// Does the cookie know a thread? Only 401 means no; anything else leaves the question open.
function known() {
  if (looked) return Promise.resolve();
  looking = looking || look().finally(() => { looking = null; });
  return looking;
}

async function look() {
  if (left()) await forget();
  try {
    const found = await call("GET", "/api/chat/messages?after=0");
    const newest = found.messages[found.messages.length - 1];
    if (newest && newest.exit) {
      await forget();
    } else if (!gone) {
      session = true;
      found.messages.forEach((one) => { first = null; draw(one, one.op || "message", true); });
      listen();
    }
  } catch (error) {
    if (error.status !== 401) throw error;
  }
  looked = true;
}

async function connect() {
  clearTimeout(knocking);
  try {
    await known();
    calm();
    patience = PATIENCE;
  } catch (error) {
    trouble(error, page.again);
    knocking = setTimeout(connect, slower());
  }
}

// One thread and never a second: the first message opens it, or the press on an invitation.
function open() {
  if (session && !start) return Promise.resolve();
  opening = opening || enter().finally(() => { opening = null; });
  return opening;
}

// A poster is said in the thread that this browser has: a new one would hide what was answered there,
// and an officer's would stop ringing. An invitation is somebody new.
async function enter() {
  if (!start || !page.invited) await known();
  else if (left()) await forget();
  if (session && !start) return;
  if (session) await call("POST", "/api/chat/messages", { id: begun, kind: "start", text: start });
  else await openSlowly();
  session = looked = true;
  if (start) joined();
  listen();
}

// From a network where very many write at once a thread opens seconds later: that is said.
async function openSlowly() {
  const late = setTimeout(() => say(page.crowded), CROWDED);
  try {
    await call("POST", "/api/chat/sessions", start ? { lang: page.lang, start } : { lang: page.lang });
    calm();
  } finally { clearTimeout(late); }
}

function listen() {
  if (stream) stream.close();
  stream = null;
  clearTimeout(polling);
  if (pane || !window.EventSource) { polling = setTimeout(poll, POLL); return; }
  const mine = stream = new EventSource("/api/chat/events?after=" + lookedAt());
  for (const name of ["message", "edit", "remove"]) {
    mine.addEventListener(name, (event) => draw(JSON.parse(event.data), name));
  }
  mine.addEventListener("open", calm);
  // The browser comes back by itself after a broken line, not after a refusal; but it then says that
  // everything was drawn, which an officer's page does not say while nobody looks.
  mine.addEventListener("error", () => {
    if (mine !== stream) return;
    if (staff && document.hidden) mine.close();
    if (mine.readyState === EventSource.CLOSED) mend(slower());
    else setTimeout(() => { if (mine === stream && mine.readyState !== EventSource.OPEN) say(page.lost); }, 4000);
  });
}

function mend(after) {
  clearTimeout(mending);
  mending = setTimeout(heal, after);
}

async function heal() {
  if (!session || gone) return;
  try {
    await catchUp();
    patience = PATIENCE;
    calm();
    listen();
  } catch (error) {
    if (error.status === 401) { ended(); return; }
    trouble(error, page.again);
    mend(slower());
  }
}

async function poll() {
  try {
    await catchUp();
    if (!waiting.length) calm();
  } catch (error) {
    if (error.status === 401) { ended(); return; }
    trouble(error, page.again);
  }
  if (session && !gone) polling = setTimeout(poll, POLL);
}

async function catchUp() {
  const found = await call("GET", "/api/chat/messages?after=" + lookedAt());
  found.messages.forEach((one) => draw(one, one.op || "message"));
}

// Asking for what comes after says that everything before was drawn. An officer's page that
// nobody looks at does not say so, and asks once more for what it has: then their next address is woken.
function lookedAt() {
  if (!staff || !document.hidden) seen = last;
  return seen;
}

function sayDrawn() {
  clearTimeout(saying);
  if (!session || gone || (staff && document.hidden)) return;
  saying = setTimeout(() => catchUp().catch(() => { /* no network: nothing more was drawn */ }), 500);
}

// The thread was ended elsewhere: nothing of it stays here but what has not gone out yet.
function ended() {
  if (pane) { location.reload(); return; }
  session = false;
  last = seen = 0;
  drawn.clear();
  if (stream) stream.close();
  stream = null;
  list.querySelectorAll("li:not(.unsent)").forEach((item) => item.remove());
}

// A tab that nobody looks at holds no line, a browser has few; an officer's does, for it may ring.
function sleep() {
  if (staff || !stream) return;
  stream.close();
  stream = null;
}

// After sleep, or with the network back: at once, not when the patience is over.
function wake() {
  if (gone) return;
  patience = PATIENCE;
  if (!looked && !start) connect();
  if (session && !stream) mend(0);
  flush();
  files.flush();
}

let beat = Date.now();
setInterval(() => {
  if (Date.now() - beat > ASLEEP) {
    if (stream) stream.close(); // it may be dead without knowing
    stream = null;
    wake();
  }
  beat = Date.now();
}, 5000);

// What is said

function draw(message, op, again) {
  if (gone || message.seq <= last) return;
  last = message.seq;
  if (message.exit) { leave(); return; }
  if (message.staff) working();
  if (op === "remove") {
    const old = drawn.get(message.target);
    if (old) old.remove();
    return;
  }
  part("begin").hidden = true;
  const before = op === "edit" ? drawn.get(message.target) : null;
  const item = before || list.appendChild(document.createElement("li"));
  const held = item.contains(document.activeElement);
  drawn.set(op === "edit" ? message.target : message.seq, item);
  if (op === "edit") dropButtons("li.asked.told");
  if (message.question) {
    dropButtons("li.asked");
    item.className = "asked";
    item.dataset.question = message.question;
  }
  item.textContent = "";
  if (message.staff || message.demo) stamp(item, message);
  message.text.split("\n\n").forEach((words) => write(add(item, "p", ""), words));
  if (message.media && message.media.kind === "image") picture(item, message.media.url);
  buttons(item, message);
  if (!before) reveal(item);
  if (held || (message.question && pressed)) focusOn(item);
  if (message.staff && op === "message" && !again) ring();
  more.hidden = atEnd();
  sayDrawn();
}

// A public picture of ours: only from this very site, and with its words above it.
function picture(item, address) {
  if (!/^\/\w/.test(address)) return;
  const image = item.appendChild(document.createElement("img"));
  image.alt = page.picture;
  image.src = address;
}

const hours = new Intl.DateTimeFormat("en-GB", { timeZone: "Asia/Ho_Chi_Minh", hour: "2-digit", minute: "2-digit" });

// When it was said, to somebody who works here; and in a trial that it is one.
function stamp(item, message) {
  const line = add(item, "small", hours.format(new Date(message.at)));
  line.className = "stamp";
  if (!message.demo) return;
  line.prepend(page.trial + " · ");
  line.classList.add("trial");
}

// This is the page of somebody who works here.
function working() {
  staff = true;
  document.body.classList.add("staff");
}

// One open question at a time: the buttons of the questions before it go; a card keeps its own.
function dropButtons(which) {
  list.querySelectorAll(which + " .options").forEach((row) => row.remove());
}

// Text as text, the four help numbers as links to the phone.
function write(item, text) {
  const words = text.split(/([\p{L}\p{M}\p{N}]+)/u);
  const joins = (gap, word) => /^[-.,:/_@ ]$/.test(gap || "") && !NUMBERS.includes(word)
    && (gap === " " ? /^\d{3,}$/ : /./).test(word || "");
  words.forEach((word, at) => {
    const inside = joins(words[at - 1], words[at - 2]) || joins(words[at + 1], words[at + 2]);
    if (!NUMBERS.includes(word) || inside) { item.append(word); return; }
    const link = document.createElement("a");
    link.href = "tel:" + word;
    link.textContent = word;
    item.append(link);
  });
}

function buttons(item, message) {
  const row = document.createElement("div");
  row.className = "options";
  if (message.ask === "location" && navigator.geolocation) {
    const button = add(row, "button", page.location);
    button.addEventListener("click", () => locate(button));
  }
  if (message.ask === "contact") row.append(phone());
  if (message.ask === "media") files.offer(row);
  for (const one of message.choices || []) {
    if (one.option === "exit") continue; // the red one above is always there
    if (one.tel || /^(https?:\/)?\//.test(one.url || "")) {
      const link = add(row, "a", one.label);
      link.href = one.tel ? "tel:" + one.tel : one.url;
      link.rel = "noreferrer";
      if (STANDING.includes(one.option)) link.className = "standing";
      if (message.staff && one.url) link.target = "_blank"; // this page must stay: it rings
      continue;
    }
    const button = add(row, "button", one.label);
    button.dataset.option = one.option;
    if (STANDING.includes(one.option)) button.className = "standing";
    button.addEventListener("click", () => press(message, one, row));
  }
  if (row.children.length) item.append(row);
}

function add(row, tag, label) {
  const made = row.appendChild(document.createElement(tag));
  if (tag === "button") made.type = "button";
  made.textContent = label;
  return made;
}

// A phone number has a field of its own, with the digits on top; a name is written below as ever.
function phone() {
  const made = document.createElement("form");
  made.className = "phone";
  const label = add(made, "label", page.phone);
  const field = label.appendChild(document.createElement("input"));
  Object.assign(field, { type: "tel", inputMode: "tel", autocomplete: "off", maxLength: 24 });
  const button = add(made, "button", page.phone_send);
  button.type = "submit";
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    const text = field.value.trim();
    if (text.replace(/\D/g, "").length < 8) { say(page.phone_short); field.focus(); return; }
    field.disabled = button.disabled = pressed = true;
    queue({ kind: "text", text }, text, () => { field.disabled = button.disabled = false; });
  });
  return made;
}

// Where the eye goes: a burst is read from its beginning, unless it fits as a whole. Whoever
// scrolls meanwhile is left where they are.

let first = null, scrolled = false, drawnAt = 0, stuck = true, pressed = false;
const GAP = 12;
const atEnd = () => main.scrollHeight - main.scrollTop - main.clientHeight < 24;

function reveal(item) {
  if (!first || !first.isConnected || Date.now() - drawnAt > 8000) {
    first = item;
    scrolled = false;
  }
  drawnAt = Date.now();
  if (scrolled) return;
  const top = first.getBoundingClientRect().top, bottom = item.getBoundingClientRect().bottom;
  const view = main.getBoundingClientRect();
  const fits = bottom - top + 2 * GAP <= view.height;
  main.scrollTop += fits ? bottom - view.bottom + GAP : top - view.top - GAP;
  stuck = atEnd();
}

// The next question after a press, never away from somebody who is writing.
function focusOn(item) {
  pressed = false;
  if (document.activeElement === box) return;
  item.tabIndex = -1;
  item.focus({ preventScroll: true });
}

// An officer's page that nobody looks at: neutral title, vibration, a tone. Reporters' never.

let missed = 0, sound = null;

function ring() {
  if (!document.hidden && (document.hasFocus() || pane)) return;
  missed += 1;
  document.title = `(${missed}) ${title}`;
  if (navigator.vibrate) navigator.vibrate([200, 100, 200]);
  if (!sound) return;
  sound.resume().then(() => [0, 0.25].forEach((after) => {
    const tone = sound.createOscillator(), loud = sound.createGain();
    tone.frequency.value = 740;
    loud.gain.value = 0.2;
    tone.connect(loud).connect(sound.destination);
    tone.start(sound.currentTime + after);
    tone.stop(sound.currentTime + after + 0.15);
  }));
}

// A browser plays nothing before the first press.
function unlock() {
  if (sound || !window.AudioContext || !(staff || page.invited)) return;
  sound = new AudioContext();
  sound.resume();
}

function back() {
  if (document.hidden || gone) return;
  missed = 0;
  document.title = title;
  sayDrawn();
}

// What the person says

function press(message, choice, row) {
  const all = row.querySelectorAll("button");
  all.forEach((button) => { button.disabled = true; });
  pressed = true;
  queue({ kind: "choice", prompt: message.prompt, option: choice.option }, choice.label,
    () => all.forEach((button) => { button.disabled = false; }));
}

function locate(button) {
  button.disabled = true;
  const again = () => { button.disabled = false; };
  navigator.geolocation.getCurrentPosition((place) => {
    pressed = true;
    queue({ kind: "location", lat: place.coords.latitude, lon: place.coords.longitude },
      page.location, again);
  }, () => { again(); say(page.location_failed); }, { timeout: 15000 });
}

// Who would rather not write is asked the first question at once.
function begin() {
  pressed = true;
  queue({ kind: "start" }, part("begin").textContent);
}

// What somebody sent, with a mark that says how far it is.
function mine(shown) {
  part("begin").hidden = true;
  const item = list.appendChild(document.createElement("li"));
  item.className = "mine unsent";
  write(add(item, "p", ""), shown);
  const mark = add(item, "small", network() ? page.waiting : page.sending);
  first = null;
  main.scrollTop = main.scrollHeight;
  return { item, mark };
}

// `again` makes the pressed buttons usable when no newer question took their place.
function queue(body, shown, again) {
  list.querySelectorAll("li.asked").forEach((one) => one.classList.add("told"));
  post({ body, again, ...mine(shown) });
}

function post(one) {
  one.body.id = uuid();
  waiting.push(one);
  flush();
}

async function flush() {
  if (sending || gone) return;
  sending = true;
  clearTimeout(retry);
  while (waiting.length && !gone) {
    const one = waiting[0];
    try {
      await open();
      await call("POST", "/api/chat/messages", one.body);
      waiting.shift();
      patience = PATIENCE;
      calm();
      if (one.mark) arrived(one);
      if (one.again) setTimeout(one.again, 3000);
      if (one.done) one.done();
    } catch (error) {
      const code = error.status || 0;
      if (code === 401 && !one.second) {
        one.second = true;
        ended();
      } else if (code >= 400 && code < 500 && ![401, 408, 429].includes(code)) {
        waiting.shift();
        giveBack(one, code === 413 ? page.too_long : page.refused);
      } else {
        trouble(error, page.failed);
        waiting.forEach((late) => { if (late.mark) late.mark.textContent = page.waiting; });
        retry = setTimeout(flush, slower());
        break;
      }
    }
  }
  sending = false;
}

function arrived(one) {
  one.mark.textContent = "✓ " + page.sent;
  one.item.classList.remove("unsent");
}

// What was refused is not lost: the words stand in the box again.
function giveBack(one, why) {
  say(why);
  if (one.again) one.again();
  if (one.mark) one.item.remove();
  if (one.body.kind !== "text" || !one.mark) return;
  box.value = box.value ? one.body.text + "\n" + box.value : one.body.text;
  grow();
  box.focus();
}

function submit(event) {
  event.preventDefault();
  const text = box.value.normalize("NFC").trim();
  if (!text) return;
  if (size(text) > LONGEST) { say(page.too_long); return; }
  box.value = "";
  pressed = false;
  grow();
  if (!staff && leaving(text)) leave();
  else queue({ kind: "text", text }, text);
}

function grow() {
  box.rows = 1;
  while (box.scrollHeight > box.clientHeight && box.rows < 6) box.rows += 1;
  const long = size(box.value.normalize("NFC").trim());
  count.hidden = long < LONGEST - 200;
  count.textContent = [long, LONGEST].map((one) => one.toLocaleString(page.lang)).join(" / ");
  count.className = long > LONGEST ? "over" : "";
  form.classList.toggle("empty", !box.value);
}

const size = (text) => [...text].length;

// An id may be made on a page without https, where the browser offers no randomUUID.
function uuid() {
  if (crypto.randomUUID) return crypto.randomUUID();
  const random = () => crypto.getRandomValues(new Uint8Array(1))[0];
  return "10000000-1000-4000-8000-100000000000".replace(/[018]/g,
    (digit) => (digit ^ (random() & (15 >> (digit / 4)))).toString(16));
}

// A sentence about the network goes by itself; any other stays until the person writes on.
function say(text) { if (status.textContent !== text) status.textContent = text; }
const network = () => [page.failed, page.again, page.lost, page.crowded].includes(status.textContent);
function calm() { if (network()) say(""); }
const trouble = (error, otherwise) => say(error.status ? otherwise : page.lost);

// Leaving

// The word in the plain forms leaves at once, also without network; the server knows more forms.
function leaving(text) {
  const plain = text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  return LEAVING.includes(plain.replace(/^\/|[\s.!]+$/g, ""));
}

// Whether an earlier page left before the server could be told. The cookie of the thread cannot be
// cleared from here, so a second one, as long-lived as that and without meaning, says: forget first.
const left = () => !pane && document.cookie.split("; ").includes("left=1");
const remember = (value) => {
  if (!pane) document.cookie = "left=" + value + "; path=/; samesite=strict";
};

async function forget() {
  try {
    await call("DELETE", "/api/chat/sessions");
  } catch (error) {
    if (error.status !== 401) throw error;
  }
  remember("; max-age=0");
}

function leave(told) {
  if (gone) return;
  gone = true;
  waiting.length = 0;
  files.drop();
  if (stream) stream.close();
  document.body.textContent = "";
  document.title = "";
  if (!(page.invited && start)) { // looking at an invitation opened nothing that could be left
    remember(staff ? "1; max-age=34560000" : "1");
    call("DELETE", "/api/chat/sessions").catch(() => { /* the next page does it */ });
  }
  if (tabs && told !== true) tabs.postMessage("left");
  location.replace(page.exit);
}

// An officer's page is an address for alerts: it is not given up by a slip.
function askToLeave() {
  if (!staff) leave();
  else if (sure.showModal) sure.showModal();
  else if (confirm(page.sure)) leave();
}

const blank = (yes) => document.body.classList.toggle("blank", yes);

let escaped = 0;
function escape(event) {
  if (sure.open || event.isComposing) return;
  if (event.key === "Enter" && event.target === main) blank(false);
  escaped = event.key === "Escape" ? escaped + 1 : 0;
  if (escaped < 2) return;
  escaped = 0;
  if (!staff) { leave(); return; }
  blank(true);
  main.focus();
}

// A browser may keep a page that was left as it stood, for its back button: it keeps an empty one.
const hidden = (yes) => { document.documentElement.hidden = yes; };

// An invitation is spent by a press, never by opening or previewing the link.

async function join() {
  const button = part("join");
  button.disabled = true;
  try {
    await open();
    calm();
  } catch (error) {
    trouble(error, page.again);
    button.disabled = false;
  }
}

function joined() {
  start = "";
  history.replaceState(null, "", page.lang === "vi" ? "/" : "/?lang=" + page.lang);
  part("join").remove();
  if (page.invited) {
    part("invited").remove();
    working();
  }
  part("hint").hidden = form.hidden = false;
  main.focus({ preventScroll: true });
}

// Another language, of the page and of the talk.
function speak(event) {
  event.preventDefault();
  const link = event.currentTarget;
  if (!session) { location.replace(link.href); return; }
  const to = link.lang;
  post({
    body: { kind: "text", text: "/ngonngu " + to },
    done: () => location.replace((pane ? location.pathname : "/") + "?lang=" + to),
  });
}

// Where the keyboard of a phone covers the page instead of making it smaller, the page makes itself
// smaller: the exit stays in sight.
function makeRoom() {
  const view = window.visualViewport, covered = window.innerHeight - view.height;
  const height = covered > 80 && view.scale === 1 ? view.height + "px" : "";
  if (document.body.style.height === height) return;
  document.body.style.height = height;
  if (height) window.scrollTo(0, 0);
}

const files = attach({ page, part, add, mine, arrived, say, calm, trouble, open, ended, uuid, slower, network });

document.addEventListener("click", unlock, true);
document.addEventListener("keydown", unlock, true);
document.addEventListener("keydown", escape);
document.addEventListener("visibilitychange", () => {
  back();
  if (document.hidden) sleep();
  else wake();
});
window.addEventListener("focus", back);
window.addEventListener("online", wake);
window.addEventListener("offline", () => { if (!gone) say(page.lost); });
// What waits is kept in memory only. Who loads a page anew because the network is bad would lose it,
// so the browser asks first; leaving never does.
window.addEventListener("beforeunload", (event) => {
  if (gone || pane || !(waiting.length || files.waits())) return;
  event.preventDefault();
  event.returnValue = true; // browsers of before 2023
});
window.addEventListener("pagehide", () => hidden(true));
window.addEventListener("pageshow", (event) => { if (event.persisted) location.reload(); });
if (tabs) tabs.addEventListener("message", () => leave(true));
if (window.visualViewport) window.visualViewport.addEventListener("resize", makeRoom);
part("exit").addEventListener("click", (event) => { event.preventDefault(); askToLeave(); });
part("leave").addEventListener("click", leave);
part("stay").addEventListener("click", () => sure.close());
document.querySelectorAll(".lang a").forEach((link) => link.addEventListener("click", speak));
main.addEventListener("click", () => blank(false));
for (const name of ["wheel", "touchmove"]) {
  main.addEventListener(name, () => { scrolled = true; }, { passive: true });
}
main.addEventListener("scroll", () => { stuck = atEnd(); more.hidden = stuck; }, { passive: true });
more.addEventListener("click", () => { scrolled = true; main.scrollTop += main.clientHeight * 0.8; });
form.addEventListener("submit", submit);
box.addEventListener("input", () => { if (!network()) say(""); grow(); });
box.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    submit(event);
  }
});
// The keyboard or a long text makes the view smaller: whoever was at the end stays there.
if (window.ResizeObserver) {
  new ResizeObserver(() => {
    if (stuck) main.scrollTop = main.scrollHeight;
    more.hidden = atEnd();
  }).observe(main);
}
if (pane && window.parent !== window) part("demo").hidden = true; // the page around it says so
// What only works with this script is hidden until it runs.
form.hidden = part("hint").hidden = Boolean(page.invited);
part("begin").hidden = Boolean(start);
part("begin").addEventListener("click", begin);
grow();
if (start) {
  part("join").hidden = false;
  part("join").addEventListener("click", join);
} else connect();
