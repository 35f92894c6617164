// The still part of the plots: axes, curves through all thresholds, the best points, calibration.

const TALL = 240, PAD = { left: 40, right: 12, top: 24, bottom: 36 };

const coordinate = (view, name, counts, threshold) => {
  if (name === "threshold") return threshold;
  if (name !== "cost") return FIGURES[name](counts);
  const { cost } = view.component.data;
  const { tp, fp, tn, fn } = counts;
  return share(cost.tp * tp + cost.fp * fp + cost.tn * tn + cost.fn * fn, tp + fp + tn + fn);
};

// All thresholds of one plot as numbers: across, and up for each line.
const measure = (view, plot) => {
  const { stops } = view;
  const n = stops.threshold.length;
  const { lines, x } = plot.words;
  plot.across = new Float64Array(n);
  plot.up = lines.map(() => new Float64Array(n));
  plot.first = 0;
  plot.count = n;
  for (let index = 0; index < n; index += 1) {
    const counts = countsAt(stops, index);
    if (plot.words.predicted && counts.tp + counts.fp === 0) {
      plot.count = index; // above the highest score nothing is predicted positive
      break;
    }
    plot.across[index] = coordinate(view, x, counts, stops.threshold[index]);
    lines.forEach((line, which) => {
      plot.up[which][index] = coordinate(view, line.name, counts, stops.threshold[index]);
    });
  }
};

const visible = (view, plot) => plot.words.lines.map((line) => {
  const key = `${plot.words.name} ${line.name}`;
  return view.hidden.has(key) ? view.hidden.get(key) : line.shown;
});

const rangeOf = (arrays, count) => {
  let low = 0, high = 0;
  for (const values of arrays) {
    for (let index = 0; index < count; index += 1) {
      if (values[index] < low) low = values[index];
      if (values[index] > high) high = values[index];
    }
  }
  return [low, high];
};

const scalesOf = (width, [left, right], [bottom, top]) => {
  const across = width - PAD.left - PAD.right, up = TALL - PAD.top - PAD.bottom;
  return {
    x: (value) => PAD.left + ((value - left) / (right - left || 1)) * across,
    y: (value) => PAD.top + (1 - (value - bottom) / (top - bottom || 1)) * up,
    value: (x) => left + ((x - PAD.left) / across) * (right - left),
    left, right, bottom, top,
  };
};

const drawAxes = (svg, scales, xTitle, yTitle, width) => {
  const floor = TALL - PAD.bottom;
  for (const value of ticksOf(scales.bottom, scales.top, 4)) {
    const y = scales.y(value);
    shape(svg, "line", { x1: PAD.left, x2: width - PAD.right, y1: y, y2: y, class: "rule" });
    shape(svg, "text", { x: PAD.left - 6, y: y + 4, "text-anchor": "end" }, shortText(value, 4));
  }
  for (const value of ticksOf(scales.left, scales.right, width > 330 ? 5 : 4)) {
    const x = scales.x(value);
    shape(svg, "line", { x1: x, x2: x, y1: floor, y2: floor + 4, class: "axis" });
    shape(svg, "text", { x, y: floor + 16, "text-anchor": "middle" }, shortText(value, 4));
  }
  shape(svg, "line", { x1: PAD.left, x2: width - PAD.right, y1: floor, y2: floor, class: "axis" });
  shape(svg, "line", { x1: PAD.left, x2: PAD.left, y1: PAD.top, y2: floor, class: "axis" });
  shape(svg, "text", { x: (PAD.left + width - PAD.right) / 2, y: TALL - 4, "text-anchor": "middle", class: "title" }, xTitle);
  if (yTitle) shape(svg, "text", { x: 0, y: 12, class: "title" }, yTitle);
};

const pathOf = (plot, which) => {
  const { scales, across } = plot;
  const up = plot.up[which];
  const parts = [];
  const steps = plot.words.x === "threshold"; // a metric holds from one threshold to the next
  for (let index = 0; index < plot.count; index += 1) {
    const x = scales.x(across[index]).toFixed(1), y = scales.y(up[index]).toFixed(1);
    const part = steps && index ? `H${x}V${y}` : `${index ? "L" : "M"}${x} ${y}`;
    if (part !== parts.at(-1)) parts.push(part);
  }
  return parts.join("");
};

