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
  const text = (row: HTMLTableRowElement) => row.cells[column]?.textContent?.trim() ?? '';
  const rows = [...body.rows].map((row) => ({ row, text: text(row), value: Number.parseFloat(text(row)) }));
  rows.sort((a, b) =>
    Number.isNaN(a.value) || Number.isNaN(b.value)
      ? sign * a.text.localeCompare(b.text)
      : sign * (a.value - b.value),
  );
  body.append(...rows.map((r) => r.row));
}
