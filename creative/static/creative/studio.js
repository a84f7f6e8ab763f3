// The studio's form: a slider says its sign, a control that the chosen model does not take says why,
// what was chosen can be taken back, and what may change in a picture is painted over.
const form = document.querySelector(".studio-form");
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

if (form) {
  const models = JSON.parse(document.getElementById("studio-models").textContent);
  const rules = [...form.querySelectorAll(".cannot")].map((shown) => ({
    shown,
    says: shown.textContent,
    controls: shown.dataset.for.split(" ").filter(Boolean),
    modes: shown.dataset.in.split(" "),
    needs: shown.dataset.needs.split(" ").filter(Boolean),
    unless: (shown.dataset.unless ?? "").split(" ").filter(Boolean),
  }));
  const painting = easel(form);

  const chosen = (name) => form.querySelector(`[name="${name}"]:checked`)?.value ?? "";
  const takes = (model, needs) => needs.some((need) => model.can.includes(need));
  const makesClips = (model) => takes(model, ["text-to-video", "image-to-video", "first-last-frame"]);

  function modeOf(model) {
    if (form.querySelector('[name="extend"]')) return "extend";
    return makesClips(model) && Number(form.elements.seconds.value) > 0 ? "clip" : "picture";
  }

  function others(needs) {
    const names = models.filter((each) => takes(each, needs)).map((each) => each.name);
    return names.length ? ` ${form.dataset.others} ${names.join(form.dataset.joined)}` : "";
  }

  function applies(rule, model, mode) {
    return rule.modes.includes(mode) && !takes(model, rule.needs) && !rule.unless.some(chosen);
  }

  // Controls keep what was chosen while they are off: another model may take it again.
  function fit() {
    const model = models.find((each) => each.checkpoint === form.elements.checkpoint.value) ?? models[0];
    if (!model) return;
    const mode = modeOf(model);
    form.querySelector("[data-facts]").textContent = model.facts;
    const off = new Set();
    for (const rule of rules) {
      const holds = applies(rule, model, mode);
      rule.shown.hidden = !holds;
      if (!holds) continue;
      rule.shown.textContent = rule.says + others(rule.needs);
      for (const name of rule.controls) off.add(name);
    }
    for (const name of new Set(rules.flatMap((rule) => rule.controls))) {
      for (const control of form.querySelectorAll(`[name="${name}"]`)) {
        control.disabled = off.has(name);
        control.closest("label, .slider")?.classList.toggle("is-off", off.has(name));
      }
    }
    for (const part of form.querySelectorAll("[data-only]")) part.hidden = part.dataset.only !== mode;
    painting?.show(mode === "picture" && !off.has("first") ? chosen("first") : "", !off.has("mask"));
  }

  form.addEventListener("input", fit);
  document.querySelector("[data-clear-frames]")?.addEventListener("click", () => {
    for (const choice of document.querySelectorAll(".frame-pick input")) choice.checked = false;
    fit();
  });
  for (const button of form.querySelectorAll("[data-fill]")) {
    button.addEventListener("click", () => {
      form.elements.prompt.value = button.dataset.fill;
      form.elements.prompt.focus();
    });
  }
  fit();
}

// Where strokes are kept: white on black, at most 512 pixels a side, as a data address in the form.
function easel(owner) {
  const box = owner.querySelector("[data-painting]");
  if (!box) return null;
  const LONGEST = 512;
  const picture = box.querySelector("[data-painted]");
  const canvas = box.querySelector("[data-canvas]");
  const brush = box.querySelector("[data-brush]");
  const kept = box.querySelector('[name="mask"]');
  const paint = canvas.getContext("2d", { willReadFrequently: true });
  const ink = getComputedStyle(owner).getPropertyValue("--accfill").trim() || "#d33";
  let shown = "";
  let last = null;

  function keep() {
    const sheet = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d");
    sheet.drawImage(canvas, 0, 0);
    const pixels = sheet.getImageData(0, 0, canvas.width, canvas.height);
    let painted = false;
    for (let at = 0; at < pixels.data.length; at += 4) {
      const value = pixels.data[at + 3] > 127 ? 255 : 0;
      painted ||= value > 0;
      pixels.data.set([value, value, value, 255], at);
    }
    if (!painted) {
      kept.value = "";
      return;
    }
    const page = document.createElement("canvas");
    [page.width, page.height] = [canvas.width, canvas.height];
    page.getContext("2d").putImageData(pixels, 0, 0);
    kept.value = page.toDataURL("image/png");
  }

  function restore(address) {
    const mask = new Image();
    mask.addEventListener("load", () => {
      paint.drawImage(mask, 0, 0, canvas.width, canvas.height);
      const pixels = paint.getImageData(0, 0, canvas.width, canvas.height);
      for (let at = 0; at < pixels.data.length; at += 4) pixels.data[at + 3] = pixels.data[at];
      paint.putImageData(pixels, 0, 0);
      paint.globalCompositeOperation = "source-in";
      paint.fillStyle = ink;
      paint.fillRect(0, 0, canvas.width, canvas.height);
      paint.globalCompositeOperation = "source-over";
    });
    mask.src = address;
  }

  function begin() {
    const scale = Math.min(1, LONGEST / Math.max(picture.naturalWidth, picture.naturalHeight));
    canvas.width = Math.max(32, Math.round(picture.naturalWidth * scale));
    canvas.height = Math.max(32, Math.round(picture.naturalHeight * scale));
    if (kept.value) restore(kept.value);
  }

  function spot(event) {
    const place = canvas.getBoundingClientRect();
    const x = ((event.clientX - place.left) / place.width) * canvas.width;
    return { x, y: ((event.clientY - place.top) / place.height) * canvas.height };
  }

  function stroke(event) {
    const here = spot(event);
    paint.strokeStyle = ink;
    paint.lineCap = "round";
    paint.lineWidth = (Number(brush.value) / 100) * Math.max(canvas.width, canvas.height);
    paint.beginPath();
    paint.moveTo((last ?? here).x, (last ?? here).y);
    paint.lineTo(here.x, here.y);
    paint.stroke();
    last = here;
  }

  picture.addEventListener("load", begin);
  canvas.addEventListener("pointerdown", (event) => {
    canvas.setPointerCapture(event.pointerId);
    last = null;
    stroke(event);
  });
  canvas.addEventListener("pointermove", (event) => {
    if (event.buttons) stroke(event);
  });
  canvas.addEventListener("pointerup", keep);
  canvas.addEventListener("pointercancel", keep);
  box.querySelector("[data-clear-mask]").addEventListener("click", () => {
    paint.clearRect(0, 0, canvas.width, canvas.height);
    kept.value = "";
  });

  return {
    // `id` of the picture that is changed, "" for none; a mask belongs to the picture it was painted on.
    show(id, canPaint) {
      box.hidden = !id;
      box.querySelector(".easel").hidden = box.querySelector(".brush").hidden = !canPaint;
      kept.disabled = !id || !canPaint;
      if (!id || id === shown) return;
      if (shown) kept.value = "";
      shown = id;
      picture.src = owner.querySelector(`[data-picture="${id}"]`).src;
    },
  };
}
