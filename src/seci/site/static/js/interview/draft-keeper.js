// <draft-keeper data-interview data-number>: what is typed, ticked and opened stays on this device until the answer
// is stored; after a reload, a crash or a lost connection it is there again.
const store = {
  get(key) { try { return JSON.parse(localStorage.getItem(key)) ?? null; } catch { return null; } },
  set(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
  drop(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
  keys() { try { return Object.keys(localStorage); } catch { return []; } },
};

class DraftKeeper extends HTMLElement {
  connectedCallback() {
    this.family = `interview:${this.dataset.interview}:`;
    this.key = this.family + this.dataset.number;
    // Answers that were stored need no copy; the others of this dialogue lie before this question.
    for (const key of store.keys()) if (key.startsWith(this.family) && key !== this.key) store.drop(key);
    this.restore();
    this.addEventListener("input", () => this.keep());
    this.addEventListener("change", () => this.keep());
    this.addEventListener("seen", () => this.keep());
    this.addEventListener("stored", () => store.drop(this.key));
    addEventListener("storage", this.elsewhere = (event) => this.other(event));
  }

  disconnectedCallback() {
    removeEventListener("storage", this.elsewhere);
  }

  get fields() {
    return [...this.querySelectorAll("[data-keep]")];
  }

  keep() {
    const draft = { seen: this.seen ?? 0, fields: {} };
    for (const field of this.fields) {
      if (field.type === "checkbox" || field.type === "radio") (draft.fields[field.name] ??= []).push(...(field.checked ? [field.value] : []));
      else draft.fields[field.name] = field.value;
    }
    const kept = store.set(this.key, draft);
    const words = this.querySelector("textarea[data-keep]");
    this.say(!words?.value ? "" : kept ? "Kept on this device until you send it." : "This browser keeps no drafts: send before you leave.");
  }

  say(words) {
    const place = this.querySelector("[data-kept]");
    if (place) place.textContent = words;
  }

  restore() {
    // What was typed before this script arrived is newer than any copy.
    if (this.fields.some((field) => field.matches("textarea") && field.value !== field.defaultValue)) return this.keep();
    const draft = store.get(this.key);
    if (!draft?.fields) return;
    this.seen = Number(draft.seen) || 0;
    for (const field of this.fields) {
      const kept = draft.fields[field.name];
      if (kept === undefined) continue;
      if (field.type === "checkbox" || field.type === "radio") field.checked = kept.includes(field.value);
      else if (kept !== "") field.value = kept;
      if (field.value && field.matches("textarea")) {
        field.closest("details")?.setAttribute("open", "");
        this.say("Your words from before, not sent yet.");
      }
    }
  }

  // Another tab went on with this dialogue.
  other(event) {
    if (event.key !== `interview-at:${this.dataset.interview}` || !event.newValue || event.newValue === this.dataset.number) return;
    this.dispatchEvent(new CustomEvent("elsewhere", { bubbles: true }));
  }
}
customElements.define("draft-keeper", DraftKeeper);
