// Draws one card per variant. Called again with new data after every rerun; nodes are kept by name,
// so that focus stays and nothing jumps. Tells the page which card is pointed at.

const element = (tag, className) => {
  const node = document.createElement(tag);
  if (className) node.className = className;
  return node;
};

const setText = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

const keyed = (parent, names, make) => {
  const old = new Map([...parent.children].map((child) => [child.dataset.name, child]));
  names.forEach((name, index) => {
    let child = old.get(name);
    if (!child) {
      child = make(name);
      child.dataset.name = name;
    }
    old.delete(name);
    if (parent.children[index] !== child) parent.insertBefore(child, parent.children[index] ?? null);
  });
  old.forEach((child) => child.remove());
};

const makeGroups = (root) => {
  for (const name of ["accuracies", "others", "misfits"]) {
    const group = element("section", name);
    group.append(element("h2"), element("div", "grid"));
    root.append(group);
  }
};

const makeCard = () => {
  const card = element("button", "card");
  card.type = "button";
  const bar = element("span", "bar");
  bar.append(element("span", "bar-right"));
  card.append(
    element("span", "title"), element("span", "value"), bar,
    element("span", "count"), element("span", "change"), element("span", "badges"),
  );
  return card;
};

const drawNumber = (node, card) => {
  const [, value, bar, count, change] = node.children;
  setText(value, card.value);
  setText(count, card.count);
  setText(change, card.change || "\u00a0");
  bar.classList.toggle("empty", !card.accuracy || card.result === null);
  bar.firstChild.style.width = `${Math.min(100, Math.max(0, 100 * (card.result ?? 0)))}%`;
};

// What a card says at one stop of the slider, before the server has confirmed it.
const atStop = (data, card, index) => {
  const live = data.live[card.name];
  if (!live || !(index in live.values)) return card;
  const moved = live.results[index] - card.result;
  const change = `${moved < 0 ? "-" : "+"}${Math.abs(moved).toFixed(4)}`;
  return {
    ...card, value: live.values[index], count: live.counts[index], result: live.results[index],
    change: moved ? data.words.change.replace("{change}", change) : "",
  };
};

const drawCard = (node, card, selected) => {
  const [title, , , , , badges] = node.children;
  drawNumber(node, card);
  setText(title, card.title);
  setText(badges, card.badges.join(" · "));
  node.title = card.words;
  node.setAttribute("aria-pressed", String(card.name === selected));
};

const makeMisfit = () => {
  const card = element("div", "misfit");
  card.append(element("span", "title"), element("span", "reason"), element("button", "remedy"));
  card.lastChild.type = "button";
  return card;
};

const drawMisfit = (node, card) => {
  const [title, reason, remedy] = node.children;
  setText(title, card.title);
  setText(reason, card.reason);
  setText(remedy, card.remedy);
  remedy.hidden = !card.convert;
};

const drawBoard = (component) => {
  const { data, parentElement, setTriggerValue } = component;
  let root = parentElement.querySelector(".board");
  if (!root) {
    root = element("div", "board");
    makeGroups(root);
    parentElement.append(root);
  }
  const point = (name) => window.dispatchEvent(new CustomEvent("accuracy-lens-point", { detail: name }));
  const [accuracies, others, misfits] = root.children;
  const groups = [
    [accuracies, data.words.accuracies, data.cards.filter((card) => card.accuracy)],
    [others, data.words.others, data.cards.filter((card) => !card.accuracy)],
  ];
  for (const [group, heading, cards] of groups) {
    const [title, grid] = group.children;
    setText(title, heading);
    group.hidden = cards.length === 0;
    keyed(grid, cards.map((card) => card.name), makeCard);
    cards.forEach((card, index) => {
      const node = grid.children[index];
      drawCard(node, card, data.selected);
      node.onclick = () => setTriggerValue("pick", card.name);
      node.onpointerenter = node.onfocus = () => point(card.name);
      node.onpointerleave = node.onblur = () => point(null);
    });
  }
  const [title, grid] = misfits.children;
  setText(title, data.words.misfits);
  misfits.hidden = data.misfits.length === 0;
  keyed(grid, data.misfits.map((card) => card.name), makeMisfit);
  data.misfits.forEach((card, index) => {
    drawMisfit(grid.children[index], card);
    grid.children[index].lastChild.onclick = () => setTriggerValue("convert", card.convert);
  });

  rove(root, ".card, .remedy:not([hidden])", root.querySelector(".card[aria-pressed=true]"));

  const follow = (stop) => {
    data.cards.forEach((card) => {
      const node = root.querySelector(`.card[data-name="${card.name}"]`);
      drawNumber(node, stop ? atStop(data, card, stop.index) : card);
    });
  };
  if (root.stop?.value === data.threshold) root.stop = null;
  follow(root.stop);
  const onThreshold = (event) => {
    root.stop = event.detail;
    follow(root.stop);
  };
  const onStep = (event) => {
    const lit = new Set(event.detail);
    root.querySelectorAll(".card").forEach((node) => node.classList.toggle("lit", lit.has(node.dataset.name)));
  };
  root.deaf?.(); // this runs after each rerun, but what it gives back only when the board goes away
  window.addEventListener("accuracy-lens-step", onStep);
  window.addEventListener("accuracy-lens-threshold", onThreshold);
  root.deaf = () => {
    window.removeEventListener("accuracy-lens-step", onStep);
    window.removeEventListener("accuracy-lens-threshold", onThreshold);
  };
  return root.deaf;
};

export default following(drawBoard);
