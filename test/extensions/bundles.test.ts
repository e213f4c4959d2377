import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from '@jest/globals';
import {
  type Built,
  buildDiscountFunction,
  buildThemeAsset,
  buildUiExtension,
  targetsOf,
  UI_EXTENSIONS,
} from '../../scripts/build-extensions.js';
import { WIDGET_LIMIT } from '../../scripts/build-widget.mjs';
import { readToml, tables, text } from '../../scripts/read-toml.js';

/** A1: what runs inside Shopify is small, is built from what its toml names, and calls nobody but the service and Shopify. */
const out = mkdtempSync(join(tmpdir(), 'tallymark-extensions-'));
const SERVICE = 'https://loyalty.example.com';
/** Shopify refuses a UI extension above 64 KB; a Function's WebAssembly may have 256 KB with the engine in it. */
const UI_LIMIT = 64_000;
const FUNCTION_LIMIT = 10_000;
/** What joins the widget to a theme's cart, beside the widget. */
const BRIDGE_LIMIT = 2_500;

const toml = (folder: string) =>
  readToml(readFileSync(new URL(`../../extensions/${folder}/shopify.extension.toml`, import.meta.url), 'utf8'));
/** Every address in a script that leaves the shop's own pages. */
const addressesIn = (file: string) =>
  [...readFileSync(file, 'utf8').matchAll(/https?:\/\/[^\s"'`)]+/g)].map(([address]) => address);

describe.each(UI_EXTENSIONS)('the %s extension', (name) => {
  let built: Built;
  beforeAll(async () => {
    built = await buildUiExtension(name, SERVICE, out);
  });

  test('is under 64 KB with all of its targets', () => {
    expect(built.bytes).toBeLessThan(UI_LIMIT);
  });

  test('calls the service and nobody else', () => {
    // names of XML namespaces in Preact are no addresses that are called
    const called = addressesIn(built.file).filter((address) => !address.startsWith('http://www.w3.org/'));
    expect([...new Set(called)]).toEqual([SERVICE]);
  });

  test('gives Shopify each target that its toml names, and may use the network', async () => {
    const code = readFileSync(built.file, 'utf8');
    for (const { target } of await targetsOf(name)) expect(code).toContain(`"${target}"`);
    expect(text(toml(name), 'api_version')).toBe('2026-07');
    expect(toml(name)).toMatchObject({ extensions: [expect.anything()] });
    expect(JSON.stringify(toml(name))).toContain('"network_access":true');
  });
});

test('the Function is small, and has both exports that its toml names', async () => {
  const built = await buildDiscountFunction(out);
  expect(built.bytes).toBeLessThan(FUNCTION_LIMIT);
  expect(addressesIn(built.file)).toEqual([]);
  const camel = (name: string) => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
  const [extension] = tables(toml('discount'), 'extensions');
  const code = (await import(built.file)) as Record<string, unknown>;
  const wanted = tables(extension ?? {}, 'targeting').map((each) => camel(text(each, 'export')));
  expect(Object.keys(code).sort()).toEqual(wanted.sort());
});

test('the theme’s one script is the widget and little else, and loads nothing', async () => {
  const built = await buildThemeAsset(out);
  expect(built.gzipped).toBeLessThan(WIDGET_LIMIT + BRIDGE_LIMIT);
  expect(addressesIn(built.file).filter((address) => !address.startsWith('http://www.w3.org/'))).toEqual([]);
});
