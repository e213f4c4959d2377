import Sequencer from '@jest/test-sequencer';

/** Those that take a minute or more, the longest first. */
const LONG = [
  'oracle/agree.test.ts',
  'oracle/agree-odd.test.ts',
  'faults/kill.test.ts',
  'browser/demo.test.ts',
  'faults/queue.test.ts',
  'gallery/years.flow.test.ts',
  'captures/scenarios.test.ts',
  'browser/desk-everywhere.test.ts',
  'loyalty/in-all.flow.test.ts',
  'examples/through-the-path.test.ts',
  'browser/widget.test.ts',
  'faults/platform.test.ts',
  'exploits/finder.test.ts',
];

/** Where they never ran before jest goes by the size of files, and the longest two, which are short to read, would come last. */
export default class LongestFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const rank = ({ path }) => {
      const place = LONG.findIndex((name) => path.endsWith(`/test/${name}`));
      return place < 0 ? LONG.length : place;
    };
    return [...sorted].sort((a, b) => rank(a) - rank(b));
  }
}
