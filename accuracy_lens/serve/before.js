// Runs before Streamlit's own scripts: where the server is, and one history entry per page.
window.__streamlit = { BACKEND_BASE_URL: location.origin + "BASE_PATH" };

// Streamlit pushes an entry for every query that Python writes, and empties the query of a page
// before it leaves it. Here a change of the query alone replaces the entry, and the page that is
// left keeps the address that it had.
(() => {
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  let leaving = null;

  for (const event of ["pointerdown", "keydown"]) {
    addEventListener(event, () => { leaving = null; }, true);
  }
  history.pushState = (state, title, url) => {
    const next = new URL(url ?? location.href, location.href);
    if (next.pathname === location.pathname) {
      leaving ??= location.href;
      replace(state, title, next.href);
      return;
    }
    if (leaving !== null) replace(history.state, title, leaving);
    leaving = null;
    push(state, title, next.href);
  };
  addEventListener("popstate", () => { leaving = null; }, true);
})();

// A field of a number drops a comma, so that 0,25 would become 25: it is a decimal point here, and
// shown as one while it is typed. Letters are refused with a sentence instead of dropped.
addEventListener("beforeinput", (event) => {
  const field = event.target;
  if (field.type !== "number") return;
  const text = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
  field.setCustomValidity("");
  if (/[^\d\s.,+\-e]/i.test(text)) {
    event.preventDefault();
    field.setCustomValidity("NUMBER_ONLY");
    field.reportValidity();
  } else if (/^\s*[-+]?\d*,\d*\s*$/.test(text)) {
    event.preventDefault();
    document.execCommand("insertText", false, text.trim().replace(",", "."));
  }
}, true);
addEventListener("focusout", (event) => {
  if (event.target.type === "number") event.target.setCustomValidity("");
}, true);
