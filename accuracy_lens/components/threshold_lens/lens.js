// The lens: a threshold that is dragged over the scores by mouse, touch or keys. It stops at the round
// steps of a ladder, or at real scores with exact counts; it says nothing in between.

const VISITED = 30;
const REST = 250; // milliseconds after the last key until the threshold counts as chosen
const STEPS = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1, PageUp: 10, PageDown: -10 };

const makeLens = (parent) => {
  const root = element(parent, "div", "lens");
  const stage = element(root, "div", "stage");
  const svg = shape(stage, "svg", { role: "img" });
  const handle = element(stage, "div", "handle");
  handle.tabIndex = 0;
  handle.setAttribute("role", "slider");
  const label = element(handle, "span", "label");
  root.view = { root, stage, svg, handle, label, visited: [], told: [], server: null };
  makePointing(root.view);
  root.view.legend = element(root, "div", "legend");
  root.view.status = element(root, "p", "status");
  root.view.status.setAttribute("role", "status");
  for (const name of ["clear", "save"]) {
    root.view[name] = element(root, "button", name);
    root.view[name].type = "button";
  }
  return root.view;
};

const drawLegend = (view) => {
  const { data } = view.component;
  view.legend.replaceChildren();
  for (const name of data.boundary ? ["right", "wrong"] : []) {
    const key = element(view.legend, "span", "key");
    element(key, "span", `swatch ${name}`);
    key.append(data.words[name]);
  }
  data.answers?.forEach((_, vote) => {
    const key = element(view.legend, "span", "key");
    element(key, "span", `swatch answer ${vote === data.answers.length - 1 ? "latest" : "earlier"}`);
    key.append(data.words.votes[data.answers.length - 1][vote]);
  });
  view.caption = element(view.legend, "span", "caption");
  setText(view.clear, data.words.clear);
  setText(view.save, data.words.save);
  view.legend.append(view.clear, view.save);
};

const stopText = (view) => view.slider.texts?.[view.slider.stops.indexOf(view.value)] ?? shortText(view.value);

const caption = (view, text) => {
  const { data } = view.component;
  if (view.grid && view.counts) {
    const above = countText(view.counts.tp + view.counts.fp);
    return filled(data.words.above, { above, n: countText(view.grid.positives + view.grid.negatives), threshold: text });
  }
  const index = view.slider && view.value !== view.server && data.boundary?.moves ? view.slider.stops.indexOf(view.value) : -1;
  const sentence = view.slider?.captions?.[index] ?? data.caption;
  return data.shared ? sentence : `${sentence} (${data.words.scale})`;
};

// The threshold with what it gives, in one sentence.
const result = (view, text) => {
  const { words } = view.component.data;
  const sentence = caption(view, text);
  if (!view.grid || !view.counts) {
    return sentence.includes(text) ? sentence : filled(words.standing, { threshold: text, sentence });
  }
  const { tp, fp } = view.counts;
  return filled(words.result, {
    threshold: text, accuracy: figureText(FIGURES.accuracy(view.counts)),
    above: countText(tp + fp), n: countText(view.grid.positives + view.grid.negatives),
  });
};

// Told to a screen reader once the threshold rests and the server has answered.
const tellResult = (view) => {
  const { words } = view.component.data;
  setText(view.status, [result(view, stopText(view)), ...(view.grid ? [] : words.numbers)].join(" "));
};

const drawTrace = (view) => {
  const ticks = view.visited.map((value, index) => {
    const x = view.scale.x(value).toFixed(1);
    return `<line x1="${x}" x2="${x}" y1="${FLOOR + 24}" y2="${FLOOR + 30}" opacity="${((index + 1) / view.visited.length).toFixed(2)}"></line>`;
  });
  view.still.trace.innerHTML = ticks.join("");
  view.clear.classList.toggle("empty", !view.visited.length);
};

const visit = (view) => {
  const last = view.visited.at(-1);
  if (last !== undefined && Math.abs(view.scale.x(last) - view.scale.x(view.value)) < 4) return;
  view.visited.push(view.value);
  if (view.visited.length > VISITED) view.visited.shift();
  drawTrace(view);
};

