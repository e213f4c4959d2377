/**
 * Does something for each item, for at most `lanes` of them at the same time. Ends when all have ended: nothing goes on behind
 * the back of whoever waited for it.
 * @throws the first failure, after the others had their turn
 */
export async function sideBySide<T>(
  lanes: number,
  items: readonly T[],
  doFor: (item: T) => Promise<void>,
): Promise<void> {
  const left = items.values();
  const failures: unknown[] = [];
  const lane = async () => {
    for (const item of left) await doFor(item).catch((error: unknown) => failures.push(error));
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  if (failures.length > 0) throw failures[0];
}
