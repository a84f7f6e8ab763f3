// The programme in the page: fragments of one second from the room's own list, put together by MediaSource.
// No more than a few seconds are kept, and the picture stays near the live edge.
const LOOK_MS = 1000;
const FAR_SECONDS = 6;
const EDGE_SECONDS = 2.2;
const KEPT_SECONDS = 20;

function parse(text, address) {
  const base = new URL(address, location.href);
  const pieces = [];
  let init = null;
  let number = 0;
  let length = 0;
  let starts = false;
  for (const line of text.split(/\r?\n/)) {
    if (line.startsWith("#EXT-X-MEDIA-SEQUENCE:")) number = Number(line.slice(22));
    else if (line.startsWith("#EXT-X-MAP:")) init = new URL(/URI="([^"]+)"/.exec(line)[1], base).href;
    else if (line.startsWith("#EXTINF:")) length = parseFloat(line.slice(8));
    else if (line.startsWith("#EXT-X-DISCONTINUITY")) starts = true;
    else if (line && !line.startsWith("#")) {
      pieces.push({ number: number + pieces.length, address: new URL(line, base).href, init, length, starts });
      starts = false;
    }
  }
  return pieces;
}

// Which codecs: the profile, its limits and the level stand in the first bytes of the avcC box.
function codecsOf(init) {
  const bytes = new Uint8Array(init);
  for (let at = 0; at < bytes.length - 12; at += 1) {
    if (bytes[at] === 0x61 && bytes[at + 1] === 0x76 && bytes[at + 2] === 0x63 && bytes[at + 3] === 0x43) {
      const profile = [...bytes.slice(at + 5, at + 8)].map((each) => each.toString(16).padStart(2, "0")).join("");
      return `video/mp4; codecs="avc1.${profile},mp4a.40.2"`;
    }
  }
  return null;
}

export class Programme {
  constructor(video, say) {
    this.video = video;
    this.say = say;
    this.address = video.dataset.programme;
    this.buffer = null;
    this.taken = -1;
    this.queue = [];
    this.init = null;
    this.isBusy = false;
  }

  start() {
    const Source = window.ManagedMediaSource || window.MediaSource;
    if (!Source) {
      if (this.video.canPlayType("application/vnd.apple.mpegurl")) { this.video.src = this.address; this.video.play().catch(() => {}); }
      else this.say("cannot");
      return;
    }
    this.Source = Source;
    this.timer = setInterval(() => this.look(), LOOK_MS);
    this.look();
  }

  async look() {
    if (this.isBusy || document.hidden || this.video.classList.contains("is-over")) return;
    this.isBusy = true;
    try {
      const answer = await fetch(this.address, { cache: "no-store" });
      if (answer.ok) await this.take(parse(await answer.text(), this.address));
    } catch { /* the next look tries again */ } finally { this.isBusy = false; }
  }

  async take(pieces) {
    if (!pieces.length || !pieces[0].init) return;
    const last = pieces[pieces.length - 1].number;
    if (last < this.taken || (this.taken >= 0 && pieces[0].number > this.taken + 1)) this.forget();
    if (this.taken < 0) this.taken = Math.max(pieces[0].number, last - 2) - 1;
    for (const piece of pieces) {
      if (piece.number <= this.taken) continue;
      if (piece.init !== this.init || piece.starts || !this.buffer) await this.open(piece.init);
      if (!this.buffer) return;
      const answer = await fetch(piece.address, { cache: "no-store" });
      if (!answer.ok) break;
      this.push(await answer.arrayBuffer());
      this.taken = piece.number;
    }
    this.stayNear();
  }

  async open(init) {
    const bytes = await (await fetch(init, { cache: "no-store" })).arrayBuffer();
    const codecs = codecsOf(bytes);
    if (!codecs || !this.Source.isTypeSupported(codecs)) {
      clearInterval(this.timer);
      return this.say("cannot");
    }
    if (!this.buffer) {
      const source = new this.Source();
      const isOpen = new Promise((resolve) => source.addEventListener("sourceopen", resolve, { once: true }));
      this.video.disableRemotePlayback = true;
      this.video.src = URL.createObjectURL(source);
      await isOpen;
      this.buffer = source.addSourceBuffer(codecs);
      this.buffer.addEventListener("updateend", () => this.next());
      this.buffer.addEventListener("error", () => this.forget());
    }
    this.init = init;
    this.push(bytes);
  }

  push(bytes) { this.queue.push(bytes); this.next(); }

  next() {
    if (!this.buffer || this.buffer.updating || !this.queue.length) return this.tidy();
    try { this.buffer.appendBuffer(this.queue.shift()); } catch { this.forget(); }
  }

  tidy() {
    const { buffer, video } = this;
    if (!buffer || buffer.updating || !buffer.buffered.length) return;
    const first = buffer.buffered.start(0);
    if (video.currentTime - first > KEPT_SECONDS * 2) buffer.remove(0, video.currentTime - KEPT_SECONDS);
    this.stayNear();
  }

  stayNear() {
    const { buffer, video } = this;
    if (!buffer || !buffer.buffered.length) return;
    const range = buffer.buffered.length - 1;
    const [from, to] = [buffer.buffered.start(range), buffer.buffered.end(range)];
    const isOutside = video.currentTime < from || video.currentTime > to;
    if (isOutside || to - video.currentTime > FAR_SECONDS) video.currentTime = Math.max(from, to - EDGE_SECONDS);
    if (video.classList.contains("is-over")) return;
    if (video.paused && to - from > 1) video.play().then(() => this.say(""), () => {});
    else if (!video.paused) this.say("");
  }

  forget() {
    this.buffer = null;
    this.init = null;
    this.taken = -1;
    this.queue = [];
  }
}
