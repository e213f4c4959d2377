/** A sign that begins a formula in a spreadsheet, also in its wide form and behind blanks, which it passes over. */
const FORMULA = /^\s*[=+\-@＝＋－＠]|^\s*[\t\r]/u;
const NUMBER = /^\s*[+-]?[\d.,\s]+$/;

/**
 * A cell's text so that no spreadsheet takes it for a formula (OWASP, CSV injection): whoever names themself `=HYPERLINK(...)` does
 * nothing in the file of the owner. Numbers and phone numbers stay as they are.
 */
export const plainInSpreadsheets = (text: string): string =>
  FORMULA.test(text) && !NUMBER.test(text) ? `'${text}` : text;