// Only what follows the threshold: a transform, two clips, and texts in cells of fixed size.
const paint = (view) => {
  const { data } = view.component;
  if (!view.slider) return setText(view.caption, caption(view, ""));
  const text = stopText(view);
  const x = Math.min(view.scale.width - EDGE, Math.max(LEFT, view.scale.x(view.value)));
  view.handle.style.transform = `translateX(${x * view.unit}px)`;
  view.handle.classList.toggle("turned", x > view.scale.width / 2);
  view.handle.setAttribute("aria-valuenow", view.value);
  view.handle.setAttribute("aria-valuetext", result(view, text));
  setText(view.label, text);
  if (data.boundary?.moves) {
    view.still.clipTo(0, [view.value, null]);
    view.still.clipTo(1, [null, view.value]);
  }
  setText(view.caption, caption(view, text));
  if (view.reading) showReading(view.reading, view.counts, view.ties);
  return undefined;
};

const stand = (view, value, counts = null) => {
  view.value = value;
  const index = view.grid ? positionOf(view.grid.threshold, value) : -1;
  const known = view.grid?.threshold[index] === value;
  const { here, slider } = view.component.data;
  const told = here && value === slider?.value ? here : { counts, ties: null };
  view.counts = known ? countsAt(view.grid, index) : told.counts;
  view.ties = known ? countsAt(view.grid, index, true) : told.ties;
};

const moveTo = (view, index) => {
  const { stops } = view.slider;
  const value = stops[Math.max(0, Math.min(stops.length - 1, index))];
  if (value === view.value) return;
  stand(view, value);
  view.frame ??= requestAnimationFrame(() => {
    view.frame = null;
    paint(view);
    visit(view);
    announce(view.component, view.component.data.name, view.value, stopText(view), view.counts, view.slider.texts ? stops.indexOf(view.value) : null);
  });
};

const choose = (view) => {
  clearTimeout(view.rest);
  view.rest = null;
  if (view.value === view.chosen) return;
  view.chosen = view.value;
  release(view.component, view.value);
};

