// What HTML cannot do alone, keyed by data-*: the theme switch, dialogs, toasts, and the token of htmx's requests.
// Listeners stand on the document, so that what htmx swaps in works without being told.
const root = document.documentElement;

function isDark() {
  if (root.dataset.theme) return root.dataset.theme === "dark";
  return matchMedia("(prefers-color-scheme: dark)").matches;
}

function switchTheme() {
  root.dataset.theme = isDark() ? "light" : "dark";
  try {
    localStorage.setItem("theme", root.dataset.theme);
  } catch {
    // Kept for this page only.
  }
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-switch-theme], [data-open], [data-close], [data-dismiss]");
  if (!button) return;
  if ("switchTheme" in button.dataset) switchTheme();
  if (button.dataset.open) document.getElementById(button.dataset.open)?.showModal();
  if ("close" in button.dataset) button.closest("dialog")?.close();
  if ("dismiss" in button.dataset) button.closest("[data-toast]")?.remove();
});

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape") document.querySelector("[data-toast]")?.remove();
});

document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (token && event.detail.verb !== "get") event.detail.headers["X-CSRFToken"] = token.value;
});

// What had the focus is gone after a swap (a chip that was taken away, a page number): go to the heading of what came.
document.addEventListener("htmx:afterSettle", (event) => {
  if (document.activeElement === document.body) event.target.querySelector("[data-focus-after]")?.focus();
});
