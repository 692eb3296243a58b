// Offers the browser's own time zone beside a field for one, where it is another; a press of the button takes it.
const own = Intl.DateTimeFormat().resolvedOptions().timeZone?.replaceAll("_", " ");

for (const offer of document.querySelectorAll("[data-zone-offer]")) {
  const field = offer.closest(".field").querySelector("input");
  if (!own || field.value === own || ![...field.list.options].some((option) => option.value === own)) continue;
  offer.querySelector("[data-zone-name]").textContent = own;
  offer.querySelector("[data-zone-use]").addEventListener("click", () => {
    field.value = own;
    offer.hidden = true;
    field.focus();
  });
  offer.hidden = false;
}
