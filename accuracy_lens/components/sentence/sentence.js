// A sentence about what is counted above the threshold. While a lens or a plot moves that, it says so at
// once; what the server says after it is the same.

const makeSentence = (parent) => {
  const root = element(parent, "p", "sentence");
  root.view = { root, told: [], moving: false, server: null };
  return root.view;
};

const paint = ({ root, component, counts }) => {
  const accuracy = figureText(FIGURES.accuracy(counts)), right = countText(counts.tp + counts.tn);
  setText(root, filled(component.data.text, { accuracy, right }));
};

const drawSentence = (component) => {
  const { data, parentElement } = component;
  const view = parentElement.querySelector(".sentence")?.view ?? makeSentence(parentElement);
  view.component = component;
  if ((isAnswered(view, data.threshold) && !view.moving) || !view.counts) view.counts = data.counts;
  view.server = data.threshold;
  paint(view);
  return listenOnce(view, ({ value, counts }) => {
    if (!counts) return;
    view.moving = value !== view.server;
    view.counts = counts;
    paint(view);
  });
};

export default following(drawSentence);
