// Sends files two at a time with their progress; a folder's names go along. What the server says of each
// file stands in its line; the list below is brought up to date by live events.
const AT_ONCE = 2;
const drop = document.getElementById("drop");
const list = document.getElementById("sending");
const pattern = document.getElementById("sending-row");
const token = drop.querySelector("[name=csrfmiddlewaretoken]").value;
const waiting = [];
let underway = 0;

function rowFor(name) {
  const row = pattern.content.firstElementChild.cloneNode(true);
  row.querySelector(".name").textContent = name;
  list.append(row);
  return row;
}

function send({ file, name, row }) {
  underway += 1;
  const body = new FormData();
  body.append("name", name);
  body.append("file", file, file.name);
  const request = new XMLHttpRequest();
  request.open("POST", drop.action);
  request.setRequestHeader("X-CSRFToken", token);
  const bar = row.querySelector("i");
  const state = row.querySelector(".state");
  request.upload.onprogress = (event) => {
    if (!event.lengthComputable) return;
    bar.style.width = `${(100 * event.loaded) / event.total}%`;
    state.textContent = `${drop.dataset.sending} ${Math.round((100 * event.loaded) / event.total)}%`;
  };
  request.onloadend = () => {
    underway -= 1;
    if (request.status === 200) {
      state.textContent = drop.dataset.sent;
      bar.style.width = "100%";
      setTimeout(() => row.remove(), 2500);
    } else {
      row.classList.add("refused-row");
      state.textContent = request.responseText.trim() || drop.dataset.refused;
    }
    htmx.trigger("#materials-body", "live");
    next();
  };
  request.send(body);
}

function next() {
  while (underway < AT_ONCE && waiting.length) send(waiting.shift());
}

function add(file, path) {
  const name = path || file.webkitRelativePath || file.name;
  if (name.split("/").pop().startsWith(".")) return;
  waiting.push({ file, name, row: rowFor(name) });
}

async function walk(entry, folder) {
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    add(file, folder + file.name);
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!some.length) return;
    for (const each of some) await walk(each, `${folder}${entry.name}/`);
  }
}

for (const id of ["pick-files", "pick-folder"]) {
  document.getElementById(id).addEventListener("change", (event) => {
    for (const file of event.target.files) add(file);
    event.target.value = "";
    next();
  });
}
for (const name of ["dragenter", "dragover"]) {
  window.addEventListener(name, (event) => {
    if (!event.dataTransfer?.types.includes("Files")) return;
    event.preventDefault();
    drop.classList.add("is-over");
  });
}
window.addEventListener("dragleave", (event) => { if (!event.relatedTarget) drop.classList.remove("is-over"); });
window.addEventListener("drop", async (event) => {
  if (!event.dataTransfer?.files.length) return;
  event.preventDefault();
  drop.classList.remove("is-over");
  const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (entries.length) for (const entry of entries) await walk(entry, "");
  else for (const file of event.dataTransfer.files) add(file);
  next();
});
