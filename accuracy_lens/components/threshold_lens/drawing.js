// The still part of the lens: counts of scores as mirrored bars, one label above the line, the
// other below. All bars of one side are one path, drawn twice: as wrong, and over it as right,
// clipped to where a score is right for the side. Moving the threshold moves the clips and nothing else.

const HEIGHT = 240, TOP = 26, BOTTOM = 30, EDGE = 12; // EDGE: half a handle

const addStripes = (defs) => {
  const pattern = shape(defs, "pattern", {
    id: "stripes", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
  });
  shape(pattern, "rect", { width: 5, height: 5, class: "stripe-ground" });
  shape(pattern, "line", { x1: 0, y1: 0, x2: 0, y2: 5, class: "stripe" });
};

const scaleOf = (data, stops, width) => {
  const margin = data.high === data.low ? 0.5 : 0;
  const low = Math.min(stops?.[0] ?? Infinity, data.low - margin);
  const high = Math.max(stops?.at(-1) ?? -Infinity, data.high + margin);
  const room = width - 2 * EDGE;
  return {
    low, high, width,
    x: (value) => EDGE + ((value - low) / (high - low)) * room,
    value: (x) => low + ((x - EDGE) / room) * (high - low),
  };
};

const barPaths = (data, scale, middle) => {
  const single = data.high === data.low;
  const step = single ? (scale.high - scale.low) / 20 : (data.high - data.low) / data.counts[0].length;
  const start = single ? data.low - step / 2 : data.low;
  const room = middle - TOP - 2;
  const peaks = data.counts.map((counts) => Math.max(1, ...counts));
  return data.counts.map((counts, side) => {
    const peak = data.shared ? Math.max(...peaks) : peaks[side];
    let path = "";
    counts.forEach((count, bin) => {
      if (!count) return;
      const from = Math.round(scale.x(single ? start : start + bin * step));
      const to = Math.max(from + 1, Math.round(scale.x((single ? start : start + bin * step) + step)) - 1);
      const tall = Math.max(2, Math.round((count / peak) * room));
      const top = side === 0 ? middle - 1 - tall : middle + 1;
      path += `M${from} ${top}H${to}V${top + tall}H${from}Z`;
    });
    return path;
  });
};

const drawAxis = (svg, scale, middle) => {
  shape(svg, "line", { x1: 0, x2: scale.width, y1: middle, y2: middle, class: "axis" });
  for (const value of ticksOf(scale.low, scale.high, Math.max(3, Math.min(10, scale.width / 90)))) {
    const x = scale.x(value);
    shape(svg, "line", { x1: x, x2: x, y1: middle - 3, y2: middle + 3, class: "tick" });
    shape(svg, "text", { x, y: HEIGHT - 6, "text-anchor": x < 20 ? "start" : x > scale.width - 20 ? "end" : "middle" }, shortText(value, 4));
  }
};

// Draws everything that stays, and gives back what moves: where each side is right, and the trace.
const drawStill = (svg, data, scale) => {
  svg.setAttribute("viewBox", `0 0 ${scale.width} ${HEIGHT}`);
  svg.setAttribute("aria-label", `${data.labels[0]}, ${data.labels[1]}: ${data.caption}`);
  svg.replaceChildren();
  const defs = shape(svg, "defs", {});
  addStripes(defs);
  const middle = TOP + (HEIGHT - TOP - BOTTOM) / 2;
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
      shape(svg, "line", { x1: x, x2: x, y1: TOP - 8, y2: HEIGHT - BOTTOM, class: "border" });
      shape(svg, "text", { x: x + 5, y: TOP, class: "halo" }, shortText(line, 4));
    }
  }
  const trace = shape(svg, "g", { class: "trace" });
  shape(svg, "text", { x: 0, y: 12, class: "halo" }, `↑ ${data.labels[0]}`);
  shape(svg, "text", { x: 0, y: HEIGHT - BOTTOM + 6, class: "halo" }, `↓ ${data.labels[1]}`);
  return { clipTo, trace };
};
