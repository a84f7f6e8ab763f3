// The widget as the visitor sees it: a button, a panel, what was said, and the field to write in.
import { make, monogram, picture } from "./elements.js";
import { Line } from "./line.js";
import { dress } from "./look.js";
import { Talk } from "./talk.js";
import { WORDS, fill, languageOf } from "./words.js";

const CHAT = "M4 5h16v11.5H11L6.8 20v-3.5H4z";
const DOWN = "m5 9 7 7 7-7";
const PLANE = "M3 4.5 21.5 12 3 19.5l2.6-6.4L13 12 5.6 10.9z";

export async function begin(options) {
  const ad = options.ad || new URLSearchParams(location.search).get("ad") || "";
  const source = { page: location.origin + location.pathname, ...(ad && { ad }) };
  const line = new Line({ base: options.base, channel: options.channel, source });
  let config;
  try {
    config = await line.config();
  } catch (error) {
    console.warn(`The chat is not shown: ${error.message === "403" ? "this page's origin is not on its list" : error.message}`);
    return;
  }
  const language = languageOf(options.lang, document.documentElement.lang, config.language);
  new Panel(line, config, WORDS[language], language, options).attach();
}

class Panel {
  constructor(line, config, words, language, options) {
    Object.assign(this, { line, config, words, language, options });
    this.isOpen = false;
  }

  say(key, values = {}) {
    return fill(this.words[key], { name: this.config.name, ...values });
  }

  attach() {
    this.host = make("adloom-chat", { "data-theme": this.options.theme || "light" });
    this.root = this.host.attachShadow({ mode: "open" });
    dress(this.root);
    this.host.style.setProperty("--own", this.config.colour);
    this.launcher = this.makeLauncher();
    this.talk = new Talk(this);
    this.panel = this.makePanel();
    const side = this.options.side === "left" ? "root side-left" : "root";
    this.root.append(make("div", { class: side, lang: this.language }, this.launcher, this.panel));
    document.body.append(this.host);
    this.line.addEventListener("changed", () => this.refresh());
    this.line.addEventListener("heard", () => this.isOpen && !document.hidden && this.line.markRead());
    this.line.begin();
    this.refresh();
    if (this.options.open !== undefined) this.open(false);
    visualViewport?.addEventListener("resize", () => this.fit());
  }

  makeLauncher() {
    this.badge = make("span", { class: "badge", "aria-hidden": "true", hidden: true });
    return make("button", { class: "launcher", type: "button", "aria-expanded": "false", onclick: () => this.open() }, picture(CHAT), this.badge);
  }

  makePanel() {
    const { name } = this.config;
    const close = make("button", { type: "button", "aria-label": this.say("close"), onclick: () => this.close() }, picture(DOWN));
    const who = make("div", { class: "who" }, make("b", {}, name), make("div", { class: "role" }, this.say("role")));
    const head = make("div", { class: "head" }, make("span", { class: "mark", "aria-hidden": "true" }, monogram(name)), who, close);
    this.state = make("p", { class: "state", role: "status", hidden: true });
    this.person = make("button", { type: "button", onclick: () => this.askForPerson() }, this.say("person"));
    this.quick = make("div", { class: "quick" }, this.person);
    return make(
      "section",
      { class: "panel", role: "dialog", "aria-label": this.say("panel"), hidden: true, onkeydown: (event) => this.hearKey(event) },
      head, this.talk.element, this.state, this.quick, this.makeForm(), make("p", { class: "disclosure" }, this.say("disclosure")),
    );
  }

  makeForm() {
    this.field = make("textarea", {
      rows: "1", "aria-label": this.say("write"), placeholder: this.say("write"), maxlength: this.config.longest, autocomplete: "off",
      oninput: () => this.grow(),
      onkeydown: (event) => {
        // Enter picks a word while a Chinese input method is composing.
        if (event.key !== "Enter" || event.shiftKey || event.isComposing || event.keyCode === 229) return;
        event.preventDefault();
        this.send();
      },
    });
    this.button = make("button", { "aria-label": this.say("send"), disabled: true }, picture(PLANE));
    const submit = (event) => {
      event.preventDefault();
      this.send();
    };
    return make("form", { class: "write", onsubmit: submit }, this.field, this.button);
  }

  send() {
    const text = this.field.value.trim();
    if (!text) return;
    this.line.say(text);
    this.field.value = "";
    this.grow();
    this.field.focus();
  }

  askForPerson() {
    this.line.say(this.say("personText"));
    this.field.focus();
  }

  grow() {
    this.button.disabled = !this.field.value.trim();
    this.field.style.setProperty("height", "46px");
    if (this.field.value) this.field.style.setProperty("height", `${Math.min(this.field.scrollHeight + 2, 132)}px`);
  }

  open(takesFocus = true) {
    this.isOpen = true;
    this.line.enter();
    this.panel.hidden = false;
    this.launcher.hidden = true;
    this.launcher.setAttribute("aria-expanded", "true");
    this.fit();
    this.line.markRead();
    this.talk.toEnd();
    if (takesFocus) this.field.focus();
  }

  close() {
    this.isOpen = false;
    this.panel.hidden = true;
    this.launcher.hidden = false;
    this.launcher.setAttribute("aria-expanded", "false");
    this.refresh();
    this.launcher.focus();
  }

  hearKey(event) {
    if (event.key === "Escape" && !event.isComposing) {
      event.stopPropagation();
      this.close();
    }
  }

  // A phone's keyboard makes the seen part of the page smaller, not the page.
  fit() {
    if (visualViewport) this.host.style.setProperty("--seen", `${Math.round(visualViewport.height)}px`);
    this.talk.toEnd();
  }

  refresh() {
    const count = this.line.unread;
    this.badge.hidden = !count;
    this.badge.textContent = count > 9 ? "9+" : String(count);
    this.launcher.setAttribute("aria-label", this.say(count ? "openUnread" : "open", { count }));
    const isOffline = navigator.onLine === false;
    this.state.hidden = !isOffline && !this.line.isLost;
    const words = this.say(isOffline ? "offline" : "reconnecting");
    if (this.state.textContent !== words) this.state.textContent = words;
    const asked = this.say("personText");
    this.quick.hidden = this.line.messages.some((each) => each.from === "person" || (each.from === "visitor" && each.text === asked));
    this.talk.draw();
  }
}
