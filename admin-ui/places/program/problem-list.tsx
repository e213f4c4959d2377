import { useWords } from '../../shell/desk-context.js';
import { PROGRAM } from './words.js';

/** Something that a check says of a file; `line` of the text that it was read from, where there is one. */
export interface Fault {
  path: string;
  problem: string;
  fix: string;
  line?: number | undefined;
}

/** Each with its place, what is wrong there, and what to do. */
export function ProblemList({ problems }: { problems: readonly Fault[] }) {
  const t = useWords(PROGRAM);
  return (
    <ul>
      {problems.map(({ path, problem, fix, line }, at) => {
        const places = [
          ...(line === undefined ? [] : [t('atLine', { line })]),
          ...(path === '' ? [] : [<code key="p">{path}</code>]),
        ];
        return (
          <li key={at}>
            {places.map((place, i) => (
              <span key={i}>
                {i > 0 && ', '}
                {place}
              </span>
            ))}
            {places.length > 0 && ': '}
            {problem}. {fix}
          </li>
        );
      })}
    </ul>
  );
}
