// Runs before the first paint, so that a chosen scheme never flashes. No choice means: as the system says.
try {
  const chosen = localStorage.getItem("theme");
  if (chosen === "light" || chosen === "dark") document.documentElement.dataset.theme = chosen;
} catch { /* storage may be closed to us: then the system decides */ }
