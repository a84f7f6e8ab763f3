// An operator hears the programme as it goes into the delay: seconds before the audience does.
import { offered, pause, posted } from "./costream.js";

const button = document.getElementById("listen-ahead");
const sound = document.getElementById("ahead");
let connection = null;

async function listen() {
  connection = new RTCPeerConnection({ iceServers: JSON.parse(document.getElementById("ice-servers").textContent) });
  const made = connection;
  made.addTransceiver("audio", { direction: "recvonly" });
  made.addEventListener("track", (event) => { sound.srcObject = new MediaStream([event.track]); });
  made.addEventListener("connectionstatechange", () => { if (made.connectionState === "failed") hangUp(); });
  const csrf = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  const asked = await posted(button.dataset.listen, csrf, { offer: await offered(made) });
  if (!asked.ok) return hangUp();
  const { handshake } = await asked.json();
  for (let tries = 0; tries < 40 && made === connection; tries += 1) {
    const { answer } = await (await fetch(button.dataset.handshake.replace("00000000-0000-0000-0000-000000000000", handshake))).json();
    if (answer) return made.setRemoteDescription({ type: "answer", sdp: answer });
    await pause(250);
  }
  return hangUp();
}

function hangUp() {
  connection?.close();
  connection = null;
  button.setAttribute("aria-pressed", "false");
}

button?.addEventListener("click", () => {
  if (connection) return hangUp();
  button.setAttribute("aria-pressed", "true");
  return listen();
});
