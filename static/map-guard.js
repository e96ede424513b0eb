// Loaded first. If the map's other scripts or its geometry do not arrive, a sentence stands where the map would be.
window.mapGuard = {
  patience: 10000, // milliseconds
  sentence:
    "Không vẽ được bản đồ. Bảng trên trang này có cùng số liệu. — " +
    "The map cannot be drawn. The table on this page has the same data.",
  explain(reason) {
    console.warn("map:", reason);
    const notice = document.createElement("p");
    notice.setAttribute("role", "alert");
    notice.style.cssText = "position:absolute;z-index:9999;left:1rem;right:1rem;top:1rem;padding:.75rem 1rem;margin:0;" +
      "font:1rem/1.4 sans-serif;color:#1c2b39;background:#fff6e0;border-left:4px solid #b26a00";
    notice.textContent = this.sentence;
    document.body.appendChild(notice);
  },
};
setTimeout(() => {
  if (!window.communeMap) window.mapGuard.explain("its scripts did not load");
}, window.mapGuard.patience);
