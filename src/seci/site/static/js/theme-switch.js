// <theme-switch>: as the system, light, dark; remembered in this browser.
class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.hidden = false;
    this.addEventListener("click", (event) => {
      const button = event.target.closest("button[data-scheme]");
      if (button) this.choose(button.dataset.scheme);
    });
    addEventListener("storage", (event) => { if (event.key === "theme") this.apply(); });
    this.show();
  }

  get chosen() {
    try { return localStorage.getItem("theme") ?? "system"; } catch { return "system"; }
  }

  choose(scheme) {
    try {
      if (scheme === "system") localStorage.removeItem("theme");
      else localStorage.setItem("theme", scheme);
    } catch { /* not remembered, but still applied below */ }
    this.apply(scheme);
    document.querySelectorAll("theme-switch").forEach((other) => other.show(scheme));
  }

  apply(scheme = this.chosen) {
    if (scheme === "system") delete document.documentElement.dataset.theme;
    else document.documentElement.dataset.theme = scheme;
    this.show(scheme);
  }

  show(scheme = this.chosen) {
    for (const button of this.querySelectorAll("button[data-scheme]"))
      button.setAttribute("aria-pressed", String(button.dataset.scheme === scheme));
  }
}
customElements.define("theme-switch", ThemeSwitch);
