// Draws the five steps of one variant; shows those of another while it is pointed at.

const setText = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

const makeStep = (list) => {
  const step = document.createElement("li");
  step.className = "step";
  for (const name of ["title", "choice", "why"]) {
    const part = document.createElement("span");
    part.className = name;
    step.append(part);
  }
  list.append(step);
};

const drawStrip = (component) => {
  const { data, parentElement } = component;
  let list = parentElement.querySelector(".strip");
  if (!list) {
    list = document.createElement("ol");
    list.className = "strip";
    data.titles.forEach(() => makeStep(list));
    parentElement.append(list);
  }
  let shown = data.selected, threshold = null;
  const show = (name) => {
    shown = name in data.choices ? name : data.selected;
    const steps = data.choices[shown];
    [...list.children].forEach((step, index) => {
      const [title, choice, why] = step.children;
      setText(title, data.titles[index]);
      setText(choice, steps[index].thresholded && threshold !== null ? `> ${threshold}` : steps[index].choice);
      setText(why, index === data.lit ? data.words.lit : steps[index].why);
      step.classList.toggle("lit", index === data.lit);
      step.classList.toggle("faint", Boolean(steps[index].why));
    });
  };
  [...list.children].forEach((step, index) => {
    const send = (names) => window.dispatchEvent(new CustomEvent("accuracy-lens-step", { detail: names }));
    step.onpointerenter = () => {
      const here = data.choices[data.selected][index].choice;
      send(Object.keys(data.choices).filter((name) => data.choices[name][index].choice === here));
    };
    step.onpointerleave = () => send([]);
  });
  show(data.selected);
  const onPoint = (event) => show(event.detail ?? data.selected);
  const onThreshold = (event) => {
    if (event.detail.control !== data.control) return;
    threshold = event.detail.text;
    show(shown);
  };
  list.deaf?.(); // this runs after each rerun, but what it gives back only when the strip goes away
  window.addEventListener("accuracy-lens-point", onPoint);
  window.addEventListener("accuracy-lens-threshold", onThreshold);
  list.deaf = () => {
    window.removeEventListener("accuracy-lens-point", onPoint);
    window.removeEventListener("accuracy-lens-threshold", onThreshold);
  };
  return list.deaf;
};

export default following(drawStrip);
