// What only the browser's document can be told: the page's language, for screen readers, and the reader's cookie.
export default function ({ data }) {
  document.documentElement.lang = data.language;
  document.cookie = data.cookie;
}
