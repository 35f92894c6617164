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
  element(head, "h2", "", words.title);
  const [table, save] = ["table", "save"].map((name) => {
    const button = element(head, "button", "tool", view.component.data.words[name]);
    button.type = "button";
    button.setAttribute("aria-label", words[name]);
    return button;
  });
  const said = element(box, "div", "said");
  const numbers = element(said, "p", "numbers");
  const at = element(said, "p", "at");
  const stage = element(box, "div", "stage");
  const svg = shape(stage, "svg", { role: "img", class: "still" });
  svg.setAttribute("aria-label", `${words.title}: ${words.caption}`);
  const marks = shape(stage, "svg", { class: "marks", "aria-hidden": "true" }); // a layer of its own
  const legend = element(box, "div", "keys");
  element(box, "figcaption", "", words.caption);
  const plot = { words, box, numbers, at, stage, svg, marks, legend };
  makeTable(view, plot, table);
  save.onclick = () => savePicture(view.root, pictureOf(view, plot));
  return plot;
};

const pictureOf = (view, plot) => {
  const { words } = plot;
  const keys = [...plot.legend.children].filter((key) => key.getAttribute("aria-pressed") === "true");
  const below = [
    [{ text: plot.numbers.textContent }, { text: plot.at.textContent }],
    keys.map((key) => ({
      text: filled(view.component.data.words.named, { name: key.children[1].textContent, value: key.lastChild.textContent }),
      ink: getComputedStyle(key.querySelector(".line")).stroke,
    })),
    [{ text: words.caption }],
  ];
  const file = filled(words.file, { threshold: shortText(view.value) });
  return { title: words.title, file, svgs: [plot.svg, plot.marks], below };
};

const drawKeys = (view, plot) => {
  const at = [...plot.legend.children].findIndex((key) => key.tabIndex === 0);
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
      fillTable(view, plot);
      plot.legend.children[which].focus();
    };
  });
  rove(plot.legend, ".key", plot.legend.children[at]);
};

const paintPlot = (view, plot) => {
  const { words, scales } = plot;
  const { counts, value } = view;
  plot.marks.classList.toggle("absent", !counts);
  if (plot.line) {
    const x = Math.min(scales.x(scales.right), Math.max(scales.x(scales.left), scales.x(value)));
    plot.line.setAttribute("transform", `translate(${x.toFixed(1)} 0)`);
  }
  const { words: said } = view.component.data;
  const stop = shortText(value);
  setText(plot.at, words.x === "threshold" ? "" : filled(said.at, { threshold: stop }));
  if (!counts) return setText(plot.numbers, said.unknown);
  const across = coordinate(view, words.x, counts, value);
  const empty = words.predicted && counts.tp + counts.fp === 0;
  const x = Math.min(scales.x(scales.right), Math.max(scales.x(scales.left), scales.x(across)));
  const ups = words.lines.map((line) => coordinate(view, line.name, counts, value));
  ups.forEach((up, which) => {
    plot.dots[which]?.setAttribute("transform", `translate(${x.toFixed(1)} ${scales.y(up).toFixed(1)})`);
    plot.dots[which]?.classList.toggle("absent", Boolean(empty));
  });
  const first = `${words.xTitle} ${words.x === "threshold" ? shortText(value) : figureText(across)}`;
  if (empty) return setText(plot.numbers, `${first}, ${said.nothing}`);
  if (ups.length === 1) return setText(plot.numbers, `${first}, ${words.lines[0].title} ${figureText(ups[0])}`);
  ups.forEach((up, which) => setText(plot.legend.children[which].lastChild, figureText(up)));
  return setText(plot.numbers, first);
};

const paint = (view) => {
  view.plots.forEach((plot) => {
    paintPlot(view, plot);
    tell(view, plot);
  });
};

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
    announce(view.component, "curves", view.value, shortText(view.value), view.counts);
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
    choose(view);
  };
  stage.onpointerleave = leave;
  stage.onpointercancel = leave;
  listenToKeys(view, plot);
};

// Arrows go along the curve as they point; Enter or a space chooses, Escape and leaving go back.
const listenToKeys = (view, plot) => {
  const { stage, words } = plot;
  const ahead = words.x === "threshold" ? 1 : -1; // more is predicted 1 below a threshold
  const steps = { ArrowRight: ahead, ArrowUp: ahead, ArrowLeft: -ahead, ArrowDown: -ahead, PageUp: 10 * ahead, PageDown: -10 * ahead };
  stage.tabIndex = 0;
  stage.setAttribute("role", "slider");
  stage.setAttribute("aria-label", words.label);
  stage.setAttribute("aria-valuemin", view.stops.threshold[0]);
  stage.setAttribute("aria-valuemax", view.stops.threshold.at(-1));
  stage.onblur = () => show(view, view.chosen);
  stage.onkeydown = (event) => {
    if (event.altKey || event.ctrlKey || event.metaKey) return;
    if (event.key in steps) {
      const { threshold } = view.stops;
      show(view, threshold[Math.max(0, Math.min(threshold.length - 1, positionOf(threshold, view.value) + steps[event.key]))]);
    } else if (event.key === "Escape") show(view, view.chosen);
    else if (event.key === "Enter" || event.key === " ") choose(view);
    else return;
    event.preventDefault();
  };
};

// A plot says to a screen reader what stands beside it.
const tell = (view, plot) => {
  plot.stage.setAttribute("aria-valuenow", view.value);
  plot.stage.setAttribute("aria-valuetext", `${plot.numbers.textContent} ${plot.at.textContent}`);
};

const choose = (view) => {
  if (view.value === view.chosen) return;
  view.chosen = view.value;
  release(view.component, view.value);
};

// A dot of the calibration is pointed at by its place across, or gone to by the arrows.
const listenToBins = (plot) => {
  const { stage, words } = plot;
  const last = words.notes.length - 1;
  let bin = 0;
  const say = (which) => {
    bin = Math.max(0, Math.min(last, which));
    setText(plot.at, words.notes[bin]);
    plot.dots.forEach((dot, index) => dot.setAttribute("r", index === bin ? 6 : 4));
  };
  const leave = () => {
    setText(plot.at, "");
    plot.dots.forEach((dot) => dot.setAttribute("r", 4));
  };
  const point = (event) => {
    const x = event.clientX - plot.svg.getBoundingClientRect().left;
    say(nearest(words.score, plot.scales.value(x)));
  };
  stage.tabIndex = 0;
  stage.setAttribute("role", "group");
  stage.setAttribute("aria-label", words.label);
  plot.at.setAttribute("aria-live", "polite");
  stage.onpointermove = point;
  stage.onpointerdown = point;
  stage.onpointerleave = (event) => event.pointerType === "touch" || leave();
  stage.onfocus = () => say(bin);
  stage.onblur = leave;
  stage.onkeydown = (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    say(bin + step);
    event.preventDefault();
  };
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
  if (view.still) listenToBins(view.still);
};

const redraw = (view) => {
  for (const plot of view.plots) if (plot.width !== plot.svg.clientWidth) drawPlot(view, plot);
  if (view.still && view.still.width !== view.still.svg.clientWidth) drawCalibration(view.still);
  paint(view);
};

const drawCurves = (component) => {
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
};

export default following(drawCurves);
