/** The instant at which a day ("2026-12-01") begins in a zone. Where clocks jump over midnight, the first moment after it. */
export function startOfDay(date: string, zone: string): Date {
  const wanted = Date.parse(`${date}T00:00:00Z`);
  // twice: the offset that holds at the guess may be another than the one at the answer
  const guess = wanted - offsetAt(wanted, zone);
  return new Date(wanted - offsetAt(guess, zone));
}

function offsetAt(at: number, zone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    ...{ timeZone: zone, hourCycle: 'h23', year: 'numeric', month: '2-digit', day: '2-digit' },
    ...{ hour: '2-digit', minute: '2-digit', second: '2-digit' },
  } as const).formatToParts(at);
  const of = (type: string) => Number(parts.find((part) => part.type === type)?.value);
  return Date.UTC(of('year'), of('month') - 1, of('day'), of('hour'), of('minute'), of('second')) - at;
}
