type Row = Record<string, unknown>;

/** Rows as columns, each as wide as its widest value. */
export function table(rows: Row[], columns: string[]): string {
  const cell = (row: Row, column: string) => String(row[column] ?? '');
  const width = (column: string) => Math.max(column.length, ...rows.map((row) => cell(row, column).length));
  const line = (values: string[]) =>
    values
      .map((value, at) => value.padEnd(width(columns[at] ?? '')))
      .join('  ')
      .trimEnd();
  return [line(columns), ...rows.map((row) => line(columns.map((column) => cell(row, column))))].join('\n');
}
