// The numbers of a plot as a table, behind a button.

const ROWS = 11;

// Every so many of the thresholds, the first and the last among them.
const someOf = (count) => {
  const rows = Math.min(count, ROWS);
  return Array.from({ length: rows }, (_, row) => Math.round((row * (count - 1)) / Math.max(1, rows - 1)));
};

const curveCells = (view, plot) => {
  const { words, across, up } = plot;
  const on = visible(view, plot);
  const ups = up.filter((_, which) => on[which]);
  const titles = words.lines.filter((_, which) => on[which]).map((line) => line.title);
  const flat = words.x === "threshold";
  const heads = [view.component.data.words.threshold, ...(flat ? [] : [words.xTitle]), ...titles];
  const rows = someOf(plot.count).map((index) => [
    shortText(view.stops.threshold[index]),
    ...(flat ? [] : [figureText(across[index])]), ...ups.map((values) => figureText(values[index])),
  ]);
  return [heads, ...rows];
};

const binCells = (view, { words }) => [
  [words.xTitle, words.yTitle, words.countTitle],
  ...words.score.map((score, bin) => [figureText(score), figureText(words.share[bin]), countText(words.weight[bin])]),
];

const fillTable = (view, plot) => {
  plot.sheet.replaceChildren();
  if (plot.sheet.hidden) return;
  const table = element(plot.sheet, "table", "");
  const [heads, ...rows] = (plot.words.lines ? curveCells : binCells)(view, plot);
  const head = element(table, "tr", "");
  for (const title of heads) element(head, "th", "", title).scope = "col";
  for (const cells of rows) {
    const row = element(table, "tr", "");
    for (const cell of cells) element(row, "td", "", cell);
  }
};

const makeTable = (view, plot, button) => {
  plot.sheet = element(plot.box, "div", "sheet");
  plot.sheet.hidden = true;
  plot.sheet.tabIndex = 0; // it scrolls sideways where it is wide
  plot.sheet.setAttribute("role", "group");
  plot.sheet.setAttribute("aria-label", plot.words.table);
  button.setAttribute("aria-expanded", "false");
  button.onclick = () => {
    plot.sheet.hidden = !plot.sheet.hidden;
    button.setAttribute("aria-expanded", String(!plot.sheet.hidden));
    fillTable(view, plot);
  };
};
