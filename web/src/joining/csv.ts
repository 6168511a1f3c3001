/** Lists for spreadsheets. Pure. */

/** A cell that no spreadsheet takes for a formula, and that keeps commas, quotes and lines together. */
export function cell(value: string | number | null | undefined): string {
  const text = String(value ?? '');
  const plain = /^[=+\-@\t\r\n\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
  return /[",;\t\r\n]/.test(plain) || plain !== text ? `"${plain.replaceAll('"', '""')}"` : plain;
}

/** Lines as CSV (RFC 4180), with the mark by which spreadsheets know UTF-8. */
export function csv(rows: readonly (readonly (string | number | null | undefined)[])[]): string {
  return `\ufeff${rows.map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
}
