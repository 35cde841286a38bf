// Pictures, files and voice messages: they wait like words do, in a line of their own, so that no
// word waits behind a large file. Nothing of them is shown here afterwards, only how many they were.

const LARGEST = 20 * 1024 * 1024;
const STALLED = 30000; // milliseconds without a byte on its way
const LONGEST = 10 * 60; // seconds of a voice message
const SOUNDS = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];
const KINDS = ["image", "audio", "video"];

export function attach(chat) {
  const { page, part, add, say } = chat;
  const picker = part("file"), waiting = [];
  let running = false, line = null, dropped = false, retry = 0;

  // Choosing

  function take(files, kind) {
    const wrong = files.find((one) => !one.size || one.size > LARGEST);
    if (wrong) say(wrong.size ? page.file_big : page.file_empty);
    const good = files.filter((one) => one.size && one.size <= LARGEST);
    if (!good.length) return;
    const kinds = new Set(good.map((one) => kind || one.type.split("/")[0]));
    const only = kinds.size === 1 ? [...kinds][0] : "file";
    const batch = {
      kind: KINDS.includes(only) ? only : "file", sent: 0, done: 0, all: good.length,
      group: good.length > 1 ? chat.uuid() : "", // chosen together, received with one word
      parts: good.map((file) => ({ file, id: chat.uuid() })),
    };
    show(batch);
    waiting.push(batch);
    if (!wrong && !chat.network()) say("");
    flush();
  }

  const words = (state, batch, n) => page[`file_${state}_${batch.kind}`].replace("#", n);

  function show(batch) {
    Object.assign(batch, chat.mine(words("sending", batch, batch.all)));
    batch.bar = document.createElement("progress");
    batch.bar.setAttribute("aria-label", words("sending", batch, batch.all));
    batch.item.insertBefore(batch.bar, batch.mark);
    batch.stop = add(batch.item, "button", page.stop);
    batch.stop.addEventListener("click", () => cancel(batch));
    moved(batch, 0);
    batch.item.scrollIntoView({ block: "end" });
  }

  function moved(batch, share) { batch.bar.value = (batch.done + share) / batch.all; }

  function cancel(batch) {
    batch.parts.length = 0;
    if (waiting[0] === batch && line) line.abort();
    finish(batch);
    if (!batch.sent) say(page.stopped);
  }

  function finish(batch) {
    const at = waiting.indexOf(batch);
    if (at >= 0) waiting.splice(at, 1);
    batch.stop.remove();
    batch.bar.remove();
    if (!batch.sent) { batch.item.remove(); return; }
    batch.item.firstChild.textContent = words("sent", batch, batch.sent);
    chat.arrived(batch);
  }

  // Sending: one after another, each under its own id, so that a second attempt has no second effect.

  async function flush() {
    if (running || dropped) return;
    running = true;
    clearTimeout(retry);
    while (waiting.length && !dropped) {
      if (!await step(waiting[0])) break;
    }
    running = false;
  }

  // False: it has to wait.
  async function step(batch) {
    const one = batch.parts[0];
    let code = 0;
    try {
      await chat.open();
      if (one !== batch.parts[0]) return true; // stopped meanwhile
      code = await send(batch, one);
    } catch (error) { code = error.status || 0; }
    if (one !== batch.parts[0] || dropped) return true;
    if (code === 202) return next(batch, true);
    if (code === 401 && !one.second) {
      one.second = true;
      chat.ended();
      return true;
    }
    if (code >= 400 && code < 500 && ![401, 408, 429].includes(code)) {
      say({ 413: page.file_big, 415: page.file_type }[code] || page.refused);
      return next(batch, false);
    }
    if (!code && !await readable(one.file)) {
      say(page.file_unread);
      return next(batch, false);
    }
    chat.trouble({ status: code }, page.failed);
    waiting.forEach((late) => { late.mark.textContent = page.waiting; });
    retry = setTimeout(flush, chat.slower());
    return false;
  }

  function next(batch, sent) {
    batch.parts.shift();
    batch.done += 1;
    batch.sent += sent ? 1 : 0;
    moved(batch, 0);
    batch.mark.textContent = page.sending;
    batch.stop.disabled = false;
    if (sent) chat.calm();
    if (!batch.parts.length) finish(batch);
    return true;
  }

  // Only this way of calling says how far it is. Its name stays here: it may tell who somebody is.
  function send(batch, one) {
    return new Promise((answer) => {
      const body = new FormData();
      body.append("id", one.id);
      if (batch.group) body.append("group", batch.group);
      body.append("file", one.file, "file");
      line = new XMLHttpRequest();
      let late = 0;
      const going = () => {
        clearTimeout(late);
        late = setTimeout(() => line.abort(), STALLED);
      };
      line.open("POST", "/api/chat/media");
      line.setRequestHeader("Accept-Language", page.lang);
      if (page.token) line.setRequestHeader("Authorization", "Bearer " + page.token);
      line.upload.addEventListener("progress", (event) => {
        going();
        if (event.lengthComputable) moved(batch, event.loaded / event.total);
      });
      line.upload.addEventListener("load", () => { batch.stop.disabled = true; }); // it is there
      line.addEventListener("loadend", () => {
        clearTimeout(late);
        batch.stop.disabled = false;
        answer(line.status);
      });
      going();
      line.send(body);
    });
  }

  // Whether the phone still has it: a browser tells a lost file and a lost network alike.
  const readable = (file) => file.slice(0, 1).arrayBuffer().then(() => true, () => false);

  // Speaking

  let recorder = null, ticking = 0;
  const type = window.MediaRecorder && navigator.mediaDevices
    && SOUNDS.find((one) => MediaRecorder.isTypeSupported(one));

  async function record() {
    if (recorder) return;
    let sound;
    try {
      sound = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch (error) { say(page.record_failed); return; }
    if (dropped || recorder) { hush(sound); return; }
    const heard = [];
    recorder = new MediaRecorder(sound, { mimeType: type, audioBitsPerSecond: 24000 });
    recorder.addEventListener("dataavailable", (event) => heard.push(event.data));
    recorder.addEventListener("stop", () => {
      hush(sound);
      const keep = recorder.keep;
      recorder = null;
      if (dropped) return;
      listening(false);
      if (keep) take([new File(heard, "file", { type: type.split(";")[0] })], "audio");
    });
    recorder.start(1000);
    listening(true);
  }

  const hush = (sound) => sound.getTracks().forEach((track) => track.stop());

  function listening(on) {
    clearInterval(ticking);
    part("voice").hidden = !on;
    part("form").hidden = on;
    if (!on) { part("mic").focus(); return; }
    let seconds = -1;
    const tick = () => {
      seconds += 1;
      part("voice-time").textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
      if (seconds >= LONGEST && recorder.state === "recording") recorder.pause();
    };
    tick();
    ticking = setInterval(tick, 1000);
    part("voice-send").focus();
  }

  function stop(keep) {
    if (!recorder) return;
    recorder.keep = keep;
    recorder.stop();
  }

  // Beside the text box, and in a question that asks for files.

  function offer(row) {
    add(row, "button", page.choose).addEventListener("click", () => picker.click());
    if (type) add(row, "button", page.record).addEventListener("click", record);
  }

  function drop() {
    dropped = true;
    waiting.length = 0;
    if (line) line.abort();
    stop(false);
  }

  part("attach").addEventListener("click", () => picker.click());
  picker.addEventListener("change", () => {
    take([...picker.files], "");
    picker.value = "";
  });
  part("mic").hidden = !type;
  part("form").classList.toggle("speaks", Boolean(type));
  part("mic").addEventListener("click", record);
  part("voice-drop").addEventListener("click", () => stop(false));
  part("voice-send").addEventListener("click", () => stop(true));
  return { flush, drop, offer, waits: () => waiting.length > 0 };
}
