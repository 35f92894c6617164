// The exact metrics of the threshold drawn: the 2 × 2 matrix, the metrics, and what >= would change.

const CELLS = [["tn", "fp"], ["fn", "tp"]]; // rows: label 0, label 1; columns: predicted 0, predicted 1

const OF = { precision: ["tp", "fp"], recall: ["tp", "fn"], specificity: ["tn", "fp"], f1: ["tp", "fp", "fn"] }; // what they are shares of

const makeReading = (parent, words) => {
  const root = element(parent, "div", "reading");
  const table = element(root, "table", "matrix");
  const head = element(table, "tr", "");
  element(head, "td", "");
  for (const name of words.predicted) element(head, "th", "", name).scope = "col";
  const cells = {};
  CELLS.forEach((names, row) => {
    const line = element(table, "tr", "");
    element(line, "th", "", words.true[row]).scope = "row";
    for (const name of names) {
      const right = name === "tp" || name === "tn";
      const cell = element(line, "td", right ? "cell good" : "cell bad");
      element(cell, "span", "mark", right ? "✓" : "✗").title = words[right ? "right" : "wrong"];
      cells[name] = element(cell, "span", "amount");
      cells[`${name}_share`] = element(cell, "span", "part");
    }
  });
  const list = element(root, "dl", "figures");
  for (const [name, title, formula] of words.metrics) {
    const group = element(list, "div", "figure");
    const term = element(group, "dt", "", title);
    term.title = formula;
    cells[name] = element(group, "dd", "");
    if (words.nothing[name]) cells[`${name}_nothing`] = element(group, "dd", "baseline");
    if (name !== "accuracy") continue;
    cells.baseline = element(group, "dd", "baseline");
    cells.baseline.title = words.majority_why;
  }
  cells.ties = element(root, "p", "ties");
  return { root, cells, words };
};

const showReading = (reading, counts, ties) => {
  const { cells, words } = reading;
  const all = counts ? counts.tp + counts.fp + counts.tn + counts.fn : 0;
  for (const name of CELLS.flat()) {
    setText(cells[name], counts ? countText(counts[name]) : "–");
    setText(cells[`${name}_share`], counts ? `${(100 * share(counts[name], all)).toFixed(1)} %` : "");
  }
  const metrics = counts && figuresOf(counts);
  for (const [name] of words.metrics) setText(cells[name], metrics ? figureText(metrics[name]) : "–");
  for (const [name, of] of Object.entries(OF)) {
    const nothing = counts && of.every((part) => counts[part] === 0);
    setText(cells[`${name}_nothing`], nothing ? words.nothing[name] : "");
  }
  const baseline = metrics ? filled(words.majority, { value: figureText(metrics.majority) }) : "";
  setText(cells.baseline, baseline);
  if (!ties) return setText(cells.ties, "\u00a0");
  const equal = ties.tp + ties.fp - counts.tp - counts.fp;
  const accuracy = figureText(FIGURES.accuracy(ties));
  return setText(cells.ties, filled(equal ? words.ties : words.untied, { count: countText(equal), accuracy }));
};

// The same as lines of text, for the picture.
const readingTexts = ({ cells, words }) => [
  ["tn", "fp", "fn", "tp"].map((name) => ({ text: filled(words.cells[name], { count: cells[name].textContent }) })),
  words.metrics.map(([name, title]) => {
    const nothing = cells[`${name}_nothing`]?.textContent;
    const template = nothing ? words.named_nothing : words.named;
    return { text: filled(template, { name: title, value: cells[name].textContent, why: nothing }) };
  }),
];
