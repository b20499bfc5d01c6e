// <find-box>: the search box of every page. htmx fetches the hits; here are the keys: arrows walk the hits,
// Enter follows, Escape closes.
class FindBox extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector("input");
    this.list = this.querySelector(".hits");
    this.input.addEventListener("keydown", (event) => this.key(event));
    this.input.addEventListener("focus", () => this.open(this.list.childElementCount > 0));
    this.addEventListener("focusout", (event) => { if (!this.contains(event.relatedTarget)) this.open(false); });
    this.list.addEventListener("keydown", (event) => this.key(event));
    this.list.addEventListener("htmx:afterSwap", () => this.open(this.input.value.trim() !== ""));
    this.input.addEventListener("input", () => { if (this.input.value.trim() === "") this.open(false); });
  }

  open(yes) {
    this.list.hidden = !yes;
  }

  key(event) {
    const links = [...this.list.querySelectorAll("a")];
    const at = links.indexOf(document.activeElement);
    if (event.key === "Escape") {
      if (!this.list.hidden) event.preventDefault();
      this.input.focus();
      this.open(false);
    } else if (event.key === "ArrowDown" && links.length) {
      event.preventDefault();
      this.open(true);
      links[Math.min(at + 1, links.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      if (at === 0) this.input.focus();
      else links[at - 1].focus();
    }
  }
}
customElements.define("find-box", FindBox);
