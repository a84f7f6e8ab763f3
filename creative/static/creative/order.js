// The order dialog: from a hundred ads on it shows what bulk needs and asks what the footage carries.
const WAIT_MS = 500;
let timer = 0;

function follow(form) {
  const isBulk = Number(form.elements.count.value) >= Number(form.dataset.bulkFrom);
  for (const part of form.querySelectorAll("[data-bulk]")) part.hidden = !isBulk;
  for (const part of form.querySelectorAll("[data-few]")) part.hidden = isBulk;
  clearTimeout(timer);
  if (isBulk) timer = setTimeout(() => htmx.trigger(form.querySelector(".estimate"), "estimate"), WAIT_MS);
}

document.addEventListener("input", (event) => {
  const form = event.target.closest("[data-order]");
  if (form && !["budget", "headlines"].includes(event.target.name)) follow(form);
});
