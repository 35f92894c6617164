// What the bars of the lens say: the counts of the bin that is pointed at, by mouse, by touch, or by the
// threshold when it is moved by keys. They stand in one place under the drawing.

const makePointing = (view) => {
  view.pointed = element(view.root, "p", "pointed");
  view.bin = null;
};

const showBin = (view, bin) => {
  if (bin === view.bin) return;
  view.bin = bin;
  const { data } = view.component;
  const { mark } = view.still;
  mark.classList.toggle("absent", bin === null);
  if (bin === null) return setText(view.pointed, data.words.point);
  const { from, to, left, right } = binOf(data, view.scale, bin);
  mark.setAttribute("x", left);
  mark.setAttribute("width", right - left);
  const [first, second] = data.counts.map((counts) => countText(counts[bin]));
  const template = from === to ? data.words.bin_of_one : data.words.bin;
  return setText(view.pointed, filled(template, { low: shortText(from), high: shortText(to), first, second }));
};

const binAt = (view, value) => {
  const { low, high, counts } = view.component.data;
  if (low === high) return Math.abs(view.scale.x(value) - view.scale.x(low)) < 40 ? 0 : null;
  const bin = Math.floor(((value - low) / (high - low)) * counts[0].length);
  if (value === high) return counts[0].length - 1;
  return bin < 0 || bin >= counts[0].length ? null : bin;
};

const valueAt = (view, event) => view.scale.value((event.clientX - view.svg.getBoundingClientRect().left) / view.unit);

// While the threshold is dragged nothing is shown but it; the bin comes when it rests.
const pointAt = (view, event) => {
  view.spot = binAt(view, valueAt(view, event));
  view.look ??= requestAnimationFrame(() => {
    view.look = null;
    showBin(view, view.spot);
  });
};

const pointAtThreshold = (view) => {
  view.spot = view.slider ? binAt(view, view.value) : null;
  if (!view.look) showBin(view, view.spot);
};

const leaveBins = (view) => {
  view.spot = null;
  if (!view.look) showBin(view, null);
};
