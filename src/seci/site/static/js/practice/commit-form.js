// <commit-form data-draft data-key>: what is chosen and typed stays on this device until the server has stored it; an
// answer that did not arrive is kept and sent again. The case is named in the answer, so sending it twice counts once.
import { Resend, unreached } from "../resend.js";

const SENTENCES = {
  0: "Not sent: the server cannot be reached. What you chose is kept on this device, and sent by itself as soon as the server answers.",
  401: "You are signed out. What you chose is kept on this device: sign in again in another tab, then send it again.",
  403: "This account may not answer here.",
  500: "The server stumbled. What you chose is kept on this device; send it again.",
};

class CommitForm extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector("form");
    this.key = `practice:${this.dataset.key}:${this.dataset.draft}`;
    this.resend = new Resend(() => this.send({ again: true }));
    this.spent = 0;
    this.from = document.hidden ? null : performance.now();
    this.restore();
    this.form.addEventListener("input", () => { this.resend.wait(); this.keep(); });
    this.form.addEventListener("submit", (event) => { event.preventDefault(); this.send(); });
    this.querySelector("[data-again]")?.addEventListener("click", () => this.send());
    document.addEventListener("visibilitychange", () => this.seen());
    // Another tab has committed: this page would only be told so.
    addEventListener("storage", (event) => { if (event.key === `${this.key}:done`) location.reload(); });
  }

  get unsent() {
    return this.querySelector(".unsent");
  }

  get fields() {
    return [...this.form.elements].filter((one) => one.name && one.type !== "hidden");
  }

  // Time in another tab or app does not count.
  seen() {
    if (this.from !== null) this.spent += performance.now() - this.from;
    this.from = document.hidden ? null : performance.now();
    return Math.round(this.spent);
  }

  keep() {
    const draft = {};
    for (const one of this.fields) if (one.type !== "radio" || one.checked) draft[one.name] = one.value;
    try { localStorage.setItem(this.key, JSON.stringify({ draft, spent: this.seen() })); } catch { /* the form holds it */ }
  }

  restore() {
    // What was chosen before this script arrived is newer than any copy.
    if (this.fields.some((one) => (one.type === "radio" ? one.checked !== one.defaultChecked : one.value !== one.defaultValue))) return this.keep();
    let kept;
    try { kept = JSON.parse(localStorage.getItem(this.key)); } catch { return; }
    if (!kept) return;
    this.spent = Number(kept.spent) || 0;
    for (const one of this.fields) {
      if (one.type === "radio") one.checked = one.checked || kept.draft[one.name] === one.value;
      else if (!one.value) one.value = kept.draft[one.name] ?? "";
    }
  }

  // Sent again by itself, the sentence stays: it would flicker, and be read out each time.
  async send({ again = false } = {}) {
    if (this.busy) return;
    this.busy = true;
    this.resend.wait();
    this.form.querySelector("[data-seen]").value = String(this.seen());
    const button = this.form.querySelector("button.first");
    button.disabled = true;
    if (!again) this.unsent.hidden = true;
    this.say("sending …");
    let answer = null;
    try {
      answer = await fetch(this.form.action, {
        method: "POST", body: new FormData(this.form), headers: { "X-Sent-By": "script" }, redirect: "manual",
        signal: AbortSignal.timeout(30000),
      });
    } catch { /* said below */ }
    this.busy = false;
    if (answer?.status === 204) return this.stored();
    button.disabled = false;
    await this.failed(answer);
  }

  stored() {
    this.say("saved");
    try {
      localStorage.removeItem(this.key);
      localStorage.setItem(`${this.key}:done`, "1");
      localStorage.removeItem(`${this.key}:done`);
    } catch { /* one tab is enough */ }
    location.replace(this.form.action);
  }

  async failed(answer) {
    this.say("not sent");
    const plain = answer?.headers.get("Content-Type")?.startsWith("text/plain");
    const status = answer?.type === "opaqueredirect" ? 401 : answer?.status ?? 0;
    const sentence = plain ? await answer.text() : SENTENCES[unreached(status) ? 0 : status] ?? SENTENCES[500];
    const place = this.querySelector("[data-unsent]");
    if (place.textContent !== sentence) place.textContent = sentence;
    this.unsent.hidden = false;
    if (unreached(status)) this.resend.later();
  }

  say(words) {
    const place = document.querySelector("[data-saved]");
    if (place) place.textContent = words;
  }
}
customElements.define("commit-form", CommitForm);