const onKey = (view, event) => {
  const { stops } = view.slider;
  const step = { Home: -Infinity, End: Infinity, ...STEPS }[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
  event.preventDefault();
  const index = positionOf(stops, view.value);
  const between = stops[index] !== view.value && step > 0 ? 1 : 0; // the next stop is one step away
  moveTo(view, index + step - between);
  pointAtThreshold(view);
  clearTimeout(view.rest);
  view.rest = setTimeout(() => choose(view), REST);
};

const pointerIndex = (view, event) => {
  return nearest(view.slider.stops, valueAt(view, event));
};

const listen = (view) => {
  const { stage, handle } = view;
  stage.onpointerdown = (event) => {
    if (!view.slider || event.button !== 0 || view.drag) return;
    view.drag = { id: event.pointerId, from: view.value };
    view.touched = event.pointerType === "touch";
    stage.setPointerCapture(event.pointerId);
    handle.focus({ preventScroll: true });
    if (event.pointerType === "touch") return; // it may become a scroll; a tap counts when it ends
    event.preventDefault();
    moveTo(view, pointerIndex(view, event));
  };
  stage.onpointermove = (event) => {
    if (event.pointerId === view.drag?.id) {
      moveTo(view, pointerIndex(view, event));
      if (view.spot !== null) leaveBins(view);
    } else if (!view.drag) pointAt(view, event);
  };
  stage.onpointerleave = (event) => {
    if (event.pointerType !== "touch") leaveBins(view);
  };
  stage.onpointerup = (event) => {
    if (event.pointerId !== view.drag?.id) return;
    moveTo(view, pointerIndex(view, event));
    view.drag = null;
    pointAt(view, event);
    choose(view);
  };
  stage.onpointercancel = (event) => {
    if (event.pointerId !== view.drag?.id) return;
    const { from } = view.drag;
    view.drag = null;
    stand(view, from);
    paint(view);
    announce(view.component, view.component.data.name, from, stopText(view), view.counts, null);
  };
  handle.onkeydown = (event) => onKey(view, event);
  handle.onfocus = () => view.drag || pointAtThreshold(view);
  handle.onblur = () => {
    if (!view.touched) leaveBins(view); // a tap takes the focus away again
    if (view.rest) choose(view);
  };
  view.save.onclick = () => savePicture(view.root, pictureOf(view));
  view.clear.onclick = () => {
    view.visited = [];
    drawTrace(view);
  };
};

const settle = (view) => {
  const { data } = view.component;
  view.grid = data.grid && view.table === data.grid ? view.grid : data.grid && stopsOf(data.grid, ...data.totals);
  view.table = data.grid;
  const subject = JSON.stringify([data.low, data.high, data.totals]);
  if (subject !== view.subject) view.visited = [];
  view.subject = subject;
  view.slider = data.slider && { ...data.slider, stops: view.grid?.threshold ?? data.slider.stops };
  view.handle.hidden = !view.slider;
  view.stage.classList.toggle("moves", Boolean(view.slider));
  view.handle.classList.toggle("idle", !data.boundary?.moves);
  if (view.grid && !view.reading) view.reading = makeReading(view.root, data.words);
  if (view.reading) view.reading.root.hidden = !view.grid;
  view.root.classList.toggle("reads", Boolean(view.grid));
  if (!view.slider) return;
  const { stops, value } = view.slider;
  view.moved = view.server !== null && value !== view.server;
  // what the server says holds where it is new; a move that it has not answered yet stays in sight
  const holds = isAnswered(view, value) && value !== view.server && !view.drag && !view.rest;
  if (holds) view.chosen = value;
  stand(view, holds ? value : view.value, holds ? null : view.counts);
  view.server = value;
  view.handle.setAttribute("aria-label", data.words.threshold);
  view.handle.setAttribute("aria-orientation", "horizontal");
  view.handle.setAttribute("aria-valuemin", Math.min(stops[0], value));
  view.handle.setAttribute("aria-valuemax", Math.max(stops.at(-1), value));
};

const redraw = (view) => {
  view.unit = (view.svg.clientHeight || HEIGHT) / HEIGHT; // a higher lens is drawn larger, texts and all
  view.root.style.setProperty("--unit", view.unit);
  view.scale = scaleOf(view.component.data, view.slider?.stops, (view.svg.clientWidth || 600) / view.unit);
  view.still = drawStill(view.svg, view.component.data, view.scale);
  drawTrace(view);
  paint(view);
  const { bin } = view;
  view.bin = undefined;
  showBin(view, bin < view.component.data.counts[0].length ? bin : null);
};

// What the page shows in HTML is written into the picture: the threshold, the key, the metrics.
const pictureOf = (view) => {
  const { data } = view.component;
  const { words } = data;
  const text = view.slider ? stopText(view) : "";
  const colour = (name) => getComputedStyle(view.root).getPropertyValue(`--${name}`);
  const key = data.boundary ? ["right", "wrong"].map((name) => ({ text: words[name], ink: colour(name) })) : [];
  const below = [key, [{ text: caption(view, text) }]];
  if (view.value === view.server || !view.slider) below.push(...words.numbers.map((line) => [{ text: line }]));
  if (view.reading && view.grid && view.counts) below.push(...readingTexts(view.reading));
  const over = (pen, { ground, ink, family }) => {
    if (!view.slider) return;
    pen.save();
    pen.scale(view.unit, view.unit);
    const x = Math.min(view.scale.width - EDGE, Math.max(LEFT, view.scale.x(view.value)));
    [pen.strokeStyle, pen.lineWidth] = [ink, 2];
    pen.setLineDash([4, 4]);
    pen.beginPath();
    pen.moveTo(x, 18);
    pen.lineTo(x, FLOOR);
    pen.stroke();
    pen.setLineDash([]);
    pen.font = `600 13px ${family}`;
    const wide = pen.measureText(text).width;
    const left = x > view.scale.width / 2 ? x - 5 - wide : x + 5;
    pen.fillStyle = ground;
    pen.fillRect(left - 2, 14, wide + 4, 17);
    pen.fillStyle = ink;
    pen.fillText(text, left, 27);
    pen.restore();
  };
  return { title: words.title, file: filled(words.file, { threshold: text }), svgs: [view.svg], below: below.filter((parts) => parts.length), over };
};

const drawLens = (component) => {
  const { parentElement } = component;
  const view = parentElement.querySelector(".lens")?.view ?? makeLens(parentElement);
  view.component = component;
  settle(view);
  drawLegend(view);
  listen(view);
  redraw(view);
  if (view.moved) tellResult(view);
  view.observer?.disconnect();
  const size = () => `${view.svg.clientWidth} ${view.svg.clientHeight}`;
  let drawn = size();
  view.observer = new ResizeObserver(() => {
    if (size() === drawn) return;
    drawn = size();
    redraw(view);
  });
  view.observer.observe(view.svg);
  const deaf = listenOnce(view, (detail) => {
    if (detail.source === view.component.data.name || !view.slider) return;
    stand(view, detail.value, detail.source === "curves" ? detail.counts : null); // those of another lens are of other scores
    paint(view);
  });
  return () => {
    deaf();
    view.observer.disconnect();
  };
};

export default following(drawLens);
