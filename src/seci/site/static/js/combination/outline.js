// Chapters and sections dragged into their place. Without this the buttons do the same.
class OutlineBoard extends HTMLElement {
  connectedCallback() {
    this.dragged = null;
    for (const part of this.querySelectorAll("[data-section], [data-chapter]")) part.draggable = true;
    this.addEventListener("dragstart", (event) => this.take(event));
    this.addEventListener("dragover", (event) => this.over(event));
    this.addEventListener("drop", (event) => this.drop(event));
    this.addEventListener("dragend", () => this.clear());
  }

  take(event) {
    this.dragged = event.target.closest("[data-section]") ?? event.target.closest("[data-chapter]");
    this.dragged?.classList.add("dragged");
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", this.dragged?.dataset.section ?? this.dragged?.dataset.chapter ?? "");
  }

  // What the pointer is over: a section goes before a section or into a chapter, a chapter before a chapter.
  target(event) {
    const chapter = event.target.closest("[data-chapter]");
    return this.dragged?.dataset.section ? (event.target.closest("[data-section]") ?? chapter) : chapter;
  }

  over(event) {
    const target = this.target(event);
    if (!this.dragged || !target || target === this.dragged) return;
    event.preventDefault();
    for (const each of this.querySelectorAll(".over")) if (each !== target) each.classList.remove("over");
    target.classList.add("over");
  }

  drop(event) {
    const target = this.target(event);
    if (!this.dragged || !target || target === this.dragged) return;
    event.preventDefault();
    const chapter = target.closest("[data-chapter]");
    const section = this.dragged.dataset.section;
    if (section) {
      const rest = [...chapter.querySelectorAll("[data-section]")].filter((one) => one !== this.dragged);
      const at = target.dataset.section ? rest.indexOf(target) : rest.length;
      this.send({ act: "section", section, chapter: chapter.dataset.chapter, at });
    } else {
      const rest = [...this.querySelectorAll("[data-chapter]")].filter((one) => one !== this.dragged);
      const all = [...this.querySelectorAll("[data-chapter]")];
      const down = all.indexOf(this.dragged) < all.indexOf(chapter);
      this.send({ act: "chapter", chapter: this.dragged.dataset.chapter, at: rest.indexOf(chapter) + (down ? 1 : 0) });
    }
  }

  send(fields) {
    const form = document.createElement("form");
    form.method = "post";
    form.action = this.getAttribute("action");
    for (const [name, value] of Object.entries({ ...fields, csrfmiddlewaretoken: this.dataset.token })) {
      const input = document.createElement("input");
      Object.assign(input, { type: "hidden", name, value });
      form.append(input);
    }
    document.body.append(form);
    form.submit();
  }

  clear() {
    for (const each of this.querySelectorAll(".over, .dragged")) each.classList.remove("over", "dragged");
    this.dragged = null;
  }
}

customElements.define("outline-board", OutlineBoard);
