// What was said, as a log that readers announce: bubbles are added, never redrawn, so nothing is read twice.
import { make } from "./elements.js";

const NEAR_END_PX = 80;
const ADDRESS = /https?:\/\/[^\s<>"'，。；！？、）)]+/g;

export class Talk {
  constructor(panel) {
    this.panel = panel;
    this.line = panel.line;
    this.bubbles = new Map();
    this.element = make("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": panel.say("log"), tabindex: "0" });
    this.dots = make("div", { class: "dots", hidden: true }, make("i"), make("i"), make("i"), make("span", { class: "unseen" }, panel.say("typing")));
    this.greeting = this.bubble("assistant", panel.say("greeting"), "");
    this.element.append(this.greeting, this.dots);
    this.answeredAsk = 0;
  }

  draw() {
    const wasAtEnd = this.isAtEnd();
    const { messages, unsent } = this.line;
    const wanted = [...messages.map((each) => this.known(each)), ...unsent.map((each) => this.pending(each))];
    this.place(wanted);
    this.join(wanted.map((each) => each.element));
    this.drawCard(messages, unsent);
    this.dots.hidden = !this.line.isTyping;
    this.element.append(this.dots);
    if (wasAtEnd) this.toEnd();
  }

  known(message) {
    const key = `${message.seq}`;
    const mine = message.client && this.bubbles.get(message.client);
    if (mine) {
      this.bubbles.delete(message.client);
      this.bubbles.set(key, mine);
      mine.classList.remove("is-pending");
      this.note(mine, this.clock(message.at));
    }
    if (!this.bubbles.has(key)) {
      const bubble = this.bubble(message.from, message.text, this.clock(message.at));
      if (this.element.isConnected && !this.panel.panel?.hidden) bubble.classList.add("fresh");
      this.bubbles.set(key, bubble);
    }
    return { at: message.at, element: this.bubbles.get(key) };
  }

  pending(entry) {
    if (!this.bubbles.has(entry.id)) this.bubbles.set(entry.id, this.bubble("visitor", entry.text, ""));
    const element = this.bubbles.get(entry.id);
    element.classList.toggle("is-pending", !entry.isAccepted);
    if (entry.isAccepted) this.note(element, this.clock(entry.at));
    else if (entry.failure) this.noteFailure(element, entry);
    else if (entry.isLate || navigator.onLine === false) this.note(element, this.panel.say("waiting"), "late");
    else this.note(element, this.panel.say("sending"));
    return { at: entry.at, element };
  }

  // Elements that already stand where they should are left alone.
  place(wanted) {
    let before = this.greeting;
    let day = "";
    for (const { at, element } of wanted) {
      const itsDay = this.dayOf(at);
      if (itsDay !== day) {
        before = this.after(before, this.dayMark(itsDay));
        day = itsDay;
      }
      before = this.after(before, element);
    }
  }

  // Of what one side said within a minute, the last bubble alone carries the time.
  join(elements) {
    const sign = (element) => element && `${element.className.replace(/ (fresh|joined)/g, "")}${element.lastChild.textContent}`;
    elements.forEach((element, at) => element.classList.toggle("joined", sign(element) === sign(elements[at + 1])));
  }

  after(before, element) {
    if (before.nextElementSibling !== element) before.after(element);
    return element;
  }

  dayMark(words) {
    const key = `day ${words}`;
    if (!this.bubbles.has(key)) this.bubbles.set(key, make("p", { class: "day" }, words));
    return this.bubbles.get(key);
  }

  dayOf(at) {
    const day = new Date(at);
    const ago = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(day).setHours(0, 0, 0, 0)) / 86400000);
    if (ago <= 0) return this.panel.words.day.today;
    if (ago === 1) return this.panel.words.day.yesterday;
    return day.toLocaleDateString(this.panel.language, { month: "long", day: "numeric" });
  }

  clock(at) {
    return new Date(at).toLocaleTimeString(this.panel.language, { hour: "2-digit", minute: "2-digit", hour12: false });
  }

  bubble(from, text, under) {
    const kind = { visitor: " mine", person: " human" }[from] || "";
    const who = this.panel.say({ visitor: "you", person: "human" }[from] || "assistant");
    const words = make("div", { class: "words" }, make("span", { class: "unseen" }, `${who}: `), ...linked(text));
    const element = make("div", { class: `said${kind}` }, words, make("div", { class: "under" }));
    element.dataset.who = from === "person" ? who : "";
    this.note(element, under);
    return element;
  }

  note(element, words, kind = "") {
    const under = element.querySelector(".under");
    const shown = [element.dataset.who, words].filter(Boolean).join(" · ");
    if (under.textContent !== shown) under.replaceChildren(shown);
    under.className = `under ${kind}`.trim();
    under.hidden = !shown;
  }

  noteFailure(element, entry) {
    const under = element.querySelector(".under");
    if (under.classList.contains("failed")) return;
    const again = make("button", { type: "button", onclick: () => {
      under.className = "under";
      this.line.sayAgain(entry.id);
    } }, this.panel.say("again"));
    under.replaceChildren(this.panel.say("failed", { reason: entry.failure }), " ", again);
    under.className = "under failed";
    under.hidden = false;
  }

  // The card stands only while our question is the last thing said, and goes with the first answer.
  drawCard(messages, unsent) {
    const asked = messages.findLast((each) => each.asks);
    const isOpen = asked && !unsent.length && !messages.some((each) => each.from === "visitor" && each.seq > asked.seq);
    if (!isOpen) {
      this.card?.remove();
      this.card = null;
    } else if (!this.card) {
      this.card = this.makeCard();
      this.dots.before(this.card);
    }
  }

  makeCard() {
    const { panel } = this;
    const consent = panel.say("consent");
    const field = make("input", { type: "text", "aria-label": panel.say("contact"), placeholder: panel.say("contact"), autocomplete: "tel", maxlength: "120" });
    const tick = make("input", { type: "checkbox" });
    const problem = make("p", { class: "problem", role: "alert", hidden: true });
    const complain = (key, where) => {
      problem.textContent = panel.say(key);
      problem.hidden = false;
      where.focus();
    };
    const give = (event) => {
      event.preventDefault();
      const value = field.value.trim();
      if (value.length < 5) return complain("needContact", field);
      if (!tick.checked) return complain("needConsent", tick);
      this.line.say(`${value}\n${consent}`);
      panel.field.focus();
    };
    const later = () => {
      this.line.say(panel.say("laterText"));
      panel.field.focus();
    };
    const buttons = make("div", { class: "two" }, make("button", { class: "give" }, panel.say("give")), make("button", { type: "button", onclick: later }, panel.say("later")));
    return make("form", { class: "card", onsubmit: give, novalidate: true }, make("b", {}, panel.say("ask")), field, make("label", { class: "tick" }, tick, make("span", {}, consent)), problem, buttons);
  }

  isAtEnd() {
    const { scrollHeight, scrollTop, clientHeight } = this.element;
    return scrollHeight - scrollTop - clientHeight < NEAR_END_PX;
  }

  toEnd() {
    this.element.scrollTop = this.element.scrollHeight;
  }
}

// Text with its web addresses as links, never as markup.
function linked(text) {
  const pieces = [];
  let at = 0;
  for (const found of text.matchAll(ADDRESS)) {
    pieces.push(text.slice(at, found.index), make("a", { href: found[0], target: "_blank", rel: "noopener noreferrer nofollow" }, found[0]));
    at = found.index + found[0].length;
  }
  return [...pieces, text.slice(at)].filter(Boolean);
}
