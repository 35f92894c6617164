// Draws counts of scores as mirrored bars: one label above the line, the other below. A bar is
// coloured by whether a score there is right for its label; a border cuts a bar where it falls.

const SVG = "http://www.w3.org/2000/svg";
const HEIGHT = 240, TOP = 26, BOTTOM = 26, LEFT = 8, RIGHT = 8; // half a thumb, so that both axes agree

const shape = (parent, tag, attributes, text) => {
  const made = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  if (text !== undefined) made.textContent = text;
  parent.append(made);
  return made;
};

const shown = (value) => {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-3 || size >= 1e5)) return value.toExponential(2);
  return String(Number(value.toPrecision(4)));
};

const addStripes = (svg) => {
  const pattern = shape(shape(svg, "defs", {}), "pattern", {
    id: "stripes", width: 5, height: 5, patternUnits: "userSpaceOnUse", patternTransform: "rotate(45)",
  });
  shape(pattern, "rect", { width: 5, height: 5, class: "stripe-ground" });
  shape(pattern, "line", { x1: 0, y1: 0, x2: 0, y2: 5, class: "stripe" });
};

const pieces = (from, to, right) => {
  if (!right) return [[from, to, "plain"]];
  const low = Math.min(to, Math.max(from, right[0] ?? from));
  const high = Math.max(from, Math.min(to, right[1] ?? to));
  if (low >= high) return [[from, to, "wrong"]];
  return [[from, low, "wrong"], [low, high, "right"], [high, to, "wrong"]].filter(([a, b]) => b > a);
};

const draw = (svg, data, moved) => {
  const width = svg.clientWidth || 600;
  svg.setAttribute("viewBox", `0 0 ${width} ${HEIGHT}`);
  svg.replaceChildren();
  addStripes(svg);
  const single = data.high === data.low;
  const cut = data.cut?.moves && moved !== null
    ? { lines: [moved], right: [[moved, null], [null, moved]] }
    : data.cut;
  const lines = cut?.lines ?? [];
  const stops = data.slider?.stops;
  const margin = single ? 0.5 : 0;
  const low = Math.min(stops?.[0] ?? Infinity, data.low - margin);
  const high = Math.max(stops?.at(-1) ?? -Infinity, data.high + margin);
  const x = (value) => LEFT + ((value - low) / (high - low)) * (width - LEFT - RIGHT);
  const bins = data.counts[0].length;
  const step = single ? 1 / 20 : (data.high - data.low) / bins;
  const start = single ? data.low - step / 2 : data.low;
  const peaks = data.counts.map((counts) => Math.max(1, ...counts));
  const peak = (side) => (data.shared ? Math.max(...peaks) : peaks[side]);
  const middle = TOP + (HEIGHT - TOP - BOTTOM) / 2;
  const room = middle - TOP - 2;

  data.counts.forEach((counts, side) => {
    counts.forEach((count, bin) => {
      if (!count) return;
      const from = single ? start : start + bin * step;
      const tall = Math.max(1.5, (count / peak(side)) * room);
      for (const [a, b, name] of pieces(from, from + step, cut?.right[side])) {
        shape(svg, "rect", {
          x: x(a), width: Math.max(0.5, x(b) - x(a) - 0.6), class: name,
          y: side === 0 ? middle - 1 - tall : middle + 1, height: tall,
        });
      }
    });
  });
  shape(svg, "line", { x1: 0, x2: width, y1: middle, y2: middle, class: "axis" });
  for (const part of [0, 0.25, 0.5, 0.75, 1]) {
    const value = low + part * (high - low);
    shape(svg, "line", { x1: x(value), x2: x(value), y1: middle - 3, y2: middle + 3, class: "tick" });
    const anchor = part === 0 ? "start" : part === 1 ? "end" : "middle";
    shape(svg, "text", { x: x(value), y: HEIGHT - 8, "text-anchor": anchor }, shown(value));
  }
  for (const line of lines) {
    if (line < low || line > high) continue;
    shape(svg, "line", { x1: x(line), x2: x(line), y1: TOP - 8, y2: HEIGHT - BOTTOM, class: "cut" });
    const side = x(line) > width / 2 ? "end" : "start";
    shape(svg, "text", { x: x(line) + (side === "end" ? -5 : 5), y: TOP, "text-anchor": side, class: "halo" }, shown(line));
  }
  shape(svg, "text", { x: LEFT, y: 12, class: "halo" }, `↑ ${data.labels[0]}`);
  shape(svg, "text", { x: LEFT, y: HEIGHT - BOTTOM + 2, class: "halo" }, `↓ ${data.labels[1]}`);
  svg.setAttribute("aria-label", `${data.labels[0]}, ${data.labels[1]}: ${data.caption}`);
};

const makeLens = (parent) => {
  const root = document.createElement("div");
  root.className = "lens";
  root.innerHTML = `<svg role="img"></svg><input type="range" min="0" step="1"><div class="legend"></div>`;
  root.moved = null;
  parent.append(root);
  return root;
};

const nearest = (stops, value) => {
  let best = 0;
  stops.forEach((stop, place) => {
    if (Math.abs(stop - value) < Math.abs(stops[best] - value)) best = place;
  });
  return best;
};

const drawLegend = (legend, data) => {
  legend.replaceChildren();
  for (const name of data.cut ? ["right", "wrong"] : []) {
    const key = document.createElement("span");
    key.className = "key";
    const swatch = document.createElement("span");
    swatch.className = `swatch ${name}`;
    key.append(swatch, data.words[name]);
    legend.append(key);
  }
  const caption = document.createElement("span");
  caption.className = "caption";
  legend.append(caption);
  return (text) => {
    caption.textContent = data.shared ? text : `${text} (${data.words.scale})`;
  };
};

export default function (component) {
  const { data, parentElement, setTriggerValue } = component;
  const root = parentElement.querySelector(".lens") ?? makeLens(parentElement);
  const [svg, input, legend] = root.children;
  const say = drawLegend(legend, data);
  const slider = data.slider;
  if (slider && root.moved === slider.value) root.moved = null; // the server has confirmed it

  const redraw = () => {
    draw(svg, data, root.moved);
    const index = slider ? nearest(slider.stops, root.moved ?? slider.value) : 0;
    const live = root.moved !== null && data.cut?.moves && slider.captions.length;
    say(live ? slider.captions[index] : data.caption);
    if (!slider) return;
    input.value = index;
    input.setAttribute("aria-valuetext", root.moved === null ? String(slider.value) : slider.texts[index]);
  };
  input.hidden = !slider;
  if (slider) {
    input.max = slider.stops.length - 1;
    input.setAttribute("aria-label", data.words.threshold);
    input.oninput = () => {
      const index = Number(input.value);
      root.moved = slider.stops[index];
      const detail = { index, value: root.moved, text: slider.texts[index] };
      window.dispatchEvent(new CustomEvent("accuracy-lens-threshold", { detail }));
      redraw();
    };
    input.onchange = () => setTriggerValue("threshold", slider.stops[Number(input.value)]);
  }
  redraw();
  root.observer?.disconnect();
  root.observer = new ResizeObserver(() => redraw());
  root.observer.observe(svg);
  return () => root.observer?.disconnect();
}
