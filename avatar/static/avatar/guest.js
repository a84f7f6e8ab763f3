// A viewer's way on air: own picture and microphone first, then the door, the wait, the air. The server says which.
import { offered, pause, posted } from "./costream.js";

const root = document.getElementById("guest");
const byId = (id) => document.getElementById(id);
const servers = JSON.parse(byId("ice-servers").textContent);
const address = (what) => `${location.pathname.replace(/\/$/, "")}/${what}`;
const csrf = root.dataset.csrf;
const LIVE = ["waiting", "on_air"];
const SOUND = { echoCancellation: true, noiseSuppression: true, autoGainControl: true, channelCount: 1 };
const PICTURE = { facingMode: "user", width: { ideal: 480 }, height: { ideal: 640 }, frameRate: { ideal: 15, max: 25 } };
let stream = null;
let connection = null;
let isConnecting = false;

const tell = (text) => { byId("problem").textContent = text; byId("problem").hidden = !text; };

function show(seat) {
  root.dataset.state = seat.state;
  root.dataset.reason = seat.reason || "";
  root.classList.toggle("is-seated", seat.may_withdraw ?? (LIVE.includes(seat.state) || seat.reason === "left"));
  if (!LIVE.includes(seat.state) && seat.state !== "door") hangUp();
}

async function preview() {
  if (!navigator.mediaDevices?.getUserMedia) return tell(root.dataset.insecure);
  const wantsPicture = byId("picture").checked;
  stop(stream);
  stream = null;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: SOUND, video: wantsPicture && PICTURE });
    tell("");
  } catch (error) {
    if (!wantsPicture) return tell(root.dataset.refused);
    byId("picture").checked = false;
    await preview();
    return stream && tell(root.dataset.noCamera);
  }
  const hasPicture = stream.getVideoTracks().length > 0;
  root.classList.toggle("has-picture", hasPicture);
  byId("self").srcObject = stream;
  measure(stream);
}

function stop(old) {
  old?.getTracks().forEach((track) => track.stop());
}

let meterContext = null;
function measure(source) {
  meterContext?.close();
  meterContext = new AudioContext();
  const analyser = meterContext.createAnalyser();
  analyser.fftSize = 512;
  meterContext.createMediaStreamSource(source).connect(analyser);
  const wave = new Float32Array(analyser.fftSize);
  const own = meterContext;
  const step = () => {
    if (own !== meterContext) return;
    analyser.getFloatTimeDomainData(wave);
    const level = Math.sqrt(wave.reduce((sum, each) => sum + each * each, 0) / wave.length);
    byId("meter").value = Math.min(1, level * 6);
    requestAnimationFrame(step);
  };
  step();
}

async function connect() {
  if (isConnecting || !stream) return;
  isConnecting = true;
  connection?.close();
  const made = new RTCPeerConnection({ iceServers: servers });
  connection = made;
  stream.getTracks().forEach((track) => made.addTrack(track, stream));
  made.addEventListener("track", (event) => { byId("programme").srcObject = new MediaStream([event.track]); });
  made.addEventListener("connectionstatechange", () => {
    const isLost = ["disconnected", "failed"].includes(made.connectionState);
    byId("lost").hidden = !isLost;
    byId("lost").textContent = root.dataset.lost;
    if (made.connectionState === "failed") setTimeout(connect, 500);
  });
  try {
    const answer = await posted(address("offer"), csrf, { offer: await offered(made) });
    if (answer.ok) await accept(made);
  } finally {
    isConnecting = false;
  }
}

async function accept(made) {
  for (let tries = 0; tries < 60 && made === connection; tries += 1) {
    const seat = await ask();
    if (seat?.answer) return made.setRemoteDescription({ type: "answer", sdp: seat.answer });
    if (seat && !LIVE.includes(seat.state)) return undefined;
    await pause(250);
  }
  return undefined;
}

async function ask() {
  try {
    const answer = await fetch(address("state"), { cache: "no-store" });
    if (!answer.ok) return null;
    const seat = await answer.json();
    show(seat);
    return seat;
  } catch {
    return null;
  }
}

function hangUp() {
  connection?.close();
  connection = null;
  stop(stream);
  stream = null;
}

byId("door").addEventListener("submit", async (event) => {
  event.preventDefault();
  if (!byId("name").value.trim()) return tell(root.dataset.name);
  if (!byId("agrees").checked) return tell(root.dataset.agree);
  if (!stream) await preview();
  if (!stream) return undefined;
  const form = new FormData(event.target);
  form.set("lang", root.dataset.lang);
  if (!stream.getVideoTracks().length) form.delete("picture");
  const answer = await posted(address("come-in"), csrf, form);
  if (!answer.ok) return tell((await answer.json()).error);
  show({ state: "waiting" });
  return connect();
});
byId("picture").addEventListener("change", preview);
byId("name").addEventListener("input", () => { byId("initial").dataset.letter = [...byId("name").value.trim()][0]?.toUpperCase() || "·"; });
byId("mute").addEventListener("click", () => {
  const track = stream?.getAudioTracks()[0];
  if (!track) return;
  track.enabled = !track.enabled;
  byId("mute").setAttribute("aria-pressed", String(!track.enabled));
});
byId("leave").addEventListener("click", async () => { await posted(address("leave"), csrf); show({ state: "over", reason: "left" }); });
byId("withdraw").addEventListener("click", () => byId("withdraw-dialog").showModal());
byId("withdraw-now").addEventListener("click", async () => {
  byId("withdraw-dialog").close();
  await posted(address("withdraw"), csrf);
  show({ state: "over", reason: "withdrawn" });
});
window.addEventListener("pagehide", () => { if (LIVE.includes(root.dataset.state)) posted(address("leave"), csrf); });

show({ state: root.dataset.state, reason: root.dataset.reason, may_withdraw: root.dataset.mayWithdraw === "yes" });
byId("initial").dataset.letter = "·";
if (root.dataset.state === "door" || LIVE.includes(root.dataset.state)) await preview();
if (LIVE.includes(root.dataset.state)) await connect();
for (;;) {
  await pause(1000);
  if (LIVE.includes(root.dataset.state)) await ask();
}
