// A group of buttons is one stop of the tab key: arrows, Home and End go from button to button.

const rove = (group, select, first) => {
  const all = () => [...group.querySelectorAll(select)];
  const stopAt = (stop) => all().forEach((node) => { node.tabIndex = node === stop ? 0 : -1; });
  const old = all().filter((node) => node.tabIndex === 0);
  stopAt(old.length === 1 ? old[0] : first ?? all()[0]);
  group.onfocusin = (event) => all().includes(event.target) && stopAt(event.target);
  group.onkeydown = (event) => {
    const nodes = all(), at = nodes.indexOf(event.target);
    const to = { ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: nodes.length - 1 }[event.key];
    if (at < 0 || to === undefined || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault();
    nodes[to]?.focus();
  };
};
