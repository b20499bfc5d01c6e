// <key-sheet>: keyboard shortcuts. `/` searches, `g` and a letter goes to a page, `?` shows this sheet.
// The letters are those of the navigation links (data-key), so that the sheet cannot be out of date.
class KeySheet extends HTMLElement {
  connectedCallback() {
    this.dialog = this.querySelector("dialog");
    this.places = new Map([...document.querySelectorAll(".top nav a[data-key]")].map((link) => [link.dataset.key, link]));
    const list = this.querySelector(".keys");
    for (const [key, link] of this.places) {
      const term = document.createElement("dt");
      term.append(Object.assign(document.createElement("kbd"), { textContent: "g" }), " ",
        Object.assign(document.createElement("kbd"), { textContent: key }));
      list.append(term, Object.assign(document.createElement("dd"), { textContent: link.textContent }));
    }
    document.querySelectorAll("[data-keys-open]").forEach((button) => {
      button.hidden = false;
      button.addEventListener("click", () => this.dialog.showModal());
    });
    document.addEventListener("keydown", (event) => this.key(event));
  }

  key(event) {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    if (event.target.closest?.("input, textarea, select, [contenteditable], dialog[open]")) return;
    if (this.waiting) {
      this.waiting = false;
      const link = this.places.get(event.key);
      if (link) { event.preventDefault(); link.click(); }
    } else if (event.key === "/") {
      event.preventDefault();
      document.querySelector("find-box input")?.focus();
    } else if (event.key === "?") {
      event.preventDefault();
      this.dialog.showModal();
    } else if (event.key === "g") {
      this.waiting = true;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => { this.waiting = false; }, 1500);
    }
  }
}
customElements.define("key-sheet", KeySheet);
