// Live figures: an element with data-live listens to that address; every message asks htmx to fetch
// its part of the page again, unless somebody is editing in there. When the line breaks, the page says how old its figures are.
const open = new Map();
const lost = document.getElementById("contact-lost");
let lastHeard = new Date();

function clockOf(moment) {
  return moment.toTimeString().slice(0, 8);
}
function sayLost() {
  if (!lost) return;
  lost.textContent = document.body.dataset.connectionLost.replace("%(clock)s", clockOf(lastHeard));
  lost.hidden = false;
}
function sayBack() {
  lastHeard = new Date();
  if (lost) lost.hidden = true;
}

function listen(element) {
  if (open.has(element)) return;
  const source = new EventSource(element.dataset.live);
  let queued = false;
  open.set(element, source);
  let wasLost = false;
  source.onopen = () => {
    sayBack();
    if (wasLost) refresh();
    wasLost = false;
  };
  source.onerror = () => {
    wasLost = true;
    sayLost();
  };
  const refresh = () => {
    sayBack();
    if (queued) return;
    queued = true;
    setTimeout(() => {
      queued = false;
      if (!element.isConnected) return source.close();
      if (element.querySelector("[data-editing], dialog[open], details[open] > [data-editing-when-open]")) return;
      htmx.trigger(element, "live");
    }, 250);
  };
  source.onmessage = refresh;
}

function scan() {
  for (const [element, source] of open) if (!element.isConnected) { source.close(); open.delete(element); }
  document.querySelectorAll("[data-live]").forEach(listen);
}

document.addEventListener("DOMContentLoaded", scan);
document.addEventListener("htmx:afterSettle", scan);
window.addEventListener("pagehide", () => { for (const source of open.values()) source.close(); open.clear(); });
if (document.readyState !== "loading") scan();
