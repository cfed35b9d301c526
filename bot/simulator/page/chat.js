// One person's chat with the bot, as their Telegram would show it.
import { followLink, post, showAlert, tell } from "./app.js";

const WORDS = {
  en: {
    message: "Message", send: "Send", attach: "Attach", menu: "Menu", start: "Start", restart: "Restart",
    edited: "edited", typing: "typing…", bot: "bot", block: "Block the bot", unblock: "Unblock",
    sticker: "Sticker", photo: "Photo", voice: "Voice message", document: "Document", captioned: "with the typed text",
    location: "Location", contact: "Contact", my_contact: "My contact", other_contact: "Somebody else's contact", poll: "Poll",
    dice: "Dice", forward: "Forwarded message", link: "Open a ?start= link", payload: "payload",
    edit: "Edit", editing: "Editing a message", cancel: "Cancel", forwarded: "Forwarded", wrote: "wrote to you",
    what: "What can this bot do?", download: "Download", keyboard: "Keyboard", more: "More", history: "Messages",
  },
  ar: {
    message: "رسالة", send: "إرسال", attach: "إرفاق", menu: "القائمة", start: "بدء", restart: "إعادة التشغيل",
    edited: "معدَّلة", typing: "يكتب…", bot: "بوت", block: "حظر البوت", unblock: "إلغاء الحظر",
    sticker: "ملصق", photo: "صورة", voice: "رسالة صوتية", document: "مستند", captioned: "مع النص المكتوب",
    location: "موقع", contact: "جهة اتصال", my_contact: "جهة اتصالي", other_contact: "جهة اتصال أخرى", poll: "استطلاع",
    dice: "نرد", forward: "رسالة معاد توجيهها", link: "فتح رابط ‎?start=", payload: "الحمولة",
    edit: "تعديل", editing: "تعديل رسالة", cancel: "إلغاء", forwarded: "معاد توجيهها", wrote: "رسالة إليك من",
    what: "ماذا يستطيع هذا البوت أن يفعل؟", download: "تنزيل", keyboard: "لوحة المفاتيح", more: "المزيد", history: "الرسائل",
  },
};
const ATTACH = [
  "sticker", "photo", "voice", "document", "location", "contact", "other_contact", "poll", "dice", "forward",
];

function make(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "class") node.className = value;
    else if (name === "dataset") Object.assign(node.dataset, value);
    else if (name.startsWith("aria") || name === "role") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children);
  return node;
}

export class Pane {
  constructor(person) {
    this.person = person;
    this.words = WORDS[person.language] ?? WORDS.en;
    this.messages = new Map();
    this.editing = null;
    this.lastNotice = null;
    this.build();
  }

  act(act, more = {}) {
    return post("act", { user_id: this.person.id, act, ...more });
  }