const diamond = (x, y) => `M${x} ${y - 5}L${x + 5} ${y}L${x} ${y + 5}L${x - 5} ${y}Z`;

const drawBand = (plot, [xs, low, high]) => {
  const point = (x, y) => `${plot.scales.x(x).toFixed(1)} ${plot.scales.y(y).toFixed(1)}`;
  const there = xs.map((x, index) => point(x, high[index]));
  const back = xs.map((x, index) => point(x, low[index])).reverse();
  shape(plot.svg, "path", { d: `M${[...there, ...back].join("L")}Z`, class: "band" });
};

const drawPlot = (view, plot) => {
  const { svg, words } = plot;
  const width = svg.clientWidth || 360;
  const shown = visible(view, plot);
  plot.width = width;
  svg.setAttribute("viewBox", `0 0 ${width} ${TALL}`);
  svg.replaceChildren();
  const flat = words.x === "threshold";
  const ends = flat ? [plot.across[0], plot.across[plot.count - 1]] : [0, 1];
  const [bottom, top] = rangeOf(plot.up.filter((_, which) => shown[which]), plot.count);
  const share1 = !["cost", "lift"].includes(words.lines[0].name);
  plot.scales = scalesOf(width, ends, [bottom, share1 ? 1 : top * 1.05 || 1]);
  drawAxes(svg, plot.scales, words.xTitle, words.lines.length === 1 ? words.lines[0].title : "", width);
  if (words.band) drawBand(plot, words.band);
  if (words.guide) {
    const [[x1, y1], [x2, y2]] = words.guide;
    const { x, y } = plot.scales;
    shape(svg, "line", { x1: x(x1), y1: y(y1), x2: x(x2), y2: y(y2), class: "guide" });
  }
  words.lines.forEach((line, which) => {
    if (shown[which]) shape(svg, "path", { d: pathOf(plot, which), class: `line line-${which}` });
  });
  for (const best of words.best) {
    const which = words.lines.length === 1 ? 0 : words.lines.findIndex((line) => line.name === best.line);
    if (which < 0 || !shown[which] || flat && best.threshold === null) continue;
    const across = coordinate(view, words.x, best.counts, best.threshold);
    const up = coordinate(view, words.lines[which].name, best.counts, best.threshold);
    shape(svg, "path", { d: diamond(plot.scales.x(across), plot.scales.y(up)), class: `best line-${which}` });
  }
  const { marks } = plot;
  marks.replaceChildren();
  marks.setAttribute("viewBox", `0 0 ${width} ${TALL}`);
  plot.line = flat ? shape(marks, "line", { y1: PAD.top, y2: TALL - PAD.bottom, class: "cut" }) : null;
  plot.dots = words.lines.map((line, which) =>
    shown[which] ? shape(marks, "circle", { r: 5, class: `dot line-${which}` }) : null);
};

const drawCalibration = (plot) => {
  const { svg, words } = plot;
  const width = svg.clientWidth || 360;
  plot.width = width;
  svg.setAttribute("viewBox", `0 0 ${width} ${TALL}`);
  svg.replaceChildren();
  const scales = plot.scales = scalesOf(width, [0, 1], [0, 1]);
  drawAxes(svg, scales, words.xTitle, words.yTitle, width);
  const most = Math.max(...words.weight);
  words.weight.forEach((weight, bin) => {
    const from = scales.x(words.edges[words.left[bin]]), to = scales.x(words.edges[words.left[bin] + 1]);
    const tall = Math.max(1, (weight / most) * 0.2 * (TALL - PAD.top - PAD.bottom));
    shape(svg, "rect", { x: from + 0.5, width: Math.max(1, to - from - 1), y: TALL - PAD.bottom - tall, height: tall, class: "weight" });
  });
  shape(svg, "line", { x1: scales.x(0), y1: scales.y(0), x2: scales.x(1), y2: scales.y(1), class: "guide" });
  const points = words.score.map((score, bin) => [scales.x(score).toFixed(1), scales.y(words.share[bin]).toFixed(1)]);
  shape(svg, "path", { d: `M${points.map((point) => point.join(" ")).join("L")}`, class: "line line-0" });
  plot.dots = points.map(([cx, cy]) => shape(svg, "circle", { cx, cy, r: 4, class: "dot line-0" }));
  setText(plot.numbers, words.numbers);
};
