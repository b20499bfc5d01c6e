// Diagrams of a page: each is drawn in a frame that has an origin of its own and reaches nothing of this page.
// Without scripts, and where a diagram cannot be drawn, its text stays.
for (const source of document.querySelectorAll("pre.diagram")) {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.className = "diagram-frame";
  frame.title = "Diagram";
  frame.src = "/library/diagram/";
  frame.addEventListener("load", () => {
    const dark = getComputedStyle(document.documentElement).colorScheme.includes("dark")
      && (document.documentElement.dataset.theme === "dark"
        || (document.documentElement.dataset.theme !== "light" && matchMedia("(prefers-color-scheme: dark)").matches));
    frame.contentWindow.postMessage({ text: source.textContent, dark }, "*");
  });
  addEventListener("message", (event) => {
    if (event.source !== frame.contentWindow) return;
    if (!event.data.drawn) { frame.remove(); return; }
    frame.height = Math.min(Math.ceil(Number(event.data.height)) || 0, 4000);
    if ("drawn" in frame.dataset) return;
    frame.dataset.drawn = "";
    // The frame stays where it is: one that moves begins anew.
    const words = document.createElement("details");
    const summary = document.createElement("summary");
    summary.textContent = "The diagram in words";
    source.replaceWith(words);
    words.append(summary, source);
  }, false);
  source.before(frame);
}
