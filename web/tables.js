// Tables whose rows are kept and whose cells change only where the text does.

export const setText = (node, text) => {
  if (node.textContent !== text) node.textContent = text;
};

const rowFor = (body, index, width) => {
  const row = body.rows[index] ?? body.insertRow();
  while (row.cells.length < width) row.insertCell();
  return row;
};

/** `rows` are arrays of texts or of `[text, className]`; `empty` stands where there are none. */
export const fillTable = (table, rows, empty) => {
  const body = table.tBodies[0];
  const shown = rows.length > 0 ? rows : [[[empty, "quiet"]]];
  const span = rows.length > 0 ? 1 : (table.tHead?.rows[0].cells.length ?? 1);
  while (body.rows.length > shown.length) body.deleteRow(-1);
  shown.forEach((cells, i) => {
    const row = rowFor(body, i, cells.length);
    while (row.cells.length > cells.length) row.deleteCell(-1);
    row.cells[0].colSpan = span;
    cells.forEach((cell, j) => {
      const [text, className] = Array.isArray(cell) ? cell : [cell, ""];
      setText(row.cells[j], text);
      if (row.cells[j].className !== className) row.cells[j].className = className;
    });
  });
};
