/**
 * Suggestions while somebody types: a list under the field, chosen with the arrow keys or a tap. An extra: without it the
 * form asks as it is. The list comes from the server as a piece of a page; only its rows are taken.
 */

const WAIT = 120;
const FEWEST = 1;

/** One field with its list. */
class Suggesting {
  /**
   * @param {HTMLInputElement} field
   * @param {string} address
   */
  constructor(field, address) {
    this.field = field;
    this.address = address;
    this.at = -1;
    this.waiting = 0;
    this.asked = "";
    /** @type {AbortController | null} */
    this.asking = null;
    this.list = document.createElement("ul");
    this.list.id = `${field.id}-suggestions`;
    this.list.className = "suggestions";
    this.list.setAttribute("role", "listbox");
    this.list.hidden = true;
    this.said = document.createElement("p");
    this.said.className = "seen-by-ear";
    this.said.setAttribute("role", "status");
    field.after(this.list, this.said);
    for (const [name, value] of [
      ["role", "combobox"],
      ["aria-autocomplete", "list"],
      ["aria-expanded", "false"],
      ["aria-controls", this.list.id],
    ]) {
      field.setAttribute(name, value);
    }
    field.addEventListener("input", () => this.wait());
    field.addEventListener("keydown", (event) => this.press(event));
    field.addEventListener("blur", () => this.close());
    // The field keeps the focus while somebody taps a row.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("mousedown", (event) => event.preventDefault());
    this.list.addEventListener("click", (event) => {
      const row = event.target instanceof Element ? event.target.closest("[role=option]") : null;
      if (row) this.go(row);
    });
  }

  get rows() {
    return [...this.list.querySelectorAll("[role=option]")];
  }

  wait() {
    clearTimeout(this.waiting);
    this.asking?.abort();
    if (this.field.value.trim().length < FEWEST) this.close();
    else this.waiting = setTimeout(() => this.ask(), WAIT);
  }

  async ask() {
    const words = this.field.value.trim();
    this.asking = new AbortController();
    try {
      const answer = await fetch(`${this.address}?q=${encodeURIComponent(words)}`, { signal: this.asking.signal });
      const text = answer.ok ? await answer.text() : "";
      if (this.field.value.trim() === words && document.activeElement === this.field) this.show(text);
    } catch {
      // Asked anew meanwhile, or the line is away: the form still asks as it is.
      this.close();
    }
  }

  /** @param {string} text a piece of a page */
  show(text) {
    const found = new DOMParser().parseFromString(text, "text/html").querySelector("[role=listbox]");
    if (!(found instanceof HTMLElement)) return this.close();
    this.list.replaceChildren(...found.children);
    this.list.setAttribute("aria-label", found.getAttribute("aria-label") ?? "");
    this.said.textContent = found.dataset.said ?? "";
    this.list.hidden = false;
    this.field.setAttribute("aria-expanded", "true");
    this.choose(-1);
  }

  close() {
    clearTimeout(this.waiting);
    this.list.hidden = true;
    this.said.textContent = "";
    this.field.setAttribute("aria-expanded", "false");
    this.choose(-1);
  }

  /** @param {number} at the row to choose; -1 is the field itself */
  choose(at) {
    this.at = at;
    this.rows.forEach((row, n) => row.setAttribute("aria-selected", String(n === at)));
    const row = this.rows[at];
    if (row) {
      this.field.setAttribute("aria-activedescendant", row.id);
      row.scrollIntoView({ block: "nearest" });
    } else this.field.removeAttribute("aria-activedescendant");
  }

  /** @param {KeyboardEvent} event */
  press(event) {
    if (event.isComposing) return;
    const open = !this.list.hidden;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (!open) return this.wait();
      const places = this.rows.length + 1;
      const step = event.key === "ArrowDown" ? 1 : -1;
      this.choose(((this.at + 1 + step + places) % places) - 1);
    } else if (event.key === "Enter" && open && this.at >= 0) {
      event.preventDefault();
      this.go(this.rows[this.at]);
    } else if (event.key === "Escape" && open) {
      event.preventDefault();
      this.close();
    }
  }

  /** @param {Element} row */
  go(row) {
    const address = row.getAttribute("data-address") ?? "";
    if (/^\/(?!\/)/.test(address)) location.assign(address);
  }
}

for (const field of document.querySelectorAll("input[data-suggest]")) {
  if (field instanceof HTMLInputElement && field.dataset.suggest) new Suggesting(field, field.dataset.suggest);
}
