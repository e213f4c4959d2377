import { readFileSync } from 'node:fs';
import { crc32, inflateRawSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { packPlugin } from '../../scripts/plugin/pack.js';
import { writeZip } from '../../scripts/plugin/write-zip.js';

/** The files of an archive, read by its directory as any reader does; every checksum and length is looked at. */
function unzip(zip: Buffer): Map<string, Buffer> {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  const files = new Map<string, Buffer>();
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [sum, packed, size] = [16, 20, 24].map((field) => zip.readUInt32LE(at + field)) as [number, number, number];
    const nameLength = zip.readUInt16LE(at + 28);
    const path = zip.subarray(at + 46, at + 46 + nameLength).toString('utf8');
    const local = zip.readUInt32LE(at + 42);
    expect(zip.subarray(local + 30, local + 30 + nameLength).toString('utf8')).toBe(path);
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const bytes = inflateRawSync(zip.subarray(from, from + packed));
    expect([path, bytes.length, crc32(bytes)]).toEqual([path, size, sum]);
    files.set(path, bytes);
    at += 46 + nameLength;
  }
  expect(at).toBe(end);
  return files;
}

const options = { service: 'https://points.example.com/', widget: Buffer.from('widget') };

describe('the plugin’s archive', () => {
  const files = unzip(packPlugin('.', options));

  test('is one folder with the plugin, its licence, its readme and its words', () => {
    for (const path of files.keys()) expect(path).toMatch(/^tallymark\/[\w./-]+$/);
    const inside = [...files.keys()].map((path) => path.slice('tallymark/'.length));
    expect(inside).toEqual(
      expect.arrayContaining([
        ...['tallymark.php', 'uninstall.php', 'readme.txt', 'license.txt', 'boot.php', 'src/Service.php'],
        ...['nl_NL', 'nb_NO', 'pl_PL'].map((locale) => `languages/tallymark-${locale}.mo`),
        'assets/widget.js',
      ]),
    );
    expect(inside.filter((path) => /(^|\/)\.|\.(ts|mjs|json|xml|map)$/.test(path))).toEqual([]);
    expect(inside).toEqual([...inside].sort((a, b) => (`tallymark/${a}` < `tallymark/${b}` ? -1 : 1)));
  });

  test('has the service’s address written in, so that connecting is two clicks; without one the owner is asked', () => {
    const address = (zip: Buffer) => unzip(zip).get('tallymark/service-address.php')?.toString('utf8');
    expect(address(packPlugin('.', options))).toContain("return 'https://points.example.com';");
    expect(address(packPlugin('.', { ...options, service: '' }))).toBe(
      readFileSync('plugins/woocommerce/service-address.php', 'utf8'),
    );
    for (const service of ["https://a.example/'.evil().'", 'javascript:1', 'nonsense'])
      expect(() => packPlugin('.', { ...options, service })).toThrow();
  });

  test('is the same archive each time, in whatever order its files come', () => {
    expect(packPlugin('.', options).equals(packPlugin('.', options))).toBe(true);
    const entries = ['b', 'a', 'ü/c'].map((path) => ({ path, bytes: Buffer.from(path.repeat(100)) }));
    expect(writeZip(entries).equals(writeZip([...entries].reverse()))).toBe(true);
    expect([...unzip(writeZip(entries)).keys()]).toEqual(['a', 'b', 'ü/c']);
  });
});
