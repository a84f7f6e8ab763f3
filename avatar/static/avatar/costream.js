// One offer and its answer by way of the page's server; both sides name all their addresses in it.
const GATHER_MS = 2500;

export async function offered(connection) {
  await connection.setLocalDescription(await connection.createOffer());
  if (connection.iceGatheringState !== "complete") {
    await Promise.race([
      new Promise((done) => connection.addEventListener("icegatheringstatechange", () => connection.iceGatheringState === "complete" && done())),
      new Promise((done) => setTimeout(done, GATHER_MS)),
    ]);
  }
  return connection.localDescription.sdp;
}

export async function posted(url, csrf, body) {
  const isForm = body instanceof FormData;
  const headers = { "X-CSRFToken": csrf, ...(isForm ? {} : { "Content-Type": "application/json" }) };
  return fetch(url, { method: "POST", headers, body: isForm ? body : JSON.stringify(body ?? {}), keepalive: !isForm });
}

export const pause = (ms) => new Promise((done) => setTimeout(done, ms));
