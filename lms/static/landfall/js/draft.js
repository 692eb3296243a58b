// Keeps what somebody types in a form with data-draft, in this browser only, until it is saved: a lost session or a closed
// window loses nothing. The name of a draft carries the person, so that it never shows up for another one.
const PREFIX = "draft:";
const KEPT_DAYS = 30;
const DAY = 86_400_000;

function fields(form) {
  return [...form.elements].filter((field) => field.name && !["csrfmiddlewaretoken", "token"].includes(field.name) && field.type !== "submit");
}

function isTyped(field) {
  return field.type !== "hidden";
}

function isMarked(field) {
  return field.type === "radio" || field.type === "checkbox";
}

function read(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

function keep(form) {
  const values = fields(form)
    .filter((field) => !isMarked(field) || field.checked)
    .map((field) => [field.name, field.value]);
  try {
    localStorage.setItem(PREFIX + form.dataset.draft, JSON.stringify({ at: Date.now(), values }));
  } catch {
    // No room, or not allowed here: typing goes on without it.
  }
}

function drop(name) {
  try {
    localStorage.removeItem(PREFIX + name);
  } catch {
    // Nothing was kept.
  }
}

// A choice the form did not have when the draft was kept: of one of several something is always chosen.
function isUnknown(field, values) {
  return field.type === "radio" && !values.some(([name]) => name === field.name);
}

// The text as it was when the page came: what differs from it was typed and not saved.
function differs(form, values) {
  return fields(form).some((field) => {
    if (!isTyped(field) || field.name.startsWith("keep-")) return false;
    if (isUnknown(field, values)) return false;
    if (isMarked(field)) return field.checked !== values.some(([name, value]) => name === field.name && value === field.value);
    const kept = values.find(([name]) => name === field.name);
    return kept !== undefined && kept[1].replaceAll("\r\n", "\n") !== field.value.replaceAll("\r\n", "\n");
  });
}

// Texts come back with the version they were written over, so that a colleague's newer text is not written over unseen.
function fill(form, values) {
  for (const field of fields(form)) {
    if (isUnknown(field, values)) continue;
    if (isMarked(field)) {
      if (!field.name.startsWith("keep-")) field.checked = values.some(([name, value]) => name === field.name && value === field.value);
      continue;
    }
    const kept = values.find(([name]) => name === field.name);
    if (kept && !field.name.startsWith("seen-")) field.value = kept[1];
    if (isTyped(field) && field.value && field.closest("details")) field.closest("details").open = true;
  }
}

function notice(form, draft) {
  const line = document.createElement("p");
  line.className = "callout";
  line.setAttribute("role", "status");
  const when = new Date(draft.at).toLocaleString(document.documentElement.lang);
  line.append(`${form.dataset.draftRestored ?? ""} ${when}. `);
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button button-small";
  button.textContent = form.dataset.draftDiscard ?? "×";
  button.addEventListener("click", () => {
    drop(form.dataset.draft);
    location.reload();
  });
  line.append(button);
  form.prepend(line);
}

// Typed since the page came, perhaps before this script did: newer than any draft.
function isTouched(field) {
  if (!isTyped(field)) return false;
  return isMarked(field) ? field.checked !== field.defaultChecked : field.value !== field.defaultValue;
}

function restore(root) {
  for (const done of root.querySelectorAll("[data-draft-done]")) drop(done.dataset.draftDone);
  for (const form of root.querySelectorAll("form[data-draft]")) {
    if (fields(form).some(isTouched)) {
      keep(form);
      continue;
    }
    const draft = read(form.dataset.draft);
    if (!draft || form.querySelector("[data-unsaved]")) continue;
    if (Date.now() - draft.at > KEPT_DAYS * DAY || !differs(form, draft.values)) {
      drop(form.dataset.draft);
      continue;
    }
    fill(form, draft.values);
    notice(form, draft);
  }
}

document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-draft]");
  if (form) keep(form);
});
document.addEventListener("htmx:afterSwap", (event) => restore(event.detail.elt.parentElement ?? document));
restore(document);
