// <drop-files>: files and folders that are dropped anywhere on it go into the form's own field, with their paths.
// Without this the two fields do it alone.
const MOST = 5000;

class DropFiles extends HTMLElement {
  connectedCallback() {
    this.files = this.querySelector("input[name=files]:not([webkitdirectory])");
    this.folder = this.querySelector("input[webkitdirectory]");
    this.paths = this.querySelector("input[name=paths]");
    this.top = this.querySelector("input[name=top]");
    this.status = this.querySelector("[role=status]");
    this.folder.parentElement.hidden = !("webkitdirectory" in this.folder);
    this.status.textContent = "Or drop files or a folder here.";
    for (const type of ["dragenter", "dragover"]) {
      this.addEventListener(type, (event) => {
        event.preventDefault();
        this.classList.add("over");
      });
    }
    this.addEventListener("dragleave", (event) => {
      if (!this.contains(event.relatedTarget)) this.classList.remove("over");
    });
    this.addEventListener("drop", (event) => this.dropped(event));
    this.files.addEventListener("change", () => this.chosen(this.files, this.folder));
    this.folder.addEventListener("change", () => this.chosen(this.folder, this.files));
    // Chosen before this script arrived.
    if (this.folder.files.length) this.chosen(this.folder, this.files);
    else if (this.files.files.length) this.chosen(this.files, this.folder);
  }

  chosen(field, other) {
    other.value = "";
    this.tell([...field.files].map((file) => [file, file.webkitRelativePath || file.name]));
  }

  async dropped(event) {
    event.preventDefault();
    this.classList.remove("over");
    const entries = [...event.dataTransfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
    this.status.textContent = "Looking at what was dropped …";
    const found = [];
    for (const entry of entries) await collect(entry, "", found);
    const carried = new DataTransfer();
    for (const [file] of found) carried.items.add(file);
    this.folder.value = "";
    this.files.files = carried.files;
    this.tell(found);
  }

  // What a folder is called is the collection's name, and no part of the paths in it.
  tell(found) {
    const tops = new Set(found.map(([, path]) => (path.includes("/") ? path.split("/")[0] : "")));
    const top = tops.size === 1 ? [...tops][0] : "";
    this.top.value = top;
    this.paths.value = JSON.stringify(found.map(([, path]) => (top ? path.slice(top.length + 1) : path)));
    const size = found.reduce((sum, [file]) => sum + file.size, 0);
    const words = `${found.length.toLocaleString()} file${found.length === 1 ? "" : "s"}, ${(size / 1e6).toFixed(1)} MB`;
    const many = found.length > MOST ? " These are too many at once: pack them into one zip." : "";
    this.status.textContent = found.length ? `${top ? `${top}: ` : ""}${words}.${many}` : "";
  }
}

async function collect(entry, before, found) {
  if (entry.isFile) {
    const file = await new Promise((done, failed) => entry.file(done, failed));
    found.push([file, before + entry.name]);
    return;
  }
  if (entry.name.startsWith(".") && entry.name !== ".obsidian") return;
  const reader = entry.createReader();
  for (;;) {
    const some = await new Promise((done, failed) => reader.readEntries(done, failed));
    if (!some.length) return;
    for (const one of some) await collect(one, `${before}${entry.name}/`, found);
  }
}

customElements.define("drop-files", DropFiles);
