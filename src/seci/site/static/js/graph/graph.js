// <graph-view>: the graph drawn around a node. It shows nothing that the list beside it does not say.
import cytoscape from "../../vendor/graph.min.js";

const SHAPES = { person: "ellipse", asset: "round-rectangle", artifact: "diamond", document: "rectangle", concept: "triangle", event: "ellipse" };
const COLORS = { person: "--s", asset: "--i", artifact: "--e", document: "--c", concept: "--warn", event: "--edge" };

// The list beside the drawing has the whole name.
// Lines end between words; only what is longer than a line, as a path is, may end within one (a space of no width).
const short = (label) => (label.length > 48 ? `${label.slice(0, 46)}…` : label).replace(/\S{16}(?=\S)/g, "$&\u200b");

customElements.define("graph-view", class extends HTMLElement {
  async connectedCallback() {
    this.closest("[hidden]")?.removeAttribute("hidden");
    this.drawing = cytoscape({
      container: this.querySelector(".graph-canvas"),
      minZoom: 0.3, maxZoom: 2.5, userZoomingEnabled: true, boxSelectionEnabled: false,
      style: this.look(),
    });
    this.drawing.on("tap", "node", ({ target }) => this.tapped(target));
    for (const scheme of [matchMedia("(prefers-color-scheme: dark)")]) scheme.addEventListener("change", () => this.drawing.style(this.look()));
    new MutationObserver(() => this.drawing.style(this.look())).observe(document.documentElement, { attributeFilter: ["data-theme"] });
    new ResizeObserver(() => { this.drawing.resize(); this.drawing.fit(undefined, 24); }).observe(this);
    await this.grow(this.dataset.from);
  }

  /** Once: what is around it is drawn, too. Twice: the page begins there. */
  tapped(node) {
    if (this.last === node.id() && performance.now() - this.at < 600) {
      location.href = `${this.dataset.page}?from=${encodeURIComponent(node.id())}`;
      return;
    }
    [this.last, this.at] = [node.id(), performance.now()];
    this.grow(node.id());
  }

  async grow(from) {
    const answer = await fetch(`${this.dataset.source}?from=${encodeURIComponent(from)}`, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const { nodes, edges } = await answer.json();
    const { drawing } = this;
    const begun = drawing.nodes().nonempty();
    const centre = begun ? { ...drawing.getElementById(from).position() } : { x: 0, y: 0 };
    drawing.batch(() => {
      for (const { node, label, here } of nodes) {
        if (drawing.getElementById(node).nonempty()) continue;
        const kind = node.split(":")[0];
        drawing.add({ data: { id: node, label: short(label), kind }, classes: `${kind}${here ? "" : " gone"}${node === this.dataset.from ? " start" : ""}`, position: { ...centre } });
      }
      for (const { from: source, verb, to: target, words } of edges) {
        const id = `${source} ${verb} ${target}`;
        if (drawing.getElementById(id).empty()) drawing.add({ data: { id, source, target, words: verb === "happened" ? "" : words } });
      }
    });
    const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
    drawing.layout({
      name: "cose", animate: !still && begun ? "end" : false, animationDuration: 250, randomize: !begun, padding: 24,
      nodeRepulsion: () => 14000, idealEdgeLength: () => 90, nodeDimensionsIncludeLabels: true, numIter: 700,
    }).run();
  }

  look() {
    const font = getComputedStyle(document.body).fontFamily;
    // A color that depends on the scheme is worked out by an element that has it.
    const probe = this.appendChild(document.createElement("span"));
    const color = (name) => { probe.style.color = `var(${name})`; return getComputedStyle(probe).color; };
    const colors = Object.fromEntries(["--ink", "--soft", "--line", "--card", "--accent", "--faint", ...Object.values(COLORS)].map((name) => [name, color(name)]));
    probe.remove();
    return [
      { selector: "node", style: { label: "data(label)", "font-size": 11, "font-family": font, color: colors["--ink"], "text-wrap": "wrap", "text-max-width": 110, "text-overflow-wrap": "whitespace", "text-valign": "bottom", "text-margin-y": 4, width: 22, height: 22, "border-width": 2, "border-color": colors["--card"] } },
      ...Object.entries(SHAPES).map(([kind, shape]) => ({ selector: `node.${kind}`, style: { shape, "background-color": colors[COLORS[kind]] } })),
      { selector: "node.event", style: { width: 12, height: 12, "font-size": 11, color: colors["--soft"] } },
      { selector: "node.gone", style: { "background-opacity": 0.4, "border-style": "dashed", "border-color": colors["--soft"] } },
      { selector: "node.start", style: { width: 32, height: 32, "font-size": 13, "font-weight": 700, "border-color": colors["--accent"], "border-width": 3 } },
      { selector: "edge", style: { width: 1.3, "line-color": colors["--faint"], "curve-style": "bezier", "target-arrow-shape": "triangle", "target-arrow-color": colors["--faint"], "arrow-scale": 0.7, label: "data(words)", "font-size": 10, color: colors["--soft"], "text-rotation": "autorotate", "text-background-color": colors["--card"], "text-background-opacity": 0.85, "font-family": font } },
    ];
  }
});
