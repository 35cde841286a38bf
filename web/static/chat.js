// The chat page: messages wait in memory until the server has committed them, and go out once.
"use strict";
(() => {
  const page = document.body.dataset;
  const log = document.getElementById("log");
  const box = document.getElementById("text");
  const status = document.getElementById("status");
  const standing = ["skip", "back", "exit", "follow", "child", "cancel"];
  const waiting = [];
  const drawn = new Map();
  let session = null, last = 0, sending = false, stream = null, saying = null;

  const uuid = () => crypto.randomUUID ? crypto.randomUUID()
    : "xxxxxxxxxxxx4xxxyxxxxxxxxxxxxxxx".replace(/[xy]/g, () => (crypto.getRandomValues(new Uint8Array(1))[0] & 15).toString(16));

  async function call(method, path, body) {
    const answer = await fetch(path, {
      method, credentials: "same-origin",
      headers: body ? { "Content-Type": "application/json", "Accept-Language": page.lang } : { "Accept-Language": page.lang },
      body: body ? JSON.stringify(body) : undefined,
    });
    if (!answer.ok) throw Object.assign(new Error(String(answer.status)), { status: answer.status });
    return answer.status === 204 ? null : answer.json();
  }

  async function open(start) {
    if (session) return;
    const body = { lang: page.lang };
    if (start) body.start = start;
    session = (await call("POST", "/api/chat/sessions", body)).session;
    listen();
  }

  // After a reload the cookie still knows the thread: everything said is drawn again.
  async function resume() {
    try {
      const found = await call("GET", "/api/chat/messages?after=0");
      session = "resumed";
      found.messages.forEach((one) => draw(one, one.op || "message"));
      listen();
    } catch (error) { /* 401: no thread yet, the first message opens one */ }
  }

  // An invitation is spent by a press, never by opening or previewing the link.
  async function join() {
    try {
      await open(page.start);
      history.replaceState(null, "", "/");
      document.getElementById("join").remove();
    } catch (error) { status.textContent = page.failed; }
  }

  function listen() {
    if (!window.EventSource) { poll(); return; }
    stream = new EventSource("/api/chat/events?after=" + last);
    for (const name of ["message", "edit", "remove"]) {
      stream.addEventListener(name, (event) => draw(JSON.parse(event.data), name));
    }
  }

  async function poll() {
    try {
      const found = await call("GET", "/api/chat/messages?after=" + last);
      found.messages.forEach((one) => draw(one, one.op || "message"));
    } catch (error) { /* the network comes back: the next round asks again */ }
    setTimeout(poll, 3000);
  }

  function draw(message, op) {
    if (message.seq <= last) return;
    last = message.seq;
    if (op === "remove") { drawn.get(message.target)?.remove(); return; }
    const item = (op === "edit" && drawn.get(message.target)) || log.appendChild(document.createElement("li"));
    if (op === "message") drawn.set(message.seq, item);
    if (message.question) answered(item);
    item.textContent = message.text;
    buttons(item, message);
    if (op === "message") item.scrollIntoView({ block: "end" });
    clearTimeout(saying);
    saying = setTimeout(sayDrawn, 500);
  }

  // Asking for what comes after says that everything before was drawn: an alert on an open page is told.
  async function sayDrawn() {
    try {
      const found = await call("GET", "/api/chat/messages?after=" + last);
      found.messages.forEach((one) => draw(one, one.op || "message"));
    } catch (error) { /* no network: nothing more was drawn */ }
  }

  // One open question at a time: the buttons of the questions before it go.
  function answered(newest) {
    log.querySelectorAll("li.asked .options").forEach((row) => row.remove());
    newest.className = "asked";
  }

  function buttons(item, message) {
    const row = document.createElement("div");
    row.className = "options";
    for (const one of message.choices || []) {
      const button = row.appendChild(document.createElement("button"));
      button.type = "button";
      button.textContent = one.label;
      if (standing.includes(one.option)) button.className = "standing";
      button.addEventListener("click", () => press(message, one));
    }
    if (message.ask === "location" && navigator.geolocation) {
      const button = row.appendChild(document.createElement("button"));
      button.type = "button";
      button.textContent = page.location;
      button.addEventListener("click", locate);
    }
    if (row.children.length) item.appendChild(row);
  }

  function press(message, choice) {
    if (choice.option === "exit") { leave(); return; }
    queue({ kind: "choice", prompt: message.prompt, option: choice.option }, choice.label);
  }

  function locate() {
    navigator.geolocation.getCurrentPosition(
      (place) => queue({ kind: "location", lat: place.coords.latitude, lon: place.coords.longitude }, page.location),
      () => { status.textContent = page.nolocation; }, { timeout: 15000 });
  }

  function queue(body, shown) {
    const item = log.appendChild(document.createElement("li"));
    item.className = "mine";
    item.textContent = shown;
    const mark = item.appendChild(document.createElement("small"));
    mark.textContent = page.waiting;
    item.scrollIntoView({ block: "end" });
    waiting.push({ body: { id: uuid(), ...body }, mark });
    flush();
  }

  async function flush() {
    if (sending) return;
    sending = true;
    while (waiting.length) {
      const one = waiting[0];
      try {
        await open();
        await call("POST", "/api/chat/messages", one.body);
        one.mark.textContent = "✓ " + page.sent;
        status.textContent = "";
        waiting.shift();
      } catch (error) {
        if (error.status === 401) session = null;
        if (error.status === 413 || error.status === 400) {
          one.mark.textContent = error.status === 413 ? page.long : page.failed;
          waiting.shift();
          continue;
        }
        status.textContent = page.failed;
        setTimeout(flush, 3000);
        break;
      }
    }
    sending = false;
  }

  function leave() {
    if (stream) stream.close();
    log.textContent = "";
    document.title = "";
    fetch("/api/chat/sessions", { method: "DELETE", credentials: "same-origin", keepalive: true });
    location.replace(page.exit);
  }

  document.getElementById("exit").addEventListener("click", leave);
  document.getElementById("form").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = box.value.trim();
    if (!text) return;
    box.value = "";
    queue({ kind: "text", text }, text);
  });
  box.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      document.getElementById("form").requestSubmit();
    }
  });
  let escaped = 0;
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") { escaped = 0; return; }
    escaped += 1;
    if (escaped === 2) leave();
  });
  window.addEventListener("online", flush);
  if (page.start) document.getElementById("join").addEventListener("click", join);
  else resume();
})();
