/**
 * The start page of a running demo (`npm start` prints its address), from TALLYMARK_DEMO_URL; null after one line that
 * says so when there is none. With TALLYMARK_REQUIRE_ALL=1 its absence is a failure.
 */
export function startedDemo(): string | null {
  const url = process.env['TALLYMARK_DEMO_URL'];
  if (url) return url;
  if (process.env['TALLYMARK_REQUIRE_ALL'] === '1')
    throw new Error(
      'the demo’s browser test needs a running demo: npm start, then TALLYMARK_DEMO_URL=<its start page>',
    );
  process.stderr.write('demo browser test not run: start the demo and set TALLYMARK_DEMO_URL to its start page\n');
  return null;
}
