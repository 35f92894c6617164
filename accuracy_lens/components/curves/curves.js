// Small plots of exact thresholds. Each is drawn once for its data, whatever the threshold is; the mark of
// the threshold in view is all that moves. Pointing at a plot shows its nearest threshold everywhere, a click chooses it.

const makeCurves = (parent) => {
  const root = element(parent, "div", "curves");
  root.view = { root, plots: [], hidden: new Map(), told: [], moving: false, server: null };
  return root.view;
};

const makePlot = (view, words) => {
  const box = element(view.root, "figure", "plot");
  const head = element(box, "div", "head");
  element(head, "h3", "", words.title);
  const numbers = element(head, "p", "numbers");
  const stage = element(box, "div", "stage");
  const svg = shape(stage, "svg", { role: "img", class: "still" });
  svg.setAttribute("aria-label", `${words.title}: ${words.caption}`);
  const marks = shape(stage, "svg", { class: "marks", "aria-hidden": "true" }); // a layer of its own
  const legend = element(box, "div", "keys");
  element(box, "figcaption", "", words.caption);
  return { words, box, numbers, stage, svg, marks, legend };
};

const drawKeys = (view, plot) => {
  plot.legend.replaceChildren();
  if (plot.words.lines.length === 1) return;
  visible(view, plot).forEach((on, which) => {
    const line = plot.words.lines[which];
    const key = element(plot.legend, "button", "key");
    key.type = "button";
    key.setAttribute("aria-pressed", String(on));
    const swatch = shape(key, "svg", { width: 22, height: 8, viewBox: "0 0 22 8", "aria-hidden": "true" });
    shape(swatch, "path", { d: "M0 4H22", class: `line line-${which}` });
    element(key, "span", "", line.title);
    element(key, "span", "value");
    key.onclick = () => {
      view.hidden.set(`${plot.words.name} ${line.name}`, !on);
      drawKeys(view, plot);
      drawPlot(view, plot);
      paintPlot(view, plot);
    };
  });
};

const paintPlot = (view, plot) => {
  const { words, scales } = plot;
  const { counts, value } = view;
  plot.marks.classList.toggle("absent", !counts);
  if (plot.line) {
    const x = Math.min(scales.x(scales.right), Math.max(scales.x(scales.left), scales.x(value)));
    plot.line.setAttribute("transform", `translate(${x.toFixed(1)} 0)`);
  }
  if (!counts) return setText(plot.numbers, view.component.data.words.unknown);
  const across = coordinate(view, words.x, counts, value);
  const empty = words.predicted && counts.tp + counts.fp === 0;
  const x = Math.min(scales.x(scales.right), Math.max(scales.x(scales.left), scales.x(across)));
  const ups = words.lines.map((line) => coordinate(view, line.name, counts, value));
  ups.forEach((up, which) => {
    plot.dots[which]?.setAttribute("transform", `translate(${x.toFixed(1)} ${scales.y(up).toFixed(1)})`);
    plot.dots[which]?.classList.toggle("absent", Boolean(empty));
  });
  const first = `${words.xTitle} ${words.x === "threshold" ? shortText(value) : figureText(across)}`;
  if (ups.length === 1) return setText(plot.numbers, `${first}, ${words.lines[0].title} ${figureText(ups[0])}`);
  ups.forEach((up, which) => setText(plot.legend.children[which].lastChild, figureText(up)));
  return setText(plot.numbers, first);
};

const paint = (view) => view.plots.forEach((plot) => paintPlot(view, plot));

const stand = (view, value, counts) => {
  const index = positionOf(view.stops.threshold, value);
  const known = view.stops.threshold[index] === value ? countsAt(view.stops, index) : null;
  view.value = value;
  view.counts = counts ?? known ?? (value === view.component.data.threshold ? view.component.data.counts : null);
};

const show = (view, value) => {
  if (value === view.value) return;
  stand(view, value, null);
  view.frame ??= requestAnimationFrame(() => {
    view.frame = null;
    paint(view);
    announce("curves", view.value, shortText(view.value), view.counts);
  });
};

const nearestStop = (view, plot, event) => {
  const box = plot.svg.getBoundingClientRect();
  const px = event.clientX - box.left, py = event.clientY - box.top;
  if (plot.words.x === "threshold") return nearest(view.stops.threshold, plot.scales.value(px));
  let best = 0, least = Infinity;
  for (let index = 0; index < plot.count; index += 1) {
    const far = (plot.scales.x(plot.across[index]) - px) ** 2 + (plot.scales.y(plot.up[0][index]) - py) ** 2;
    if (far < least) [best, least] = [index, far];
  }
  return best;
};

const listen = (view, plot) => {
  const { stage } = plot;
  let pressed = null;
  const point = (event) => show(view, view.stops.threshold[nearestStop(view, plot, event)]);
  const leave = () => {
    pressed = null;
    show(view, view.chosen);
  };
  stage.onpointermove = (event) => point(event);
  stage.onpointerdown = (event) => {
    if (event.button !== 0) return;
    pressed = event.pointerId;
    if (event.pointerType !== "touch") event.preventDefault();
  };
  stage.onpointerup = (event) => {
    if (event.pointerId !== pressed) return;
    pressed = null;
    point(event);
    if (view.value === view.chosen) return;
    view.chosen = view.value;
    release(view.component, view.value);
  };
  stage.onpointerleave = leave;
  stage.onpointercancel = leave;
};

const build = (view) => {
  const { data } = view.component;
  view.root.replaceChildren();
  view.stops = stopsOf(data.stops, ...data.totals);
  view.plots = data.plots.map((words) => makePlot(view, words));
  view.still = data.reliability ? makePlot(view, data.reliability) : null;
  for (const plot of view.plots) {
    measure(view, plot);
    drawKeys(view, plot);
    plot.stage.classList.add("linked");
    listen(view, plot);
  }
};

const redraw = (view) => {
  for (const plot of view.plots) if (plot.width !== plot.svg.clientWidth) drawPlot(view, plot);
  if (view.still && view.still.width !== view.still.svg.clientWidth) drawCalibration(view.still);
  paint(view);
};

export default function (component) {
  const { data, parentElement } = component;
  const view = parentElement.querySelector(".curves")?.view ?? makeCurves(parentElement);
  view.component = component;
  const drawn = JSON.stringify([data.version, data.totals, data.plots, data.cost, data.reliability]);
  if (drawn !== view.drawn) build(view);
  view.drawn = drawn;
  const holds = isAnswered(view, data.threshold) && !view.moving;
  stand(view, holds ? data.threshold : view.value, null);
  if (holds) view.chosen = data.threshold;
  view.server = data.threshold;
  redraw(view);
  view.observer?.disconnect();
  view.observer = new ResizeObserver(() => redraw(view));
  view.observer.observe(view.root);
  const deaf = listenOnce(view, (detail) => {
    if (detail.source === "curves") return;
    view.moving = detail.value !== view.server;
    stand(view, detail.value, detail.counts);
    paint(view);
  });
  return () => {
    deaf();
    view.observer.disconnect();
  };
}
