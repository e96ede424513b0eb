// What only the browser's document can be told: its language, for screen readers; the reader's cookie; how to print.
const PAPER = 701; // pixels: the width of .printing, and rounding
const DRAWN = "[data-testid=stMain] :is(svg.marks, [data-testid=stDataFrame], iframe)";
const STEP = 300, LONGEST = 10_000; // ms: a page that is not drawn by then is printed as it is

export default function ({ data, parentElement }) {
  document.documentElement.lang = data.language;
  document.cookie = data.cookie;
  parentElement.stop?.abort();
  const stop = new AbortController();
  parentElement.stop = stop;
  const { signal } = stop;
  addEventListener("keydown", (event) => asksToPrint(event) && printAtPaperWidth(event), { capture: true, signal });
  return () => stop.abort();
}

const asksToPrint = (event) => (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "p";

// A chart or a map drawn for a window would only be shrunk, and its letters with it.
function printAtPaperWidth(event) {
  event.preventDefault();
  event.stopPropagation();
  const { classList } = document.documentElement;
  classList.add("printing");
  addEventListener("afterprint", () => classList.remove("printing"), { once: true });
  printWhenDrawn(Date.now() + LONGEST);
}

function printWhenDrawn(latest) {
  setTimeout(() => (Date.now() > latest || isDrawn() ? setTimeout(() => print(), STEP) : printWhenDrawn(latest)), STEP);
}

const isDrawn = () => [...document.querySelectorAll(DRAWN)].filter((part) => part.checkVisibility())
  .every((part) => part.getBoundingClientRect().width <= PAPER);
