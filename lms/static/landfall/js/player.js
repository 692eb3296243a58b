// The player of a masterclass: our bar instead of the browser's, chapters and transcript that seek, keys, and going on where
// one left off. Without this script the browser's own controls, chapters and transcript are there.
import { keepPlaces, lastPlace, recall, remember } from "./places.js";
import { transcriptOf } from "./transcript.js";

const language = document.documentElement.lang;
const TYPED = "select, textarea, input:not([type=range], [type=checkbox])";
const PRESSED = "button, a, summary, input[type=checkbox]";
const STEP = 10;

const fill = (words, values) => words.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
const pad = (number) => String(number).padStart(2, "0");

function clock(seconds) {
  const [h, m, s] = parts(seconds);
  return h ? `${h}:${pad(m)}:${pad(s)}` : `${m}:${pad(s)}`;
}

function parts(seconds) {
  const whole = Math.floor(seconds || 0);
  return [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
}

function aloud(seconds) {
  const named = parts(seconds).map((number, index) => [number, ["hour", "minute", "second"][index]]);
  const said = named.filter(([number], index) => number || (index === 2 && seconds < 1));
  const words = said.map(([number, unit]) =>
    new Intl.NumberFormat(language, { style: "unit", unit, unitDisplay: "long" }).format(number),
  );
  return words.join(" ");
}

function startInAddress() {
  const found = /^#t=(\d+(?:\.\d+)?)$/.exec(location.hash);
  return found ? Number(found[1]) : null;
}

function dayOf(date) {
  const days = (Date.now() - date) / 86_400_000;
  const how = days < 6 ? { weekday: "long" } : { day: "numeric", month: "long" };
  return new Intl.DateTimeFormat(language, how).format(date);
}

function enhance(player) {
  const media = player.querySelector("audio, video");
  const bar = player.querySelector("[data-bar]");
  const say = (name, values = {}) => fill(player.dataset[`say${name}`], values);
  bar.replaceWith(bar.content);
  media.controls = false;
  const find = (name) => player.querySelector(`[data-${name}]`);
  const [toggle, seek, speed, captions, caption] = ["toggle", "seek", "speed", "captions", "caption"].map(find);
  const segments = [...player.querySelectorAll("[data-to]")];
  const chapters = [...player.querySelectorAll(".outline a[data-start]")];
  const starts = chapters.map((link) => Number(link.dataset.start));
  const transcript = transcriptOf(player);
  const isFilm = media.tagName === "VIDEO";
  const track = media.textTracks[0];
  let shownSecond = -1;
  let withCaptions = Boolean(recall("player:captions"));

  const length = () => (Number.isFinite(media.duration) && media.duration) || Number(player.dataset.duration) || 0;
  const report = (words) => (find("said").textContent = words);

  // --- What is shown ---
  function update(now = false) {
    const time = media.currentTime;
    const words = transcript.update(time, now);
    if (caption && !isFilm) caption.textContent = words;
    if (Math.floor(time) === shownSecond && !now) return;
    shownSecond = Math.floor(time);
    const total = length();
    find("position").textContent = say("Position", { now: clock(time), total: clock(total) });
    seek.max = Math.floor(total);
    seek.value = shownSecond;
    if (now || document.activeElement !== seek) sayPlace();
    for (const piece of segments) {
      const { from, to, width } = piece.dataset;
      const share = Math.min(Math.max((time - from) / (to - from), 0), 1);
      piece.setAttribute("width", Math.round(share * width));
    }
    showChapter(time);
  }

  // Not every second to somebody who stands on the slider: a screen reader would talk over the recording.
  function sayPlace() {
    seek.setAttribute("aria-valuetext", say("Position", { now: aloud(media.currentTime), total: aloud(length()) }));
  }

  function showChapter(time) {
    const index = starts.findLastIndex((start) => start <= time);
    if (index < 0 || chapters[index].hasAttribute("aria-current")) return;
    for (const link of chapters) link.removeAttribute("aria-current");
    chapters[index].setAttribute("aria-current", "true");
    find("chapter-number").textContent = say("Chapter", { number: index + 1, count: chapters.length });
    find("chapter-title").textContent = chapters[index].firstChild.textContent;
  }

  function showPlaying() {
    const [play, pause] = toggle.children;
    play.hidden = !media.paused;
    pause.hidden = media.paused;
    toggle.setAttribute("aria-label", media.paused ? say("Play") : say("Pause"));
  }

  function showCaptions() {
    captions?.setAttribute("aria-pressed", withCaptions);
    if (isFilm && track) track.mode = withCaptions ? "showing" : "hidden";
    if (caption && !isFilm) caption.hidden = !withCaptions || !captions;
  }

  // --- What listeners do ---
  const play = () => media.play().catch(() => {});
  const playOrPause = () => (media.paused ? play() : media.pause());

  function go(seconds) {
    media.currentTime = Math.min(Math.max(seconds, 0), Math.max(length() - 0.1, 0) || seconds);
    transcript.moved();
    update(true);
  }

  function goFaster(steps) {
    speed.selectedIndex = Math.min(Math.max(speed.selectedIndex + steps, 0), speed.length - 1);
    setSpeed();
    report(say("Speed", { speed: speed.value }));
  }

  function setSpeed() {
    media.playbackRate = media.defaultPlaybackRate = Number(speed.value);
    remember("player:speed", speed.value);
  }

  function switchCaptions() {
    if (!captions) return;
    withCaptions = !withCaptions;
    remember("player:captions", withCaptions);
    showCaptions();
    report(say(withCaptions ? "CaptionsOn" : "CaptionsOff"));
  }

  function mute() {
    media.muted = !media.muted;
    report(say(media.muted ? "Muted" : "Sound"));
  }

  const keys = {
    " ": playOrPause,
    k: playOrPause,
    j: () => go(media.currentTime - STEP),
    l: () => go(media.currentTime + STEP),
    ArrowLeft: () => go(media.currentTime - STEP),
    ArrowRight: () => go(media.currentTime + STEP),
    "<": () => goFaster(-1),
    "[": () => goFaster(-1),
    ">": () => goFaster(1),
    "]": () => goFaster(1),
    c: switchCaptions,
    m: mute,
  };

  player.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.altKey) && !event.getModifierState("AltGraph")) return;
    if (event.metaKey || event.target.matches(TYPED)) return;
    if (event.key === " " && event.target.matches(PRESSED)) return; // it presses what has the focus
    const act = Object.hasOwn(keys, event.key) && keys[event.key];
    if (!act) return;
    event.preventDefault();
    act();
  });

  player.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#t="]');
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.replaceState(null, "", link.hash);
    go(Number(link.closest("[data-start]").dataset.start));
    play();
  });

  toggle.addEventListener("click", playOrPause);
  captions?.addEventListener("click", switchCaptions);
  find("fullscreen")?.addEventListener("click", () => (media.requestFullscreen ?? media.webkitEnterFullscreen)?.call(media));
  media.addEventListener("fullscreenchange", () => (media.controls = document.fullscreenElement === media)); // our bar is not there
  speed.addEventListener("change", setSpeed);
  seek.addEventListener("input", () => go(Number(seek.value)));
  seek.addEventListener("focus", sayPlace);
  addEventListener("hashchange", () => startInAddress() !== null && go(startInAddress()));
  for (const name of ["play", "pause", "ended"]) media.addEventListener(name, showPlaying);
  for (const name of ["timeupdate", "loadedmetadata", "durationchange"]) media.addEventListener(name, () => update());
  media.addEventListener("error", () => (find("problem").hidden = false), true);
  if (isFilm) {
    media.tabIndex = 0;
    media.addEventListener("click", playOrPause);
  }
  for (const link of transcript.links) {
    link.setAttribute("aria-label", say("PlayFrom", { time: link.textContent }));
  }

  // --- Where it begins ---
  const kept = recall("player:speed");
  if ([...speed.options].some((option) => option.value === kept)) speed.value = kept;
  setSpeed();
  showCaptions();
  const asked = startInAddress();
  const last = asked === null ? lastPlace(player) : null;
  if (last) {
    const today = new Date().toDateString() === last.at.toDateString();
    const note = find("left-off");
    note.textContent = today ? say("LeftOffToday") : say("LeftOff", { day: dayOf(last.at) });
    note.hidden = false;
  }
  go(asked ?? last?.position ?? 0);
  keepPlaces(player, media);
}

for (const player of document.querySelectorAll("[data-player]")) enhance(player);
