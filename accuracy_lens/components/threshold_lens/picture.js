// A drawing as a PNG: the shapes as an image of their own, with the colours that they have on the page, and
// every text written by the canvas, which knows the fonts of the page. Shared by the lens and the curves.

const SCALE = 2, RIM = 16, LINE = 20; // pixels of the picture per pixel of the page, its margin, a line of text

const LOOK = [
  "fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linejoin", "opacity", "visibility", "display",
];

// The shapes as they look, without the style sheet that made them look so.
const bare = (node) => {
  const copy = node.cloneNode(false);
  if (node.nodeType !== Node.ELEMENT_NODE) return copy;
  const style = getComputedStyle(node);
  for (const name of LOOK) copy.style.setProperty(name, style.getPropertyValue(name));
  for (const child of node.childNodes) if (child.nodeName !== "text") copy.append(bare(child));
  return copy;
};

const imageOf = async (svg, width, height) => {
  const copy = bare(svg);
  copy.setAttribute("xmlns", SVG);
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const image = new Image();
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(new XMLSerializer().serializeToString(copy))}`;
  await image.decode();
  return image;
};

const ANCHORS = { start: "left", middle: "center", end: "right" };

const writeTexts = (pen, svg, ground) => {
  for (const text of svg.querySelectorAll("text")) {
    const style = getComputedStyle(text);
    const { a, b, c, d, e, f } = text.getCTM();
    pen.save();
    pen.transform(a, b, c, d, e, f);
    pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`;
    pen.textAlign = ANCHORS[style.textAnchor];
    const x = Number(text.getAttribute("x") ?? 0), y = Number(text.getAttribute("y") ?? 0);
    if (text.classList.contains("halo")) {
      [pen.strokeStyle, pen.lineWidth, pen.lineJoin] = [ground, 4, "round"];
      pen.strokeText(text.textContent, x, y);
    }
    pen.fillStyle = style.fill;
    pen.fillText(text.textContent, x, y);
    pen.restore();
  }
};

// Puts parts side by side as long as there is room; a part that is wider than the picture is parted at its blanks.
const rowsOf = (pen, parts, room) => {
  const rows = [];
  let x = Infinity;
  for (const part of parts.flatMap((part) => {
    const lead = part.ink ? 18 : 0;
    if (pen.measureText(part.text).width + lead <= room) return [part];
    return part.text.split(" ").map((text, index) => ({ text, gap: 4, ink: index ? null : part.ink }));
  })) {
    const wide = pen.measureText(part.text).width + (part.ink ? 18 : 0);
    if (x + wide > room) {
      rows.push([]);
      x = 0;
    }
    rows.at(-1).push({ ...part, x });
    x += wide + (part.gap ?? 18);
  }
  return rows;
};

// picture: title, file; svgs: what lies one on another; below: groups of { text, ink? }, each begins a line;
// over: draws what the page shows beside the shapes.
const savePicture = async (root, { title, file, svgs, below, over }) => {
  const style = getComputedStyle(root);
  const ground = style.getPropertyValue("--st-background-color"), ink = style.color, family = style.fontFamily;
  const width = svgs[0].clientWidth, height = svgs[0].clientHeight;
  const canvas = document.createElement("canvas");
  const pen = canvas.getContext("2d");
  const plain = `13px ${family}`;
  pen.font = plain;
  const rows = below.flatMap((parts) => rowsOf(pen, parts.filter((part) => part.text.trim()), width));
  const top = RIM + 24, foot = top + height + 10;
  canvas.width = (width + 2 * RIM) * SCALE;
  canvas.height = (foot + rows.length * LINE + RIM) * SCALE;
  pen.scale(SCALE, SCALE);
  pen.fillStyle = ground;
  pen.fillRect(0, 0, canvas.width, canvas.height);
  pen.fillStyle = ink;
  pen.font = `600 15px ${family}`;
  pen.fillText(title, RIM, RIM + 12, width);
  pen.translate(RIM, top);
  for (const svg of svgs) {
    pen.drawImage(await imageOf(svg, width, height), 0, 0, width, height);
    writeTexts(pen, svg, ground);
  }
  over?.(pen, { ground, ink, family });
  pen.translate(0, foot - top);
  pen.font = plain;
  rows.forEach((parts, row) => {
    for (const part of parts) {
      const y = row * LINE + 14;
      if (part.ink) {
        pen.fillStyle = part.ink;
        pen.fillRect(part.x, y - 9, 12, 9);
      }
      pen.fillStyle = ink;
      pen.fillText(part.text, part.x + (part.ink ? 18 : 0), y);
    }
  });
  const link = document.createElement("a");
  link.href = URL.createObjectURL(await new Promise((done) => canvas.toBlob(done, "image/png")));
  link.download = `${file}.png`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
};
