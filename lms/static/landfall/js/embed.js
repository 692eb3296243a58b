// A video from another site: nothing is asked of that site before somebody presses. Without this script the link opens it there.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-embed] a");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const place = link.closest("[data-embed]");
  const frame = document.createElement("iframe");
  frame.className = "frame";
  frame.src = place.dataset.embed;
  frame.title = place.dataset.embedTitle;
  frame.allow = "fullscreen; picture-in-picture; encrypted-media";
  frame.referrerPolicy = "strict-origin-when-cross-origin";
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-presentation allow-popups");
  place.replaceChildren(frame);
  frame.focus();
});
