// The still part of the lens: counts of scores as mirrored bars, one label above the line, the
// other below. All bars of one side are one path, drawn twice: as wrong, and over it as right,
// clipped to where a score is right for the side. Moving the threshold moves the clips and nothing else.

const HEIGHT = 264, TOP = 26, FLOOR = 210, LEFT = 56, EDGE = 12; // LEFT: the counts; EDGE: half a handle

const addStripes = (defs) => {
  const pattern = shape(defs, "pattern", {
    id: "stripes", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
  });
  shape(pattern, "rect", { width: 5, height: 5, class: "stripe-ground" });
  shape(pattern, "line", { x1: 0, y1: 0, x2: 0, y2: 5, class: "stripe" });
};

const scaleOf = (data, stops, width) => {
  const margin = data.high === data.low ? 0.5 : 0;
  const given = [...(data.answers ?? []).flat().map(([value]) => value), ...(data.reach ?? [])];
  const low = Math.min(stops?.[0] ?? Infinity, data.low - margin, ...given);
  const high = Math.max(stops?.at(-1) ?? -Infinity, data.high + margin, ...given);
  const room = width - LEFT - EDGE;
  return {
    low, high, width,
    x: (value) => LEFT + ((value - low) / (high - low)) * room,
    value: (x) => low + ((x - LEFT) / room) * (high - low),
  };
};

// From where to where a bin goes, and its pixels.
const binOf = (data, scale, bin) => {
  const single = data.high === data.low;
  const step = single ? (scale.high - scale.low) / 20 : (data.high - data.low) / data.counts[0].length;
  const start = single ? data.low - step / 2 : data.low + bin * step;
  const left = Math.round(scale.x(start));
  const right = Math.max(left + 1, Math.round(scale.x(start + step)) - 1);
  return { from: single ? data.low : start, to: single ? data.low : start + step, left, right };
};

const peaksOf = (data) => {
  const peaks = data.counts.map((counts) => Math.max(1, ...counts));
  return data.shared ? peaks.map(() => Math.max(...peaks)) : peaks;
};

const roomOf = (middle) => middle - TOP - 2;

const barPaths = (data, scale, middle) => {
  const room = roomOf(middle);
  const peaks = peaksOf(data);
  return data.counts.map((counts, side) => {
    let path = "";
    counts.forEach((count, bin) => {
      if (!count) return;
      const { left: from, right: to } = binOf(data, scale, bin);
      const tall = Math.max(2, Math.round((count / peaks[side]) * room));
      const top = side === 0 ? middle - 1 - tall : middle + 1;
      path += `M${from} ${top}H${to}V${top + tall}H${from}Z`;
    });
    return path;
  });
};

const manyText = (count) => {
  if (count >= 1e6) return `${shortText(count / 1e6, 3)}M`;
  return count >= 1e4 ? `${shortText(count / 1e3, 4)}k` : String(count);
};

const drawCounts = (svg, data, scale, middle) => {
  peaksOf(data).forEach((peak, side) => {
    for (const count of ticksOf(0, peak, 2)) {
      if (!Number.isInteger(count) || (side && !count)) continue;
      const y = middle + (side ? 1 : -1) * (1 + (count / peak) * roomOf(middle));
      shape(svg, "line", { x1: LEFT, x2: scale.width, y1: y, y2: y, class: "rule" });
      shape(svg, "line", { x1: LEFT - 4, x2: LEFT, y1: y, y2: y, class: "tick" });
      shape(svg, "text", { x: LEFT - 7, y: y + 4, "text-anchor": "end", class: "many" }, manyText(count));
    }
  });
  shape(svg, "line", { x1: LEFT, x2: LEFT, y1: TOP, y2: FLOOR, class: "tick" });
  shape(svg, "text", { x: 0, y: 0, transform: `translate(11 ${middle}) rotate(-90)`, "text-anchor": "middle", class: "many" }, data.words.count);
};

const drawAxis = (svg, scale, middle) => {
  shape(svg, "line", { x1: LEFT, x2: scale.width, y1: middle, y2: middle, class: "axis" });
  for (const value of ticksOf(scale.low, scale.high, Math.max(3, Math.min(10, scale.width / 90)))) {
    const x = scale.x(value);
    shape(svg, "line", { x1: x, x2: x, y1: middle - 3, y2: middle + 3, class: "tick" });
    shape(svg, "text", { x, y: HEIGHT - 6, "text-anchor": x < 20 ? "start" : x > scale.width - 20 ? "end" : "middle" }, shortText(value, 4));
  }
};

// A circle for each threshold that a class gave, by its area how many; the first vote above the second.
const drawAnswers = (svg, data, scale) => {
  const most = Math.max(1, ...data.answers.flat().map(([, many]) => many));
  data.answers.forEach((answers, vote) => {
    const of = vote === data.answers.length - 1 ? "latest" : "earlier";
    for (const [value, many] of answers) {
      const circle = shape(svg, "circle", { cx: scale.x(value), cy: TOP + 20 + 36 * vote, r: 3 + 13 * Math.sqrt(many / most), class: `answer ${of}` });
      shape(circle, "title", {}, `${shortText(value)}: ${many}`);
    }
  });
};

// Draws everything that stays, and gives back what moves: where each side is right, and the trace.
const drawStill = (svg, data, scale) => {
  svg.setAttribute("viewBox", `0 0 ${scale.width} ${HEIGHT}`);
  svg.setAttribute("aria-label", `${data.labels[0]}, ${data.labels[1]}: ${data.caption}`);
  svg.replaceChildren();
  const defs = shape(svg, "defs", {});
  addStripes(defs);
  const middle = (TOP + FLOOR) / 2;
  drawCounts(svg, data, scale, middle);
  const mark = shape(svg, "rect", { y: TOP, height: FLOOR - TOP, class: "bin absent" });
  const clips = barPaths(data, scale, middle).map((path, side) => {
    if (!data.boundary) {
      shape(svg, "path", { d: path, class: "plain" });
      return null;
    }
    const clip = shape(shape(defs, "clipPath", { id: `right-${side}` }), "rect", { y: 0, height: HEIGHT });
    shape(svg, "path", { d: path, class: "wrong" });
    shape(svg, "path", { d: path, class: "right", "clip-path": `url(#right-${side})` });
    return clip;
  });
  const clipTo = (side, [from, to]) => {
    const left = from === null ? 0 : Math.min(scale.width, Math.max(0, scale.x(from)));
    const right = to === null ? scale.width : Math.min(scale.width, Math.max(0, scale.x(to)));
    clips[side]?.setAttribute("x", left);
    clips[side]?.setAttribute("width", Math.max(0, right - left));
  };
  drawAxis(svg, scale, middle);
  if (data.boundary) {
    data.boundary.right.forEach((range, side) => clipTo(side, range));
    for (const line of data.boundary.moves ? [] : data.boundary.lines) {
      if (line < scale.low || line > scale.high) continue;
      const x = scale.x(line);
      shape(svg, "line", { x1: x, x2: x, y1: TOP - 8, y2: FLOOR, class: "border" });
      shape(svg, "text", { x: x + 5, y: TOP - 12, class: "halo" }, shortText(line, 4));
    }
  }
  if (data.answers) drawAnswers(svg, data, scale);
  const trace = shape(svg, "g", { class: "trace" });
  shape(svg, "text", { x: LEFT, y: 12, class: "halo side" }, `↑ ${data.labels[0]}`);
  shape(svg, "text", { x: LEFT, y: FLOOR + 16, class: "halo side" }, `↓ ${data.labels[1]}`);
  return { clipTo, mark, trace };
};
