// What one threshold is worth. Counts are exact, and every metric follows from them as in Python:
// a share whose denominator is 0 is 0. Shared by the lens and the curves.

const share = (part, whole) => (whole ? part / whole : 0);

const FIGURES = {
  accuracy: (c) => share(c.tp + c.tn, c.tp + c.fp + c.tn + c.fn),
  precision: (c) => share(c.tp, c.tp + c.fp),
  recall: (c) => share(c.tp, c.tp + c.fn),
  specificity: (c) => share(c.tn, c.tn + c.fp),
  f1: (c) => share(2 * c.tp, 2 * c.tp + c.fn + c.fp),
  balanced_accuracy: (c) => {
    const labels = (c.tp + c.fn !== 0) + (c.tn + c.fp !== 0);
    return share(FIGURES.recall(c) + FIGURES.specificity(c), labels);
  },
  matthews: (c) => {
    const roots = Math.sqrt((c.tp + c.fp) * (c.tn + c.fn)) * Math.sqrt((c.tp + c.fn) * (c.tn + c.fp));
    return share(c.tp * c.tn - c.fp * c.fn, roots);
  },
  youden: (c) => FIGURES.recall(c) + FIGURES.specificity(c) - 1,
  false_positive_rate: (c) => share(c.fp, c.tn + c.fp),
  predicted_share: (c) => share(c.tp + c.fp, c.tp + c.fp + c.tn + c.fn),
  majority: (c) => share(Math.max(c.tp + c.fn, c.tn + c.fp), c.tp + c.fp + c.tn + c.fn),
  lift: (c) => share(FIGURES.precision(c), share(c.tp + c.fn, c.tp + c.fp + c.tn + c.fn)),
};

const figuresOf = (counts) =>
  Object.fromEntries(Object.entries(FIGURES).map(([name, of]) => [name, of(counts)]));

// The columns of an Arrow table as typed arrays, with the totals beside them.
const stopsOf = (table, positives, negatives) => {
  const column = (name) => table.getChild(name)?.toArray() ?? null;
  return {
    threshold: column("threshold"), above1: column("above_1"), above0: column("above_0"),
    at1: column("at_1"), at0: column("at_0"), positives, negatives,
  };
};

const countsAt = (stops, index, inclusive = false) => {
  const tp = stops.above1[index] + (inclusive ? stops.at1[index] : 0);
  const fp = stops.above0[index] + (inclusive ? stops.at0[index] : 0);
  return { tp, fp, tn: stops.negatives - fp, fn: stops.positives - tp };
};

// The first position whose value is not below the given one; the values ascend.
const positionOf = (values, value) => {
  let low = 0, high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (values[middle] < value) low = middle + 1;
    else high = middle;
  }
  return low;
};

const nearest = (values, value) => {
  const index = positionOf(values, value);
  if (index === 0) return 0;
  if (index === values.length) return index - 1;
  return values[index] - value < value - values[index - 1] ? index : index - 1;
};

const setText = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

const figureText = (value) => {
  const size = Math.abs(value);
  if (size === 0 || size >= 1e-3) return value.toFixed(4);
  const [digits, power] = value.toExponential(4).split("e");
  return `${digits}e${power[0]}${power.slice(1).padStart(2, "0")}`;
};

const whole = new Intl.NumberFormat("en-US", { maximumFractionDigits: 0 });
const broken = new Intl.NumberFormat("en-US", { maximumSignificantDigits: 6 });
const countText = (value) => (Number.isInteger(value) ? whole : broken).format(value);

const shortText = (value, digits = 6) => {
  const size = Math.abs(value);
  if (size !== 0 && (size < 1e-4 || size >= 1e6)) return String(Number(value.toExponential(digits - 1)));
  return String(Number(value.toPrecision(digits)));
};

const filled = (template, values) =>
  template.replace(/\{(\w+)\}/g, (kept, name) => (name in values ? values[name] : kept));

const EVENT = "accuracy-lens-threshold";
const CHOSEN = "accuracy-lens-chosen";

// Tells the page where the threshold is while it moves.
//   source: who moves it; control: its name in the address, or null; value, text: the threshold;
//   index: the stop of a ladder, else null;
//   counts: { tp, fp, tn, fn } and metrics, as figures, by name, exact, or null where they are not known.
const announce = (component, source, value, text, counts, index = null) => {
  const figures = counts && figuresOf(counts), control = component.data.address.name;
  window.dispatchEvent(new CustomEvent(EVENT, { detail: { source, control, value, text, index, counts, figures } }));
};

// A number as the server writes it into the address.
const written = (value) => {
  const [digits, power] = value.toExponential().split("e");
  const exponent = Number(power);
  if (value !== 0 && (exponent < -4 || exponent >= 16)) {
    return `${digits}e${exponent < 0 ? "-" : "+"}${String(Math.abs(exponent)).padStart(2, "0")}`;
  }
  return Number.isInteger(value) ? `${value}.0` : String(value);
};

// The address first: the server then finds it as it would write it, and adds no entry to the history.
const release = (component, value) => {
  const { name, plain } = component.data.address;
  if (name) { // else the address does not carry it
    const address = new URL(window.location.href);
    if (value === plain) address.searchParams.delete(name);
    else address.searchParams.set(name, written(value));
    window.history.replaceState(window.history.state, "", address);
  }
  window.dispatchEvent(new CustomEvent(CHOSEN, { detail: { control: name, value } }));
  component.setTriggerValue("threshold", value);
};

// Hears what the server says: whether no choice waits for its answer any more. An answer to an earlier
// choice does not undo a later one; the server may leave out answers, never change their order.
const isAnswered = (view, value) => {
  const answered = view.told.indexOf(value);
  if (answered >= 0) view.told.splice(0, answered + 1);
  else if (value !== view.server) view.told = [];
  return !view.told.length;
};

// A component is called again after each rerun and its clean-up only when it leaves the page. It hears
// of its own threshold alone; a page may have two.
const listenOnce = (root, follow) => {
  root.deaf?.();
  const isOwn = ({ detail }) => detail.control === root.component.data.address.name;
  const hear = (event) => isOwn(event) && follow(event.detail);
  const wait = (event) => {
    if (!isOwn(event)) return;
    root.told.push(event.detail.value);
    root.moving = false;
  };
  window.addEventListener(EVENT, hear);
  window.addEventListener(CHOSEN, wait);
  root.deaf = () => {
    window.removeEventListener(EVENT, hear);
    window.removeEventListener(CHOSEN, wait);
  };
  return root.deaf;
};

const SVG = "http://www.w3.org/2000/svg";
const shape = (parent, tag, attributes, text) => {
  const node = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  if (text !== undefined) node.textContent = text;
  parent.append(node);
  return node;
};

const element = (parent, tag, className, text) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined) node.textContent = text;
  parent.append(node);
  return node;
};

// Round numbers that divide a range into about as many parts as asked for.
const ticksOf = (low, high, parts) => {
  const rough = (high - low) / parts;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = power * ([1, 2, 2.5, 5].find((factor) => factor * power >= rough * 0.999) ?? 10);
  const ticks = [];
  for (let index = Math.ceil(low / step - 1e-9); index * step <= high + step * 1e-9; index += 1) {
    ticks.push(Number((index * step).toPrecision(12)));
  }
  return ticks;
};
