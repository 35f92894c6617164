// Draws a component with what moves on it, where that is told apart; again with each move. What was
// told of another view, in which something else differs, is no part of it.

const overlaid = (still, moves) => {
  const data = Array.isArray(still) ? [...still] : { ...still };
  for (const [name, value] of Object.entries(moves)) data[name] = name in still ? overlaid(still[name], value) : value;
  return data;
};

const following = (draw) => (component) => {
  const { data, parentElement: root } = component;
  root.deafToMoves?.();
  if (!data.follows) return draw(component);
  const { key, of } = data.follows;
  let leave;
  const follow = () => {
    const told = window.accuracyLensMoves?.[key];
    if (told?.of === of) leave = draw({ ...component, data: overlaid(data, told.moves) });
  };
  window.addEventListener("accuracy-lens-moves", follow);
  root.deafToMoves = () => window.removeEventListener("accuracy-lens-moves", follow);
  follow();
  return () => {
    root.deafToMoves();
    leave?.();
  };
};
