// Set-up: the picture follows what is typed, lines grow and are checked, marks are put in at the caret.
const headers = () => JSON.parse(document.body.getAttribute("hx-headers"));
const lines = document.getElementById("script-lines");
const form = document.getElementById("script-form");

// Without field-sizing a textarea is as high as what it holds by hand.
const growsByItself = CSS.supports("field-sizing", "content");
function grow(box) {
  if (growsByItself) return;
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight + 2}px`;
}
document.querySelectorAll("[data-grows]").forEach(grow);

const post = (address, fields) => fetch(address, { method: "POST", headers: headers(), body: new URLSearchParams(fields) });

async function check(row) {
  const box = row.querySelector("textarea");
  const number = [...lines.children].indexOf(row) + 1;
  if (!box.value.trim()) return row.querySelector("[data-notes]").replaceChildren();
  const answer = await post(form.dataset.check, { text: box.value, number });
  if (!answer.ok) return;
  row.querySelector("[data-notes]").innerHTML = await answer.text();
  row.classList.toggle("has-problem", Boolean(row.querySelector(".field-error")));
}

lines?.addEventListener("input", (event) => grow(event.target));
lines?.addEventListener("change", (event) => check(event.target.closest("[data-line]")));
lines?.addEventListener("keydown", (event) => {
  if (event.target.tagName !== "TEXTAREA" || event.key !== "Enter" || event.isComposing || event.keyCode === 229) return;
  event.preventDefault();
  addLine(event.target.closest("[data-line]"));
});

function addLine(after) {
  const row = document.getElementById("new-line").content.firstElementChild.cloneNode(true);
  after ? after.after(row) : lines.append(row);
  row.querySelector("textarea").focus();
}

// A mark goes where the caret was; the button must not take the focus from the line.
document.addEventListener("mousedown", (event) => { if (event.target.closest("[data-mark], [data-suggest-cues]")) event.preventDefault(); });
document.addEventListener("click", async (event) => {
  if (event.target.closest("[data-add-line]")) return addLine(null);
  const row = event.target.closest("[data-line]");
  if (!row) return;
  const box = row.querySelector("textarea");
  const mark = event.target.closest("[data-mark]");
  if (mark) {
    box.setRangeText(mark.dataset.mark, box.selectionStart, box.selectionEnd, "end");
    grow(box);
    check(row);
  }
  if (event.target.closest("[data-remove-line]")) row.remove();
  if (event.target.closest("[data-suggest-cues]")) {
    const answer = await post(form.dataset.cues, { text: box.value });
    if (answer.ok) box.value = await answer.text();
    grow(box);
    check(row);
  }
});

// The picture: host and overlays as they are chosen and typed.
const map = document.getElementById("air-map");
document.addEventListener("input", (event) => {
  const shown = map?.querySelector(`[data-shows="${CSS.escape(event.target.name || "-")}"]`);
  if (shown) {
    shown.textContent = event.target.value;
    if (event.target.name === "ticker") shown.hidden = !event.target.value;
  }
});
document.addEventListener("change", (event) => {
  const field = event.target;
  if (field.name === "host") {
    document.querySelector("[data-host-name]").value = field.dataset.value || document.querySelector("[data-host-name]").value;
    document.querySelector("[data-host-own]").value = field.dataset.own;
    document.getElementById("map-host").src = field.dataset.picture;
  }
  if (field.name === "shows_card") document.getElementById("map-card").hidden = !field.checked;
  if (field.type === "file" && field.closest("[data-submits]")) field.form.requestSubmit();
});

// A preview that plays is not begun again because something else changed.
let last = null;
document.addEventListener("htmx:beforeSwap", (event) => {
  if (!event.detail.target.matches("[data-same-stays]")) return;
  if (event.detail.serverResponse === last) event.detail.shouldSwap = false;
  last = event.detail.serverResponse;
});
