// Inside the frame: draws what it is sent, and says how high it is.
addEventListener("message", async (event) => {
  if (event.source !== parent || typeof event.data.text !== "string") return;
  const { text, dark } = event.data;
  try {
    document.documentElement.classList.toggle("dark", dark);
    mermaid.initialize({ startOnLoad: false, securityLevel: "strict", theme: dark ? "dark" : "neutral" });
    const { svg } = await mermaid.render("drawn", text);
    const place = document.getElementById("diagram");
    place.innerHTML = svg;
    parent.postMessage({ drawn: true, height: place.scrollHeight + 8 }, "*");
  } catch {
    parent.postMessage({ drawn: false }, "*");
  }
});
