// The persona maker: the host is drawn anew a moment after the last choice; only the newest one is shown.
const WAIT_MS = 350;
const picture = document.getElementById("tried");
const form = picture?.closest("form");
let timer = 0;
let newest = "";

function draw() {
  const chosen = new URLSearchParams();
  for (const field of form.querySelectorAll(".maker-groups input:checked")) chosen.set(field.name, field.value);
  const address = `${picture.dataset.address}?${chosen}`;
  newest = address;
  picture.classList.add("is-waiting");
  const fresh = new Image();
  fresh.onload = () => {
    if (newest !== address) return;
    picture.src = address;
    picture.classList.remove("is-waiting");
  };
  fresh.onerror = () => { if (newest === address) picture.classList.remove("is-waiting"); };
  fresh.src = address;
}

form?.addEventListener("change", (event) => {
  if (!event.target.closest(".maker-groups")) return;
  clearTimeout(timer);
  timer = setTimeout(draw, WAIT_MS);
});
