// Where in a lesson somebody is. When they leave the page, the part that is nearest its top is sent to the server, so that
// their home leads back to it; where they come back to it, it says so. What cannot be sent is lost without a word.
const article = document.querySelector("[data-keep-place]");
const EDGE = 0.25; // of the window's height: what begins above it is what one reads
let moved = false;
let sent = article?.dataset.wasAt;

function here() {
  const parts = [...article.querySelectorAll("[data-part]")];
  const begun = parts.filter((part) => part.getBoundingClientRect().top <= innerHeight * EDGE);
  return (begun.at(-1) ?? parts[0])?.id;
}

function keep() {
  const part = moved ? here() : undefined;
  if (!part || part === sent) return;
  sent = part;
  const token = document.querySelector("input[name=csrfmiddlewaretoken]")?.value ?? "";
  const body = new URLSearchParams({ part });
  fetch(article.dataset.keepPlace, { method: "POST", body, headers: { "X-CSRFToken": token }, keepalive: true }).catch(() => {});
}

function greet() {
  const part = document.getElementById(article.dataset.wasAt ?? "");
  if (!part || location.hash !== `#${part.id}`) return;
  const words = document.createElement("p");
  words.className = "was-at";
  words.textContent = article.dataset.wasAtWords;
  part.before(words);
  words.scrollIntoView();
}

if (article) {
  greet();
  addEventListener("scroll", () => (moved = true), { passive: true, once: true });
  document.addEventListener("visibilitychange", () => document.visibilityState === "hidden" && keep());
  addEventListener("pagehide", keep);
}