  build() {
    const { person, words } = this;
    const id = person.id;
    this.avatar = make("span", { class: "avatar", ariaHidden: "true" });
    this.title = make("span", { class: "title", dir: "auto" });
    this.status = make("span", { class: "subtitle" });
    this.history = make("div", {
      class: "history", role: "log", tabIndex: 0, "aria-label": words.history, "aria-live": "polite",
    });
    this.about = make("div", { class: "about" });
    this.history.append(this.about);
    this.composer = make("textarea", {
      rows: 1, placeholder: words.message, dir: "auto", "aria-label": words.message,
      dataset: { testid: `composer-${id}` },
    });
    this.sendButton = make("button", {
      type: "submit", class: "send", textContent: words.send, dataset: { testid: `send-${id}` },
    });
    this.keyboard = make("div", { class: "reply-keyboard", role: "group", "aria-label": words.keyboard });
    this.editBar = make("div", { class: "edit-bar", hidden: true });
    this.commandMenu = this.popup(words.menu, "☰", `menu-${id}`, "commands");
    this.attachMenu = this.popup(words.attach, "+", `attach-${id}`, "attach");
    for (const kind of ATTACH) this.addAttachment(kind);
    this.form = make("form", { class: "composer" }, this.commandMenu.root, this.composer,
      this.attachMenu.root, this.sendButton);
    this.startButton = make("button", {
      type: "button", class: "start", dataset: { testid: `start-${id}` },
      onclick: () => this.act("start"),
    });
    this.notice = make("div", { class: "notice", role: "status", dir: "auto", hidden: true });
    this.moreMenu = this.popup(words.more, "⋮", `more-${id}`, "more");
    this.fillMore();
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.composer.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.send(); }
      if (event.key === "Escape") this.endEdit();
    });
    this.composer.addEventListener("input", () => this.fit());
    this.history.addEventListener("click", (event) => this.clicked(event));
    const head = make("header", { class: "head" },
      this.avatar,
      make("span", { class: "names" }, this.title, this.status),
      make("span", { class: "owner", dir: "auto", textContent: person.name }), this.moreMenu.root);
    this.root = make("section", {
      class: "pane", "aria-label": person.name, dataset: { testid: `chat-${id}` },
      dir: person.language === "ar" ? "rtl" : "ltr", lang: person.language || "en",
    }, head, this.history, this.notice, this.editBar, this.form, this.startButton, this.keyboard);
  }

  popup(label, sign, testid, kind) {
    const list = make("div", { class: `menu menu-${kind}`, role: "menu", hidden: true });
    const button = make("button", {
      type: "button", class: "icon", textContent: sign, title: label, "aria-label": label,
      "aria-haspopup": "menu", "aria-expanded": "false", dataset: { testid },
    });
    const close = () => { list.hidden = true; button.setAttribute("aria-expanded", "false"); };
    button.addEventListener("click", (event) => {
      event.stopPropagation();
      const opens = list.hidden;
      document.dispatchEvent(new Event("click"));
      list.hidden = !opens;
      button.setAttribute("aria-expanded", String(opens));
      if (opens) list.querySelector("button, input")?.focus();
    });
    list.addEventListener("click", (event) => event.stopPropagation());
    document.addEventListener("click", close);
    const root = make("span", { class: "popup" }, button, list);
    root.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { close(); button.focus(); }
    });
    return { root, list, close };
  }

  addAttachment(kind) {
    this.attachMenu.list.append(make("button", {
      type: "button", role: "menuitem", textContent: this.attachLabel(kind),
      dataset: { testid: `attach-${kind}-${this.person.id}` },
      onclick: () => {
        this.attachMenu.close();
        this.act(kind, { text: this.composer.value });
        if (["photo", "document", "forward"].includes(kind)) this.clear();
      },
    }));
  }

  attachLabel(kind) {
    if (kind === "contact") return this.words.my_contact;
    return ["photo", "document"].includes(kind) ? `${this.words[kind]} (${this.words.captioned})` : this.words[kind];
  }

  fillMore() {
    const { words } = this;
    const id = this.person.id;
    this.blockButton = make("button", { type: "button", role: "menuitem", dataset: { testid: `block-${id}` } });
    this.blockButton.onclick = () => {
      this.moreMenu.close();
      this.act(this.person.blocked ? "unblock" : "block");
    };
    const payload = make("input", {
      placeholder: words.payload, dir: "ltr", maxLength: 64, autocomplete: "off", "aria-label": words.payload,
      dataset: { testid: `payload-${id}` },
    });
    const form = make("form", { class: "payload" }, make("span", { textContent: words.link }), payload,
      make("button", { type: "submit", textContent: words.start, dataset: { testid: `open-link-${id}` } }));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.moreMenu.close();
      this.act("start", { text: payload.value });
    });
    this.moreMenu.list.append(this.blockButton, form);
  }

  // what the stream says

  update(person, isFirst) {
    this.person = person;
    const { words } = this;
    this.title.textContent = person.bot_name;
    this.avatar.textContent = [...person.bot_name][0] ?? "";
    this.status.textContent = person.action ? words.typing : words.bot;
    this.blockButton.textContent = person.blocked ? words.unblock : words.block;
    const waits = person.blocked || !person.started;
    this.form.hidden = waits;
    this.startButton.hidden = !waits;
    this.startButton.textContent = person.blocked ? words.restart : words.start;
    this.about.hidden = !person.description || this.messages.size > 0;
    this.about.replaceChildren(make("strong", { textContent: words.what }), make("p", {
      textContent: person.description, dir: "auto",
    }));
    this.fillCommands(person.commands);
    this.fillKeyboard(waits ? [] : person.keyboard);
    this.spin(person.spinning);
    if (person.notice && person.notice.id !== this.lastNotice) {
      if (!isFirst) person.notice.alert ? showAlert(person.notice.text) : this.bubble(person.notice.text);
      this.lastNotice = person.notice.id;
    }
  }

  put(message) {
    const follows = this.history.scrollTop + this.history.clientHeight >= this.history.scrollHeight - 80;
    const before = this.messages.get(message.id);
    if (message.deleted) {
      before?.remove();
      this.messages.delete(message.id);
      return;
    }
    const node = this.drawn(message);
    if (before) before.replaceWith(node);
    else this.history.append(node);
    this.messages.set(message.id, node);
    if (follows || message.from === "own") this.history.scrollTop = this.history.scrollHeight;
  }

  drawn(message) {
    const { words } = this;
    const id = this.person.id;
    const bubble = make("div", { class: `bubble ${message.media === "sticker" ? "bare" : ""}` });
    if (message.from === "friend") {
      bubble.append(make("div", { class: "over", dir: "auto", textContent: `${words.wrote} ${message.name}` }));
      if (words === WORDS.en) bubble.firstChild.textContent = `${message.name} ${words.wrote}`;
    }
    if (message.forwarded) bubble.append(make("div", { class: "over", textContent: words.forwarded }));
    if (message.media && message.media !== "document") {
      bubble.append(make("div", { class: `media ${message.media}` },
        make("span", { class: "kind", textContent: words[message.media] }),
        make("bdi", { textContent: message.detail })));
    }
    if (message.file) bubble.append(this.fileLink(message));
    if (message.html) {
      const text = make("div", { class: "text", dir: "auto" });
      text.innerHTML = message.html; // escaped by the simulator, with Telegram's few tags
      bubble.append(text);
    }
    const at = new Date(message.date * 1000);
    const hour = at.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    const foot = make("div", { class: "foot" });
    if (message.from === "own" && message.text && !message.media) {
      foot.append(make("button", {
        type: "button", class: "edit", textContent: words.edit, "aria-label": `${words.edit}: ${message.text}`,
        onclick: () => this.beginEdit(message), dataset: { testid: `edit-${id}-${message.id}` },
      }));
    }
    if (message.edited) foot.append(make("span", { class: "edited", textContent: words.edited }));
    foot.append(make("time", { dateTime: at.toISOString(), textContent: hour }));
    bubble.append(foot);
    const node = make("article", {
      class: `message ${message.from}`, dataset: { testid: `message-${id}-${message.id}` },
    }, bubble);
    if (message.buttons.length) node.append(this.inlineKeyboard(message));
    return node;
  }

  fileLink(message) {
    const size = message.file.size < 10240 ? `${message.file.size} B` : `${Math.round(message.file.size / 1024)} kB`;
    return make("a", {
      class: "file", href: `file/${message.file.id}`, download: message.file.name,
      "aria-label": `${this.words.download}: ${message.file.name}`, dataset: { testid: `file-${this.person.id}-${message.id}` },
    }, make("span", { class: "file-sign", ariaHidden: "true", textContent: "↓" }),
    make("span", { class: "file-names" }, make("bdi", { textContent: message.file.name }),
      make("small", { textContent: size, dir: "ltr" })));
  }

  inlineKeyboard(message) {
    const keys = make("div", { class: "inline", dir: "ltr" });
    message.buttons.forEach((row, rowAt) => {
      const line = make("div", { class: "row" });
      row.forEach((button, columnAt) => {
        const key = make("button", {
          type: "button", class: "key",
          dataset: { testid: `button-${this.person.id}-${message.id}-${rowAt}-${columnAt}`, data: button.data ?? "", of: message.id },
        }, make("span", { dir: "auto", textContent: button.text }));
        if (button.url) {
          key.classList.add("opens");
          key.title = button.url;
        }
        key.addEventListener("click", () => {
          if (button.url) followLink(this.person.id, button.url);
          else if (button.data !== null) this.act("tap", { message_id: message.id, data: button.data });
        });
        line.append(key);
      });
      keys.append(line);
    });
    return keys;
  }

  spin(spinning) {
    const waits = new Set(spinning.map(([message, data]) => `${message} ${data}`));
    for (const key of this.history.querySelectorAll(".key")) {
      const spins = key.dataset.data !== "" && waits.has(`${key.dataset.of} ${key.dataset.data}`);
      key.classList.toggle("spins", spins);
      key.setAttribute("aria-busy", String(spins));
    }
  }

  fillCommands(commands) {
    const { list, root } = this.commandMenu;
    root.hidden = commands.length === 0;
    list.replaceChildren(...commands.map((one) => make("button", {
      type: "button", role: "menuitem", dataset: { testid: `command-${one.command}-${this.person.id}` },
      onclick: () => { this.commandMenu.close(); this.act("send", { text: `/${one.command}` }); },
    }, make("bdi", { class: "command", textContent: `/${one.command}` }), make("span", { dir: "auto", textContent: one.description }))));
  }

  fillKeyboard(rows) {
    this.keyboard.hidden = rows.length === 0;
    this.keyboard.replaceChildren(...rows.map((row) => make("div", { class: "row", dir: "ltr" }, ...row.map((button) => make("button", {
      type: "button", class: "key", dataset: { testid: `reply-${this.person.id}-${button.text}` },
      onclick: () => this.act("press", { text: button.text }),
    }, make("span", { dir: "auto", textContent: button.text }))))));
  }

  bubble(text) {
    this.notice.textContent = text;
    this.notice.hidden = false;
    clearTimeout(this.noticeTimer);
    this.noticeTimer = setTimeout(() => { this.notice.hidden = true; }, 4000);
  }

  // what the person does

  clicked(event) {
    const link = event.target.closest("a[href]");
    if (!link || link.classList.contains("file")) {
      event.target.closest("tg-spoiler")?.classList.add("open");
      return;
    }
    event.preventDefault();
    const href = link.getAttribute("href");
    if (href.startsWith("command:")) this.act("send", { text: href.slice("command:".length) });
    else if (href.startsWith("mailto:")) tell(href.slice("mailto:".length));
    else followLink(this.person.id, href);
  }

  async send() {
    const text = this.composer.value;
    if (!text.trim()) return;
    const done = this.editing
      ? await this.act("edit", { text, message_id: this.editing.id })
      : await this.act("send", { text });
    if (done) { this.endEdit(); this.clear(); }
  }

  clear() {
    this.composer.value = "";
    this.fit();
  }

  fit() {
    this.composer.style.height = "auto";
    this.composer.style.height = `${Math.min(this.composer.scrollHeight + 2, 160)}px`;
  }

  beginEdit(message) {
    this.editing = message;
    this.composer.value = message.text;
    this.editBar.replaceChildren(make("span", { textContent: this.words.editing }), make("button", {
      type: "button", textContent: this.words.cancel, onclick: () => { this.endEdit(); this.clear(); },
    }));
    this.editBar.hidden = false;
    this.fit();
    this.composer.focus();
  }

  endEdit() {
    this.editing = null;
    this.editBar.hidden = true;
  }
}
