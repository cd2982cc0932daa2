/** A click on a column's head sorts the table by it; without a script it stays in the order in which it was made. */
export function sortTables(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('table.sortable')) {
    const heads = [...table.querySelectorAll<HTMLTableCellElement>('thead th')];
    heads.forEach((head, column) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener('click', () => {
        const falling = head.getAttribute('aria-sort') !== 'descending';
        for (const other of heads) other.removeAttribute('aria-sort');
        head.setAttribute('aria-sort', falling ? 'descending' : 'ascending');
        sort(table.tBodies[0]!, column, falling ? -1 : 1);
      });
    });
  }
}

function sort(body: HTMLTableSectionElement, column: number, sign: number): void {
  const cell = (row: HTMLTableRowElement) => row.cells[column]!;
  const text = (row: HTMLTableRowElement) => cell(row).textContent!.trim();
  const rows = [...body.rows].sort((a, b) =>
    compareCells(text(a), text(b), cell(a).className === 'number', sign),
  );
  body.append(...rows);
}

/**
 * @param numbers whether the column is of numbers; what is none stands last in it, as in the table that was made
 * @param sign -1 when the highest comes first
 */
export function compareCells(a: string, b: string, numbers: boolean, sign: number): number {
  const [x, y] = numbers ? [numberOf(a), numberOf(b)] : [Number.NaN, Number.NaN];
  const [noX, noY] = [Number.isNaN(x), Number.isNaN(y)];
  if (noX !== noY) return noX ? 1 : -1;
  return sign * (noX ? a.localeCompare(b, undefined, { numeric: true }) : x - y);
}

/** As `numberOf` of src/link/results.ts. */
function numberOf(value: string): number {
  const written = /[-−]?(?:\d[\d,]*(?:\.\d+)?|\.\d+)(?:e[-−+]?\d+)?/i.exec(value)?.[0];
  return Number.parseFloat(written?.replace(/−/g, '-').replace(/,/g, '') ?? '');
}
