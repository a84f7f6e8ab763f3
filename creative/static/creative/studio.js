// The studio's form: a slider says its sign, and what was chosen can be taken back.
const signed = (value) => (value > 0 ? `+${value}` : `${value}`.replace("-", "−"));

function tell(slider) {
  slider.parentElement.querySelector("output").textContent = signed(Number(slider.value));
}

for (const slider of document.querySelectorAll("[data-sign]")) {
  slider.addEventListener("input", () => tell(slider));
  tell(slider);
}

document.querySelector("[data-clear-camera]")?.addEventListener("click", () => {
  for (const slider of document.querySelectorAll("[data-sign]")) {
    slider.value = 0;
    tell(slider);
  }
});

document.querySelector("[data-clear-frames]")?.addEventListener("click", () => {
  for (const choice of document.querySelectorAll(".frame-pick input")) choice.checked = false;
});
