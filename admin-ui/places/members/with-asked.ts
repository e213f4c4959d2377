interface Line {
  at: string;
}
interface Asked {
  state: 'given' | 'waiting' | 'refused' | 'withdrawn';
  asked: { at: string };
  decided: { at: string } | null;
}

/**
 * A member's lines with what was asked for among them, the newest first: what waits stands above all, what was refused or
 * withdrawn at the moment it was. What was given is a line already. The lines keep the order of the books. `complete` = no
 * older lines follow.
 */
export function withAsked<L extends Line, A extends Asked>(
  lines: readonly L[],
  asked: readonly A[],
  complete: boolean,
): ({ line: L } | { asked: A })[] {
  const moment = (one: A) => one.decided?.at ?? one.asked.at;
  const oldest = complete ? '' : (lines.at(-1)?.at ?? '');
  const ended = asked
    .filter((one) => (one.state === 'refused' || one.state === 'withdrawn') && moment(one) >= oldest)
    .sort((a, b) => moment(b).localeCompare(moment(a)));
  let shown = 0;
  const until = (at: string) => {
    const from = shown;
    while (ended[shown] && moment(ended[shown]!) >= at) shown++;
    return ended.slice(from, shown).map((one) => ({ asked: one }));
  };
  return [
    ...asked.filter(({ state }) => state === 'waiting').map((one) => ({ asked: one })),
    ...lines.flatMap((line) => [...until(line.at), { line }]),
    ...until(''),
  ];
}
