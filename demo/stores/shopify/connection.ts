/** A page of a Relay connection over items that are all there; the cursor is the place in the list. */
export function connection<T>(items: readonly T[], args: { first?: number; after?: string | null }): unknown {
  const start = args.after ? Number(Buffer.from(args.after, 'base64url').toString()) + 1 : 0;
  const page = items.slice(start, start + (args.first ?? 50));
  const cursor = (index: number): string => Buffer.from(String(index)).toString('base64url');
  return {
    nodes: page,
    edges: page.map((node, index) => ({ node, cursor: cursor(start + index) })),
    pageInfo: {
      hasNextPage: start + page.length < items.length,
      hasPreviousPage: start > 0,
      startCursor: page.length ? cursor(start) : null,
      endCursor: page.length ? cursor(start + page.length - 1) : null,
    },
  };
}

export type Paged = { first?: number; after?: string | null };
