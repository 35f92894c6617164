// Asks every second or two whether the teacher has done something, and only then for the page.

const BETWEEN = 1000, SPREAD = 800; // milliseconds; a class does not ask all at once
const PATIENCE = 15000; // for the page, once it was asked for
const clocks = new WeakMap();

export default function ({ data, parentElement, setTriggerValue }) {
  clearTimeout(clocks.get(parentElement));
  const address = new URL(`_room/${data.code}`, document.baseURI);
  const wait = (time) => clocks.set(parentElement, setTimeout(look, time));
  const soon = () => wait(BETWEEN + SPREAD * Math.random());
  const look = async () => {
    try {
      const answer = await fetch(address, { cache: "no-store" });
      const version = answer.ok ? await answer.text() : answer.status === 404 ? "" : data.version;
      if (version !== data.version) {
        setTriggerValue("moved", version); // the page comes with the new version
        wait(PATIENCE);
        return;
      }
    } catch {
      // no network for now: Streamlit says so, and connects again
    }
    soon();
  };
  soon();
  return () => clearTimeout(clocks.get(parentElement));
}
