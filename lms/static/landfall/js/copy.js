// A button with data-copy="<id of a field>" copies what the field holds, and says so in its own words.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  const field = button && document.getElementById(button.dataset.copy);
  if (!field) return;
  field.select();
  try {
    await navigator.clipboard.writeText(field.value);
  } catch {
    if (!document.execCommand("copy")) return; // It is selected: the keyboard copies it.
  }
  button.textContent = button.dataset.copied;
});
