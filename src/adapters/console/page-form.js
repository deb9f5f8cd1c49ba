// @ts-check
import { button, element } from "./page-dom.js";

/** @typedef {import("./page-wire.ts").WireForm} Form */
/** @typedef {import("./page-wire.ts").WireField} Field */

/**
 * @typedef {object} Asked
 * @property {Form} form
 * @property {Record<string, string>} values what was filled in before
 * @property {(values: Record<string, string>) => Promise<string | null>} send resolves to what is wrong; null when all is well
 */

const PICK_HINTS = {
  channel: "The console has one channel: main",
  role: "The role’s id; the console itself has none",
  mention: "The role’s id; the console itself calls nobody",
  user: "The user’s id; here everybody is page",
};

/**
 * Opens a form over the page; closing it any other way than by its button changes nothing.
 * @param {Asked} asked
 */
export function openForm({ form, values, send }) {
  const problem = element("p", { class: "form-problem", role: "alert" });
  const submit = element("button", { type: "submit", class: "primary" }, form.submit);
  const dialog = element("dialog", { "aria-labelledby": "form-title" });
  const body = element(
    "form",
    { class: "form", autocomplete: "off" },
    element("h2", { id: "form-title" }, form.title),
    ...form.fields.map((field) => fieldElement(field, values[field.name] ?? field.value)),
    problem,
    element(
      "div",
      { class: "form-buttons" },
      button("Cancel", { class: "action" }, () => dialog.close()),
      submit,
    ),
  );
  const submitted = async () => {
    if (submit.getAttribute("aria-disabled") === "true") return;
    submit.setAttribute("aria-disabled", "true");
    problem.textContent = "";
    const wrong = await send(readValues(body));
    submit.removeAttribute("aria-disabled");
    if (wrong === null) dialog.close();
    else problem.textContent = wrong;
  };
  body.addEventListener("submit", (event) => {
    event.preventDefault();
    void submitted();
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.append(body);
  document.body.append(dialog);
  dialog.showModal();
}

/** @param {HTMLFormElement} body */
function readValues(body) {
  /** @type {Record<string, string>} */
  const values = {};
  for (const [name, value] of new FormData(body)) if (typeof value === "string") values[name] = value;
  return values;
}

/**
 * @param {Field} field
 * @param {string | null} value
 */
function fieldElement(field, value) {
  const id = `field-${field.name}`;
  const pick = field.kind === "text" || field.kind === "select" ? null : PICK_HINTS[field.kind];
  const hint = [field.hint, pick].filter((part) => part !== null).join(". ");
  const common = {
    id,
    name: field.name,
    required: field.required ? "" : null,
    "aria-describedby": hint === "" ? null : `${id}-hint`,
  };
  return element(
    "div",
    { class: "field" },
    element(
      "label",
      { for: id },
      field.label,
      field.required ? null : element("span", { class: "optional" }, " (optional)"),
    ),
    control(field, value, common),
    hint === "" ? null : element("p", { class: "small", id: `${id}-hint` }, hint),
  );
}

/**
 * @param {Field} field
 * @param {string | null} value
 * @param {Record<string, string | null>} common
 */
function control(field, value, common) {
  if (field.kind === "select") {
    const isChosen = field.choices.some((choice) => choice.value === value);
    const none = field.required && isChosen ? [] : [element("option", { value: "" }, "Choose…")];
    const choices = field.choices.map((choice) =>
      element("option", { value: choice.value, selected: choice.value === value ? "" : null }, choice.label),
    );
    return element("select", common, ...none, ...choices);
  }
  if (field.kind === "text" && field.lines) {
    const area = element("textarea", { ...common, rows: "3", maxlength: String(field.max) });
    area.value = value ?? "";
    return area;
  }
  const input = element("input", {
    ...common,
    type: "text",
    maxlength: field.kind === "text" ? String(field.max) : "100",
    spellcheck: "false",
  });
  input.value = value ?? "";
  return input;
}
