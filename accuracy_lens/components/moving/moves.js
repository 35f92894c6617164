// Tells the components of the page what moves on them.

export default function ({ data }) {
  window.accuracyLensMoves = { ...window.accuracyLensMoves, ...data };
  window.dispatchEvent(new Event("accuracy-lens-moves"));
  return () => {
    for (const key of Object.keys(data)) delete window.accuracyLensMoves[key];
  };
}
