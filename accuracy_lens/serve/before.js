// Runs before Streamlit's own scripts: where the server is, also behind a proxy with a path of its
// own (Streamlit would ask every folder of the address), and one history entry per page.
window.__streamlit = { BACKEND_BASE_URL: location.origin + location.pathname.replace(/\/(PAGES)?$/, "") };

// The presentation view keeps no room for the sidebar.
const presented = new URLSearchParams(location.search).get("view") === "present";
document.documentElement.classList.toggle("presented", presented);

// On a phone the sidebar lies over the page: it closes once a page was chosen there.
addEventListener("click", (event) => {
  if (innerWidth > 768 || !event.target.closest?.(".st-key-pages a")) return;
  document.querySelector("[data-testid=stSidebarCollapseButton] button")?.click();
});

// Streamlit pushes an entry for every query that Python writes, and empties the query of a page
// before it leaves it. Here a change of the query alone replaces the entry, and the page that is
// left keeps the address that it had. A step of a lesson that the visitor turns to is a place of its own. After Back or Forward the page before may still be drawn: until
// the visitor does anything, an entry that it pushes would end the way forward, and an address that
// it empties would forget what the page shows.
(() => {
  const push = history.pushState.bind(history);
  const replace = history.replaceState.bind(history);
  let leaving = null;
  let cameBack = false;
  let acted = false;
  const begin = (back) => () => {
    leaving = null;
    cameBack = back;
    acted = !back;
  };

  for (const event of ["pointerdown", "keydown", "click"]) {
    addEventListener(event, begin(false), true);
  }
  addEventListener("popstate", begin(true), true);
  const read = (url) => new URL(url ?? location.href, location.href);
  const late = (next) => cameBack && (next.pathname !== location.pathname || !next.search);
  const fewer = (next, now) =>
    new URLSearchParams(next.search).size < new URLSearchParams(now.search).size;
  const step = ({ search }) => ["lesson", "step"].map((name) => new URLSearchParams(search).get(name)).join();
  history.replaceState = (state, title, url) => {
    if (!late(read(url))) replace(state, title, url);
  };
  history.pushState = (state, title, url) => {
    const next = read(url);
    if (late(next)) return;
    if (next.pathname === location.pathname) {
      if (acted && step(next) !== step(location)) return void push(state, title, next.href);
      if (fewer(next, location)) leaving ??= location.href;
      replace(state, title, next.href);
      return;
    }
    if (leaving !== null) replace(history.state, title, leaving);
    leaving = null;
    push(state, title, next.href);
  };
})();

// A field of a number drops a comma, so that 0,25 would become 25: it is a decimal point here, and
// shown as one while it is typed. Letters are refused with a sentence instead of dropped.
const numberOnly = "NUMBER_ONLY"; // by language
addEventListener("beforeinput", (event) => {
  const field = event.target;
  if (field.type !== "number") return;
  const text = event.data ?? event.dataTransfer?.getData("text/plain") ?? "";
  field.setCustomValidity("");
  if (/[^\d\s.,+\-e]/i.test(text)) {
    event.preventDefault();
    field.setCustomValidity(numberOnly[document.documentElement.lang] ?? numberOnly.en);
    field.reportValidity();
  } else if (/^\s*[-+]?\d*,\d*\s*$/.test(text)) {
    event.preventDefault();
    document.execCommand("insertText", false, text.trim().replace(",", "."));
  }
}, true);
addEventListener("focusout", (event) => {
  if (event.target.type === "number") event.target.setCustomValidity("");
}, true);

// In a table the tab key would go from cell to cell, through all of them, and then to what scrolls the
// table: here it leaves the table, and the arrows go from cell to cell.
addEventListener("keydown", (event) => {
  if (event.key === "Tab" && event.target.closest?.("[data-testid=stDataFrame]")) event.stopPropagation();
}, true);
addEventListener("focusin", (event) => {
  const table = event.target.closest?.("[data-testid=stDataFrame]");
  table?.querySelector(".dvn-scroller")?.setAttribute("tabindex", "-1");
}, true);

// After the server was started again nothing of the visit is left there, while the page still looks
// alive: it is loaded again, with what its link carries, and asks for the file that is gone.
(() => {
  const Socket = WebSocket;
  let opened = 0;
  const look = async () => {
    const answer = await fetch(`${window.__streamlit.BACKEND_BASE_URL}/_stcore/health`, { cache: "no-store" });
    if (answer.ok && answer.headers.get("Accuracy-Lens-Started") !== "STARTED") location.reload();
  };
  window.WebSocket = class extends Socket {
    constructor(...where) {
      super(...where);
      this.addEventListener("open", () => {
        opened += 1;
        if (opened > 1) look();
      });
    }
  };
})();

// A file that is refused before it is taken comes with a sentence; Streamlit shows the number of the
// answer alone, where nobody looks.
(() => {
  const open = XMLHttpRequest.prototype.open;
  const refused = (text) => {
    const alerts = document.querySelectorAll("[data-testid=stFileUploader] [role=alert]");
    const uploader = [...alerts].pop()?.closest("[data-testid=stFileUploader]");
    if (!uploader || uploader.querySelector(".upload-refused")) return;
    const line = document.createElement("p");
    line.className = "upload-refused";
    line.setAttribute("role", "alert");
    line.textContent = text;
    uploader.append(line);
  };
  XMLHttpRequest.prototype.open = function (method, url, ...more) {
    if (method.toUpperCase() === "PUT" && String(url).includes("/_stcore/upload_file/")) {
      this.addEventListener("load", () => {
        const kind = this.getResponseHeader("Content-Type") ?? "";
        if (![413, 429, 503].includes(this.status) || !kind.startsWith("text/plain")) return;
        setTimeout(refused, 200, this.responseText);
      });
    }
    return open.call(this, method, url, ...more);
  };
})();
