// The keys of a presentation, its size and its speed. What a key does is decided on the server: step is its name.
const STEPS = {
  ArrowRight: "next", ArrowDown: "next", " ": "next", PageDown: "next",
  ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous",
  Home: "first", End: "last", Escape: "end", c: "contrast", d: "ground",
};
const STAGE = { width: 1920, height: 1080 };
const WORDS = ".plain, .stage-points"; // what grows with the reader's size, as far as there is room
const STEP = 0.05;
const SMALLEST = 0.89; // 27 pixels become 24, which is read from the back of the room
const CHARTS = "[data-testid=stVegaLiteChart]";
const PARTS = `h1, .plain, .stage-points, .stage-foot, .key, iframe, ${CHARTS}`;
const PAINTED = ".leaflet-container[style*='--scale'], [role=alert]"; // a map with its labels, or why there is none
const STILL = 10; // frames in which nothing changes its size

export default function ({ data, setTriggerValue, parentElement }) {
  parentElement.stop?.abort();
  const stop = new AbortController();
  parentElement.stop = stop;
  const { signal } = stop;
  // It is called anew at every run of the script; what was begun goes on.
  const kept = (parentElement.kept ??= { typed: "", paused: false });
  const root = document.documentElement;
  const main = document.querySelector("[data-testid=stMain]");

  const fit = () => {
    const zoom = Math.min(innerWidth / STAGE.width, innerHeight / STAGE.height);
    root.style.setProperty("--stage-zoom", zoom);
    main.querySelectorAll(WORDS).forEach(enlarge);
  };

  const enlarge = (words) => {
    const foot = main.querySelector(".stage-foot")?.getBoundingClientRect().top ?? innerHeight;
    for (let scale = data.larger; scale > SMALLEST; scale -= STEP) {
      words.style.zoom = scale;
      if (words.getBoundingClientRect().bottom <= foot) return;
    }
    words.style.zoom = SMALLEST;
  };

  // Charts, maps and letters arrive after the words, so the slide is fitted again whenever something changes its size.
  // data-stage on the document is the number of the slide that is drawn and fitted; what is to look at it waits for that.
  let seen = "", still = 0, frame = 0;

  const follow = () => {
    const isStill = look() === seen;
    if (!isStill) {
      fit();
      seen = look();
    }
    still = isStill ? still + 1 : 0;
    if (still < STILL || !isDrawn()) {
      frame = requestAnimationFrame(follow);
      return;
    }
    frame = 0;
    root.dataset.stage = data.number;
    sizes.disconnect();
    main.querySelectorAll(PARTS).forEach((part) => sizes.observe(part));
  };

  const followAgain = () => {
    delete root.dataset.stage;
    still = 0;
    frame ||= requestAnimationFrame(follow);
  };

  const look = () => {
    const boxes = [...main.querySelectorAll(PARTS)].map((part) => part.getBoundingClientRect());
    const places = boxes.flatMap(({ x, y, width, height }) => [x, y, width, height]);
    return [innerWidth, innerHeight, main.getElementsByTagName("*").length, ...places].join();
  };

  const isDrawn = () =>
    main.querySelector(".stage-number")?.textContent.startsWith(`${data.number}/`)
    && !main.querySelector("[data-stale=true]") // of the slide before
    && document.fonts.status === "loaded"
    && [...main.querySelectorAll(CHARTS)].every((chart) => chart.querySelector("svg.marks, canvas"))
    && [...main.querySelectorAll("iframe")].every((map) => map.contentDocument?.querySelector(PAINTED));

  const sizes = new ResizeObserver(() => look() !== seen && followAgain());
  const pieces = new MutationObserver(() => look() !== seen && followAgain());

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
  followAgain();
  pieces.observe(main, { childList: true, subtree: true, characterData: true });
  addEventListener("resize", followAgain, { signal });
  addEventListener("keydown", press, { capture: true, signal });
  const frames = setInterval(listenInFrames, 500);
  const clock = data.auto ? setInterval(() => kept.paused || setTriggerValue("step", "next"), data.auto * 1000) : 0;
  signal.addEventListener("abort", () => {
    clearInterval(frames);
    clearInterval(clock);
    cancelAnimationFrame(frame);
    sizes.disconnect();
    pieces.disconnect();
    delete root.dataset.stage;
  });
  return () => stop.abort();
}
