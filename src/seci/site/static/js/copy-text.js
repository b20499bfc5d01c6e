// <copy-text from="id">: copies the text of that element; says so in words.
class CopyText extends HTMLElement {
  connectedCallback() {
    const button = this.querySelector("button");
    this.hidden = !navigator.clipboard;
    button.addEventListener("click", async () => {
      const label = button.querySelector("span");
      const before = label.textContent;
      try {
        await navigator.clipboard.writeText(document.getElementById(this.getAttribute("from")).textContent.trim());
        label.textContent = "Copied";
      } catch {
        label.textContent = "The browser did not allow it";
      }
      setTimeout(() => { label.textContent = before; }, 1800);
    });
  }
}
customElements.define("copy-text", CopyText);
