// The line to the platform: who the visitor is, what waits to be sent, what was said.
// Every message has an id of ours, so that sending it twice is hearing it once.
const FIRST_PAUSE_MS = 1000;
const LONGEST_PAUSE_MS = 30000;
const HIDDEN_MS = 60000;

function randomId(bytes) {
  const values = crypto.getRandomValues(new Uint8Array(bytes));
  return btoa(String.fromCharCode(...values)).replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

// Where the browser keeps nothing for us, the conversation lasts as long as the page.
function makeStore(key) {
  let memory = null;
  return {
    read() {
      try {
        return JSON.parse(localStorage.getItem(key)) || memory;
      } catch {
        return memory;
      }
    },
    write(value) {
      memory = value;
      try {
        localStorage.setItem(key, JSON.stringify(value));
      } catch {
        return;
      }
    },
  };
}

export class Line extends EventTarget {
  constructor({ base, channel, source }) {
    super();
    this.address = `${base}/widget/${encodeURIComponent(channel)}`;
    this.source = source;
    this.store = makeStore(`adloom-chat:${channel}`);
    const kept = this.store.read();
    this.token = kept?.token || randomId(24);
    this.queue = kept?.queue || [];
    this.hasBegun = Boolean(kept?.hasBegun);
    this.hasEntered = Boolean(kept?.hasEntered);
    this.readSeq = kept?.readSeq || 0;
    this.said = new Map();
    this.accepted = [];
    this.lastSeq = 0;
    this.isTyping = false;
    this.isLost = false;
    this.pause = FIRST_PAUSE_MS;
    this.keep();
    addEventListener("online", () => this.hurry());
    addEventListener("offline", () => this.changed());
    document.addEventListener("visibilitychange", () => this.mindVisibility());
    addEventListener("pagehide", () => this.stream?.close());
    addEventListener("pageshow", (event) => event.persisted && this.listen());
  }

  async config() {
    const answer = await fetch(`${this.address}/config`, { credentials: "omit", referrerPolicy: "origin" });
    if (!answer.ok) throw new Error(String(answer.status));
    return answer.json();
  }

  begin() {
    if (this.queue.length) this.flush();
    if (this.hasBegun) this.listen();
  }

  keep() {
    const { token, queue, hasBegun, hasEntered, readSeq } = this;
    this.store.write({ token, queue, hasBegun, hasEntered, readSeq });
  }

  // Once a visitor; whether it arrives changes nothing for them.
  async enter() {
    if (this.hasEntered) return;
    this.hasEntered = true;
    this.keep();
    const body = JSON.stringify({ visitor: this.token });
    const options = { method: "POST", body, credentials: "omit", headers: { "content-type": "text/plain" } };
    const answer = await fetch(`${this.address}/entered`, options).catch(() => null);
    if (answer?.ok) return;
    this.hasEntered = false;
    this.keep();
  }

  changed() {
    this.dispatchEvent(new Event("changed"));
  }

  get messages() {
    return [...this.said.values()].sort((a, b) => a.seq - b.seq);
  }

  get unsent() {
    return [...this.accepted, ...this.queue];
  }

  get unread() {
    return this.messages.filter((each) => each.from !== "visitor" && each.seq > this.readSeq).length;
  }

  markRead() {
    if (this.readSeq === this.lastSeq) return;
    this.readSeq = this.lastSeq;
    this.keep();
    this.changed();
  }

  say(text) {
    this.queue.push({ id: randomId(16), text, at: new Date().toISOString() });
    this.keep();
    this.changed();
    this.flush();
  }

  sayAgain(id) {
    const entry = this.queue.find((each) => each.id === id);
    if (entry) delete entry.failure;
    this.hurry();
  }

  hurry() {
    clearTimeout(this.timer);
    this.timer = null;
    this.pause = FIRST_PAUSE_MS;
    this.changed();
    this.flush();
    if (this.hasBegun && (!this.stream || this.stream.readyState === EventSource.CLOSED)) this.listen();
  }

  // One after the other, so that messages arrive in the order they were written.
  async flush() {
    if (this.isFlushing || this.timer) return;
    this.isFlushing = true;
    try {
      for (let entry; (entry = this.queue.find((each) => !each.failure)); ) {
        const wait = await this.post(entry);
        if (wait === null) continue;
        this.timer = setTimeout(() => {
          this.timer = null;
          this.flush();
        }, wait);
        break;
      }
    } finally {
      this.isFlushing = false;
      this.changed();
    }
  }

  // Milliseconds to wait before another try; null when this entry is dealt with.
  async post(entry) {
    const body = JSON.stringify({ visitor: this.token, id: entry.id, text: entry.text, source: this.source });
    let answer;
    try {
      const options = { method: "POST", body, credentials: "omit", headers: { "content-type": "text/plain" } };
      answer = await fetch(`${this.address}/messages`, options);
    } catch {
      return this.backOff(entry);
    }
    if (answer.ok) return this.accept(entry);
    if (answer.status === 429) return 1000 * (Number(answer.headers.get("retry-after")) || 2);
    if (answer.status >= 500) return this.backOff(entry);
    entry.failure = (await answer.json().catch(() => ({}))).error || String(answer.status);
    this.keep();
    return null;
  }

  backOff(entry) {
    entry.isLate = true;
    this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
    this.changed();
    return this.pause;
  }

  accept(entry) {
    this.pause = FIRST_PAUSE_MS;
    this.queue = this.queue.filter((each) => each.id !== entry.id);
    if (![...this.said.values()].some((each) => each.client === entry.id)) this.accepted.push({ ...entry, isAccepted: true });
    this.hasBegun = true;
    this.keep();
    if (!this.stream) this.listen();
    return null;
  }

  listen() {
    clearTimeout(this.listenTimer);
    this.stream?.close();
    const stream = new EventSource(`${this.address}/events?visitor=${this.token}&after=${this.lastSeq}`);
    this.stream = stream;
    stream.onopen = () => this.setLost(false);
    stream.onmessage = (event) => this.hear(JSON.parse(event.data));
    stream.addEventListener("typing", (event) => {
      this.isTyping = event.data === "true";
      this.changed();
    });
    stream.onerror = () => {
      this.isTyping = false;
      this.setLost(true);
      if (stream.readyState !== EventSource.CLOSED || stream !== this.stream) return;
      this.pause = Math.min(this.pause * 2, LONGEST_PAUSE_MS);
      this.listenTimer = setTimeout(() => this.listen(), this.pause);
    };
  }

  setLost(isLost) {
    if (this.isLost === isLost) return;
    this.isLost = isLost;
    if (!isLost) {
      this.pause = FIRST_PAUSE_MS;
      this.flush();
    }
    this.changed();
  }

  hear(message) {
    this.said.set(message.seq, message);
    this.lastSeq = Math.max(this.lastSeq, message.seq);
    if (message.client) {
      this.accepted = this.accepted.filter((each) => each.id !== message.client);
      this.queue = this.queue.filter((each) => each.id !== message.client);
      this.keep();
    } else {
      this.isTyping = false;
    }
    this.dispatchEvent(new CustomEvent("heard", { detail: message }));
    this.changed();
  }

  // A tab nobody looks at gives its connection back; the history comes again when it is looked at.
  mindVisibility() {
    clearTimeout(this.hiddenTimer);
    if (!document.hidden) {
      if (this.hasBegun && !this.stream) this.listen();
      return;
    }
    this.hiddenTimer = setTimeout(() => {
      this.stream?.close();
      this.stream = null;
    }, HIDDEN_MS);
  }
}
