// The transcript of a player: says which words are spoken now, and keeps them in sight unless the reader is reading.
import { recall, remember } from "./places.js";

const LEFT_ALONE = 5_000; // ms after the reader moved it

export function transcriptOf(player) {
  const box = player.querySelector("[data-transcript]");
  const cues = [...(box?.querySelectorAll(".cue") ?? [])];
  const starts = cues.map((cue) => Number(cue.dataset.start));
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  let current = -1;
  let movedAt = -Infinity;

  const holder = player.querySelector("[data-follow-box]");
  if (cues.length) holder?.replaceWith(holder.content);
  else holder?.remove();
  const follow = player.querySelector("[data-follow]");
  if (follow) {
    follow.checked = recall("player:follow") ?? true;
    follow.addEventListener("change", () => {
      remember("player:follow", follow.checked);
      movedAt = -Infinity;
      show(true);
    });
  }

  for (const name of ["wheel", "touchmove", "pointerdown", "keydown"]) {
    box?.addEventListener(name, () => (movedAt = performance.now()), { passive: true });
  }

  // One stop for the keyboard in a list of hundreds: the arrows go from one to the next.
  const links = cues.map((cue) => cue.querySelector("a"));
  function reach(index) {
    for (const link of links) link.tabIndex = -1;
    if (links[index]) links[index].tabIndex = 0;
  }
  box?.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    const from = links.indexOf(event.target);
    const next = links[from + step];
    if (!step || from < 0 || !next) return;
    event.preventDefault();
    reach(from + step);
    next.focus();
  });
  reach(0);

  // The last cue that began; -1 before the first.
  function at(seconds) {
    let [low, high] = [0, starts.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (starts[middle] <= seconds) low = middle + 1;
      else high = middle;
    }
    return low - 1;
  }

  function show(now = false) {
    const cue = cues[current];
    if (!cue || !follow?.checked || (!now && performance.now() - movedAt < LEFT_ALONE)) return;
    const top = cue.offsetTop - box.clientHeight / 3;
    box.scrollTo({ top, behavior: calm.matches || now ? "instant" : "smooth" });
  }

  return {
    links,
    // What is said at this second, or "": for captions.
    update(seconds, now = false) {
      const index = at(seconds);
      if (index !== current) {
        cues[current]?.removeAttribute("aria-current");
        cues[index]?.setAttribute("aria-current", "true");
        current = index;
        if (!box?.contains(document.activeElement) || document.activeElement === box) reach(Math.max(index, 0));
        show(now);
      } else if (now) show(true);
      const cue = cues[index];
      return cue && seconds < Number(cue.dataset.end) ? cue.lastElementChild.textContent.trim() : "";
    },
    moved: () => (movedAt = -Infinity),
  };
}
