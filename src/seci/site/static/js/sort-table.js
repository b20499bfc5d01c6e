// <sort-table>: a head cell with data-sort ("text" or "number") becomes a button that sorts the rows.
// A cell's data-value, where given, is what it sorts by; rows with an unknown value (an empty one) stay last.
class SortTable extends HTMLElement {
  connectedCallback() {
    this.table = this.querySelector("table");
    this.table?.querySelectorAll("thead th[data-sort]").forEach((head) => {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "sort" });
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => this.sort(head));
    });
  }

  sort(head) {
    const column = [...head.parentNode.children].indexOf(head);
    const numeric = head.dataset.sort === "number";
    const downwards = head.getAttribute("aria-sort") === (numeric ? "descending" : "ascending") ? numeric : !numeric;
    const sign = downwards ? 1 : -1;
    const body = this.table.tBodies[0];
    const value = (row) => {
      const cell = row.children[column];
      const text = cell?.dataset.value ?? cell?.textContent.trim() ?? "";
      return text === "" ? null : numeric ? Number(text) : text.toLocaleLowerCase();
    };
    const rows = [...body.rows].map((row, place) => ({ row, place, value: value(row) }));
    rows.sort((a, b) => {
      if (a.value === null || b.value === null) return (a.value === null) - (b.value === null) || a.place - b.place;
      const order = numeric ? a.value - b.value : a.value.localeCompare(b.value);
      return sign * order || a.place - b.place;
    });
    body.append(...rows.map((each) => each.row));
    head.parentNode.querySelectorAll("[aria-sort]").forEach((other) => other.removeAttribute("aria-sort"));
    head.setAttribute("aria-sort", downwards ? "ascending" : "descending");
  }
}
customElements.define("sort-table", SortTable);
