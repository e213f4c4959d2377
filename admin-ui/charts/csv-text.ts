/** What begins a formula, also in its wide form and behind blanks, which a spreadsheet passes over. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^\s*[\t\r]/u;
const NUMBER = /^\s*[+-]?[\d.,\s]+$/;

/** Text that a spreadsheet would take for a formula is kept from being one. */
const cell = (text: string): string => {
  const safe = FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
};

/** As RFC 4180 has it, with the sign that tells Excel that it is UTF-8. */
export const csvOf = ({ head, rows }: { head: readonly string[]; rows: readonly (readonly string[])[] }): string =>
  `\uFEFF${[head, ...rows].map((row) => row.map(cell).join(',')).join('\r\n')}\r\n`;
