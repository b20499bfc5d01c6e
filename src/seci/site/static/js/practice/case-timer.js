// <case-timer data-left data-limit data-second data-card-at data-card-to data-over>: what is left, as the server counts
// it, and an interruption: a question that wants an answer, and a number to keep in mind. The server alone decides what
// was over time and how long the interruption took.
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
    // Whoever reloads after it has come is told at once; an interruption that was answered does not come again.
    const comes = Number(this.dataset.cardAt ?? this.limit / 3);
    const wait = this.end - performance.now() - (this.limit - comes);
    if (this.dataset.cardTo || this.dataset.second) this.later = setTimeout(() => this.interrupt(), Math.max(wait, 0));
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
    if (left) return;
    clearInterval(this.timer);
    if (this.dataset.over) this.goOn();
  }

  // An answer would not count any more: the button leads to the case that waits, without one.
  goOn() {
    const form = document.querySelector("#commit");
    const button = form?.querySelector(".commit-bar button");
    if (!button) return;
    button.textContent = "Next case";
    form.noValidate = true;
    form.addEventListener("submit", (event) => { event.preventDefault(); location.reload(); });
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
    card.addEventListener("close", () => { card.remove(); before?.focus?.(); });
    card.append(title);
    if (this.dataset.second) card.append(words);
    const asked = this.querySelector("[data-card]");
    if (asked) {
      card.append(asked.content.cloneNode(true));
      card.addEventListener("cancel", (event) => event.preventDefault());
      for (const one of card.querySelectorAll("button")) one.addEventListener("click", () => { this.answer(one.value); card.close(); });
    } else {
      const back = Object.assign(document.createElement("button"), { type: "button", className: "first", textContent: "Back to the case" });
      back.addEventListener("click", () => card.close());
      card.append(back);
    }
    document.body.append(card);
    card.showModal();
    card.querySelector("button").focus();
  }

  // What is lost on the way is lost: the case matters more, and the server counts an interruption without an answer.
  answer(option) {
    const form = new FormData();
    form.set("answer", option);
    form.set("csrfmiddlewaretoken", document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "");
    fetch(this.dataset.cardTo, { method: "POST", body: form, keepalive: true }).catch(() => {});
  }
}
customElements.define("case-timer", CaseTimer);
