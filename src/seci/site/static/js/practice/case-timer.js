// <case-timer data-left data-limit data-second data-over>: what is left, as the server counts it, and an interruption that wants
// a number kept in mind. The server alone decides what was over time.
class CaseTimer extends HTMLElement {
  connectedCallback() {
    this.end = performance.now() + Number(this.dataset.left);
    this.limit = Number(this.dataset.limit);
    this.words = this.querySelector("[data-clock]");
    this.bar = document.createElement("progress");
    this.bar.max = this.limit;
    this.bar.setAttribute("aria-hidden", "true");
    this.append(this.bar);
    this.tick();
    this.timer = setInterval(() => this.tick(), 250);
    // A third into its time, once; whoever reloads after that is told at once.
    const wait = this.end - performance.now() - this.limit * (2 / 3);
    if (this.dataset.second) this.later = setTimeout(() => this.interrupt(), Math.max(wait, 0));
  }

  disconnectedCallback() {
    clearInterval(this.timer);
    clearTimeout(this.later);
  }

  tick() {
    const left = Math.max(0, this.end - performance.now());
    this.bar.value = left;
    const said = left ? `${Math.ceil(left / 1000)} s left` : this.dataset.over ?? "The time is up; an answer still counts, as one over time.";
    if (this.words.textContent !== said) this.words.textContent = said;
    this.classList.toggle("late", left < this.limit / 5);
    if (!left) clearInterval(this.timer);
  }

  interrupt() {
    const before = document.activeElement;
    const card = document.createElement("dialog");
    card.className = "interruption";
    card.setAttribute("aria-labelledby", "interruption");
    const title = document.createElement("h2");
    title.id = "interruption";
    title.textContent = "Somebody comes in";
    const words = document.createElement("p");
    words.append("“Keep ", Object.assign(document.createElement("b"), { textContent: this.dataset.second }), " in mind for me, I will ask for it.” The clock goes on.");
    const back = Object.assign(document.createElement("button"), { type: "button", className: "first", textContent: "Back to the case" });
    back.addEventListener("click", () => card.close());
    card.addEventListener("close", () => { card.remove(); before?.focus?.(); });
    card.append(title, words, back);
    document.body.append(card);
    card.showModal();
    back.focus();
  }
}
customElements.define("case-timer", CaseTimer);
