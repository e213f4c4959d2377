import type { Sentence } from './read-strings.js';

/** What a catalogue says of a sentence: by its English text. */
export type Catalogue = Map<string, string>;

const quoted = (text: string): string =>
  `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;

const unquoted = (text: string): string =>
  text.replace(/\\(.)/g, (_all, character: string) => (character === 'n' ? '\n' : character));

/** A catalogue in gettext's text form: the sentences in the code's order, each with where it is from and what it says (or ""). */
export function writePo(sentences: readonly Sentence[], said: Catalogue, header: readonly string[]): string {
  const head = ['msgid ""', 'msgstr ""', ...header.map((line) => quoted(`${line}\n`))].join('\n');
  const entries = sentences.map(({ text, from, hint }) =>
    [
      ...(hint === null ? [] : [`#. translators: ${hint}`]),
      `#: ${from.join(' ')}`,
      ...(/%(\d\$)?[sd]/.test(text) ? ['#, php-format'] : []),
      `msgid ${quoted(text)}`,
      `msgstr ${quoted(said.get(text) ?? '')}`,
    ].join('\n'),
  );
  return `${[head, ...entries].join('\n\n')}\n`;
}

/** Reads gettext's text form as far as `writePo` writes it, with texts over several lines. The header is under ''. */
export function readPo(text: string): Catalogue {
  const said: Catalogue = new Map();
  let id: string | null = null;
  let into: 'id' | 'str' | null = null;
  let str = '';
  const keep = (): void => {
    if (id !== null) said.set(id, str);
  };
  for (const line of text.split('\n')) {
    const [, keyword, rest] = /^(msgid|msgstr)?\s*"((?:[^"\\]|\\.)*)"$/.exec(line) ?? [];
    if (rest === undefined) continue;
    if (keyword === 'msgid') {
      keep();
      id = '';
      str = '';
    }
    if (keyword) into = keyword === 'msgid' ? 'id' : 'str';
    if (into === 'id') id += unquoted(rest);
    else str += unquoted(rest);
  }
  keep();
  return said;
}

/** A catalogue as WordPress loads it: GNU's binary form, sorted, without a hash table. What is not translated is left out. */
export function compileMo(said: Catalogue): Buffer {
  const entries = [...said]
    .filter(([, str]) => str !== '')
    .map(([id, str]) => ({ id: Buffer.from(id), str: Buffer.from(str) }))
    .sort((a, b) => a.id.compare(b.id));
  const start = 28 + 16 * entries.length;
  const tables: Buffer[] = [];
  const texts: Buffer[] = [];
  let at = start;
  for (const part of ['id', 'str'] as const) {
    for (const entry of entries) {
      const row = Buffer.alloc(8);
      row.writeUInt32LE(entry[part].length, 0);
      row.writeUInt32LE(at, 4);
      tables.push(row);
      texts.push(entry[part], Buffer.from([0]));
      at += entry[part].length + 1;
    }
  }
  const head = Buffer.alloc(28);
  [0x950412de, 0, entries.length, 28, 28 + 8 * entries.length, 0, start].forEach((n, i) =>
    head.writeUInt32LE(n, 4 * i),
  );
  return Buffer.concat([head, ...tables, ...texts]);
}
