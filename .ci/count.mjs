// Says what jest's JSON result comes to, and fails when anything failed, was skipped, or nothing ran.
import { readFileSync, statSync } from 'node:fs';

const file = process.argv[2];
if (statSync(file).size === 0) {
  console.log('the tests did not run to their end');
  process.exit(1);
}
const result = JSON.parse(readFileSync(file, 'utf8'));
const left = result.numPendingTests + result.numTodoTests;
const broken = result.testResults.filter((suite) => suite.status === 'failed' && suite.assertionResults.length === 0);
for (const suite of broken) console.log(`${suite.name} could not run`);
if (left > 0) console.log(`${left} left out`);
console.log(`${result.numPassedTests} passed, ${result.numFailedTests + broken.length} failed`);
process.exit(result.success && left === 0 && broken.length === 0 && result.numPassedTests > 0 ? 0 : 1);
