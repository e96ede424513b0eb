// Streamlit's own words of the field for files are English: they are put into the reader's language here.
const PLACES = "[data-testid=stFileUploader], [data-testid=stTooltipContent], [data-testid=stTooltipErrorContent]";
const LABEL = "aria-label";

export default function ({ data, parentElement }) {
  parentElement.stop?.();
  const words = data.words.map(([english, ours]) => [new RegExp(`^${english}$`), ours]);
  const before = new Map(); // a text, or a part with a label → its English words: Streamlit does not write them again
  const translate = () => document.querySelectorAll(PLACES).forEach((place) => translateIn(place, words, before));
  const observer = new MutationObserver(translate);
  parentElement.stop = () => {
    observer.disconnect();
    before.forEach((english, node) => write(node, english));
  };
  translate();
  observer.observe(document.body, { subtree: true, childList: true, characterData: true });
  return parentElement.stop;
}

function translateIn(place, words, before) {
  const texts = document.createTreeWalker(place, NodeFilter.SHOW_TEXT);
  const nodes = [...place.querySelectorAll(`[${LABEL}]`)];
  while (texts.nextNode()) nodes.push(texts.currentNode);
  for (const node of nodes) {
    const english = read(node);
    const found = words.find(([pattern]) => pattern.test(english));
    if (!found) continue;
    before.set(node, english);
    write(node, english.replace(...found));
  }
}

const read = (node) => (node instanceof Text ? node.nodeValue : node.getAttribute(LABEL));

function write(node, words) {
  if (node instanceof Text) node.nodeValue = words;
  else node.setAttribute(LABEL, words);
}
