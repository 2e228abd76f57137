/**
 * Pictures and files by paste, drop, choice or camera: sent one by one with progress, tried again when the connection fails,
 * put into the text at once, and asked what they show.
 */

import { token } from "./draft_copies.js";

/**
 * @typedef {{id: string, address: string, kind: "picture" | "file", name: string, alt: string, width: number | null,
 *   height: number | null}} Media
 * @typedef {{form: HTMLFormElement, words: Record<string, string>, insert: (media: Media) => void,
 *   describe: (media: Media, alt: string) => void, drop: (media: Media) => void}} Desk
 */

/** @param {DataTransfer | null} given @returns {File[]} files of a paste or drop; none when words came along with them */
export function filesOf(given) {
  const files = [...(given?.files ?? [])];
  if (files.length === 0) return [];
  const html = given?.getData("text/html") ?? "";
  const words = new DOMParser().parseFromString(html, "text/html").body.textContent?.trim() ?? "";
  return words || given?.getData("text/plain").trim() ? [] : files;
}

/** Takes in files for one writing form. */
export class Pictures {
  /** @param {Desk} desk */
  constructor(desk) {
    this.desk = desk;
    this.words = desk.words;
    this.form = desk.form;
    this.sending = Promise.resolve();
    this.list = document.createElement("ul");
    this.list.className = "uploads";
    const box = this.form.querySelector("[data-upload]");
    const field = box?.querySelector("input[type=file]");
    if (!(box instanceof HTMLElement) || !(field instanceof HTMLInputElement)) return;
    box.append(this.list);
    this.take = this.take.bind(this);
    field.addEventListener("change", () => this.chosen(field));
    this.addCamera(field);
    box.addEventListener("dragover", (event) => {
      event.preventDefault();
      box.dataset.over = "true";
    });
    box.addEventListener("dragleave", () => delete box.dataset.over);
    box.addEventListener("drop", (event) => {
      event.preventDefault();
      delete box.dataset.over;
      this.take([...(event.dataTransfer?.files ?? [])]);
    });
  }

  /** @param {HTMLInputElement} field */
  chosen(field) {
    this.take([...(field.files ?? [])]);
    field.value = ""; // they are sent now; the form need not send them again
  }

  /** @param {HTMLInputElement} beside */
  addCamera(beside) {
    if (!window.matchMedia("(pointer: coarse)").matches) return;
    const camera = document.createElement("input");
    camera.type = "file";
    camera.accept = "image/*";
    camera.setAttribute("capture", "environment");
    camera.setAttribute("aria-label", this.words.camera);
    camera.hidden = true;
    camera.addEventListener("change", () => this.chosen(camera));
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button button-quiet";
    button.textContent = this.words.camera;
    button.addEventListener("click", () => camera.click());
    (beside.closest(".upload-field") ?? beside).after(button, camera);
  }

  /** @param {File[]} files one after the other, so that they stand in the text in the order in which they were given */
  take(files) {
    for (const file of files) {
      const place = this.row();
      place.state.textContent = this.words.sending.replace("{name}", file.name).replace("{percent}", "0");
      this.sending = this.sending.then(() => this.send(file, place));
    }
  }

  /** @param {number} n tells of pictures that only another site has: its pictures cannot be shown here */
  leave(n) {
    this.row().state.textContent = this.words.left_there.replace("{n}", String(n));
  }

  row() {
    const row = document.createElement("li");
    const state = document.createElement("span");
    state.setAttribute("role", "status");
    row.append(state);
    this.list.append(row);
    return { row, state };
  }

  /** @param {File} file @param {{row: HTMLElement, state: HTMLElement}} place @returns {Promise<void>} when it is in or not */
  send(file, place) {
    const told = new FormData();
    told.append("file", file, file.name || "picture.png");
    if (this.form.dataset.note) told.append("note", this.form.dataset.note);
    /** @type {Record<number, string>} */
    const whys = { 401: this.words.signed_out, 413: this.words.too_large };
    const request = new XMLHttpRequest();
    request.open("POST", "/media/new");
    request.setRequestHeader("X-CSRFToken", token(this.form));
    request.setRequestHeader("Accept", "application/json");
    request.responseType = "json";
    const say = (/** @type {string} */ words) => (place.state.textContent = words.replace("{name}", file.name));
    say(this.words.sending.replace("{percent}", "0"));
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) say(this.words.sending.replace("{percent}", String(Math.round((100 * event.loaded) / event.total))));
    });
    request.addEventListener("load", () => {
      if (request.status === 201) {
        say(this.words.sent);
        this.arrived(request.response, place.row);
      } else this.failed(file, place, request.response?.words ?? whys[request.status] ?? String(request.status));
    });
    request.addEventListener("error", () => this.failed(file, place, this.words.no_connection));
    return new Promise((resolve) => {
      request.addEventListener("loadend", () => resolve());
      request.send(told);
    });
  }

  /** @param {File} file @param {{row: HTMLElement, state: HTMLElement}} place @param {string} why */
  failed(file, place, why) {
    place.state.textContent = this.words.failed.replace("{name}", file.name).replace("{why}", why);
    const again = document.createElement("button");
    again.type = "button";
    again.className = "button button-quiet";
    again.textContent = this.words.again;
    again.addEventListener("click", () => {
      again.remove();
      void this.send(file, place);
    });
    place.row.append(again);
  }

  /** @param {Media} media @param {HTMLElement} row */
  arrived(media, row) {
    this.desk.insert(media);
    if (media.kind !== "picture") return;
    const small = document.createElement("img");
    small.src = media.address;
    small.alt = "";
    const field = document.createElement("div");
    field.className = "field";
    const label = document.createElement("label");
    const input = document.createElement("input");
    input.id = `alt-${media.id}`;
    input.maxLength = 300;
    label.htmlFor = input.id;
    label.textContent = this.words.alt_ask;
    field.append(label, input);
    const out = document.createElement("button");
    out.type = "button";
    out.className = "button button-plain";
    out.textContent = this.words.leave_out;
    out.addEventListener("click", () => {
      this.desk.drop(media);
      row.remove();
    });
    // Typing here is about the picture, not about the form.
    field.addEventListener("input", (event) => event.stopPropagation());
    input.addEventListener("change", () => this.tell(media, input.value.trim()));
    row.prepend(small);
    row.append(field, out);
  }

  /** @param {Media} media @param {string} alt */
  tell(media, alt) {
    this.desk.describe(media, alt);
    const told = new FormData();
    told.append("alt", alt);
    // The words stand in the text as well; a lost connection loses nothing.
    void fetch(`/media/${media.id}/describe`, {
      method: "POST",
      headers: { "X-CSRFToken": token(this.form), Accept: "application/json" },
      body: told,
    }).catch(() => undefined);
  }
}
