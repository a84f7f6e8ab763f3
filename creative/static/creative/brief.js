// The brief's form: what is ready changes while one types, the outline follows the platform.
import "./fact_rows.js";

const body = document.getElementById("brief-body");

function look() {
  const form = document.getElementById("brief-form");
  if (!form) return;
  for (const line of document.querySelectorAll("#parts [data-part]")) {
    const field = line.dataset.part;
    let ready;
    if (field.startsWith("fact-")) ready = [...form.querySelectorAll('[name="fact-text"]')].some((input) => input.value.trim());
    else if (field.startsWith("platform")) ready = Boolean(form.querySelector('[name="platform"]:checked'));
    else ready = Boolean(form.elements[field]?.value.trim());
    line.className = ready ? "ok" : line.dataset.needed ? "no" : "look";
  }
  const platform = form.querySelector('[name="platform"]:checked')?.value;
  for (const shape of document.querySelectorAll("[data-platform]")) shape.toggleAttribute("hidden", shape.dataset.platform !== platform);
  const limits = document.querySelector(`[data-limits-for="${platform}"]`);
  if (limits) document.querySelector("[data-limits]").textContent = limits.textContent;
}

body.addEventListener("input", look);
body.addEventListener("change", look);
body.addEventListener("click", (event) => {
  const length = event.target.closest("[data-length]");
  if (length) {
    document.getElementById("length_seconds").value = length.dataset.length;
    look();
  }
});
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.target.id === "brief-body") document.getElementById("problems")?.focus();
  look();
});
look();
