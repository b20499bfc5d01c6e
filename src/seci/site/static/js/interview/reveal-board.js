// <reveal-board>: tiles open at a touch, and the order goes with the answer. Without scripts each touch is a request.
class RevealBoard extends HTMLElement {
  connectedCallback() {
    this.keeper = this.closest("draft-keeper");
    this.looked = this.keeper?.querySelector("[data-looked]");
    this.querySelector("form").addEventListener("submit", (event) => {
      if (!this.looked) return;
      event.preventDefault();
      if (event.submitter?.name === "open") this.open(event.submitter, true);
    });
    for (const key of this.order) {
      const tile = this.querySelector(`.tile[value="${CSS.escape(key)}"]`);
      if (tile) this.show(tile, this.order.indexOf(key) + 1);
    }
  }

  get order() {
    return this.looked?.value ? this.looked.value.split(",") : [];
  }

  open(tile, tell) {
    if (this.order.includes(tile.value)) return;
    this.looked.value = [...this.order, tile.value].join(",");
    this.show(tile, this.order.length);
    this.looked.dispatchEvent(new Event("input", { bubbles: true }));
    const said = this.querySelector("[data-opened]");
    if (tell && said) said.textContent = `${tile.querySelector(".tile-name").textContent}: ${tile.querySelector(".tile-value").textContent}`;
  }

  show(tile, place) {
    tile.classList.add("open");
    tile.setAttribute("aria-pressed", "true");
    tile.querySelector(".tile-value").hidden = false;
    tile.querySelector(".tile-place").textContent = `opened ${place}.`;
  }
}
customElements.define("reveal-board", RevealBoard);
