// Where a listener is: kept on the server for whoever is signed in, in this browser for everybody else. What cannot be kept
// is lost without a word: listening goes on.
const EVERY = 15_000;
const WORTH_IT = 5; // seconds

export function recall(name) {
  try {
    return JSON.parse(localStorage.getItem(name));
  } catch {
    return null;
  }
}

export function remember(name, value) {
  try {
    if (value === null) localStorage.removeItem(name);
    else localStorage.setItem(name, JSON.stringify(value));
  } catch {
    // No room, or not allowed here.
  }
}

const nameOf = (player) => `place:${player.dataset.player}`;

// {position, at} of where this listener was, or null: `at` is a Date.
export function lastPlace(player) {
  const { place, placeAt, send } = player.dataset;
  const kept = send ? { position: Number(place), at: placeAt } : recall(nameOf(player));
  if (!kept || !(kept.position >= WORTH_IT)) return null;
  return { position: kept.position, at: new Date(kept.at) };
}

export function keepPlaces(player, media) {
  // Our server's clock decides what is newest; this machine's may be wrong by any amount, but runs at the same speed.
  const offset = player.dataset.send ? Number(player.dataset.now) - Date.now() : 0;
  let onServer = Boolean(player.dataset.send);
  let sentAt = 0;
  let sentPosition = null;

  function here(ended) {
    const finished = ended || (media.duration && media.currentTime >= media.duration * 0.95);
    remember(nameOf(player), finished ? null : { position: Math.floor(media.currentTime), at: new Date().toISOString() });
  }

  async function send(ended) {
    const token = document.querySelector("input[name=csrfmiddlewaretoken]");
    const body = new URLSearchParams({ position: media.currentTime.toFixed(1), at: Date.now() + offset });
    if (ended) body.set("ended", "on");
    try {
      const headers = { "X-CSRFToken": token?.value ?? "" };
      const answer = await fetch(player.dataset.send, { method: "POST", body, headers, keepalive: true, redirect: "manual" });
      // Signed out meanwhile, or the page was withdrawn: from now on this browser remembers.
      if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) onServer = false;
    } catch {
      // Offline: the next message tells where we are then.
    }
  }

  function keep(ended = false) {
    if (!ended && media.currentTime === sentPosition) return;
    sentAt = performance.now();
    sentPosition = media.currentTime;
    if (onServer) send(ended);
    else here(ended);
  }

  let played = false;
  media.addEventListener("playing", () => {
    if (!played) sentAt = performance.now();
    played = true;
  });
  media.addEventListener("timeupdate", () => {
    if (!media.paused && performance.now() - sentAt >= EVERY) keep();
  });
  media.addEventListener("pause", () => played && !media.ended && keep());
  media.addEventListener("ended", () => keep(true));
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden" && played && !media.ended) keep();
  });
}
