// The keys of a presentation, its size and its speed. What a key does is decided on the server: step is its name.
const STEPS = {
  ArrowRight: "next", ArrowDown: "next", " ": "next", PageDown: "next",
  ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous",
  Home: "first", End: "last", Escape: "end", c: "contrast", d: "ground",
};
const STAGE = { width: 1920, height: 1080 };
const WORDS = ".plain, .stage-points"; // what grows with the reader's size, as far as there is room
const STEP = 0.05;

export default function ({ data, setTriggerValue, parentElement }) {
  parentElement.stop?.abort();
  const stop = new AbortController();
  parentElement.stop = stop;
  const { signal } = stop;
  // It is called anew at every run of the script; what was begun goes on.
  const kept = (parentElement.kept ??= { typed: "", paused: false });

  const fit = () => {
    const zoom = Math.min(innerWidth / STAGE.width, innerHeight / STAGE.height);
    document.documentElement.style.setProperty("--stage-zoom", zoom);
    document.querySelectorAll(WORDS).forEach(enlarge);
  };

  const enlarge = (words) => {
    const foot = document.querySelector(".stage-foot").getBoundingClientRect().top;
    for (let scale = data.larger; scale >= 1; scale -= STEP) {
      words.style.zoom = scale;
      if (words.getBoundingClientRect().bottom <= foot) return;
    }
  };

  const press = (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (/^[0-9]$/.test(key)) kept.typed += key;
    else if (key === "Enter" && kept.typed) jump();
    else if (key === "f") toggleFullScreen();
    else if (key === "p") kept.paused = !kept.paused;
    else if (key === "?") document.querySelector(".stage-keys")?.toggleAttribute("hidden");
    else if (STEPS[key]) setTriggerValue("step", STEPS[key]);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const jump = () => {
    setTriggerValue("step", `to ${kept.typed}`);
    kept.typed = "";
  };

  const toggleFullScreen = () =>
    document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();

  // A click on the map takes the keys into its frame.
  const listenInFrames = () => {
    for (const frame of document.querySelectorAll("iframe")) {
      frame.contentWindow?.addEventListener("keydown", press, { capture: true, signal });
    }
  };

  fit();
  addEventListener("resize", fit, { signal });
  addEventListener("keydown", press, { capture: true, signal });
  const frames = setInterval(listenInFrames, 500);
  const clock = data.auto ? setInterval(() => kept.paused || setTriggerValue("step", "next"), data.auto * 1000) : 0;
  signal.addEventListener("abort", () => {
    clearInterval(frames);
    clearInterval(clock);
  });
  return () => stop.abort();
}
