import {
  getNamedType,
  isCompositeType,
  type DocumentNode,
  type GraphQLSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  Kind,
} from 'graphql';

/**
 * What a request costs before it runs, in Shopify's manner: objects 1, connections by the size asked for, scalars 0,
 * mutations 10. The exact numbers are Shopify's own affair; the order of magnitude is what a client must live with.
 */
export function requestedCost(
  schema: GraphQLSchema,
  document: DocumentNode,
  variables: Record<string, unknown>,
): number {
  const info = new TypeInfo(schema);
  const sizes: number[] = [1];
  let cost = 0;
  visit(
    document,
    visitWithTypeInfo(info, {
      OperationDefinition: (node) => {
        if (node.operation === 'mutation') cost += 10;
      },
      Field: {
        enter: (node) => {
          const type = info.getType() && getNamedType(info.getType());
          const first = node.arguments?.find((each) => each.name.value === 'first')?.value;
          const size =
            first?.kind === Kind.INT
              ? Number(first.value)
              : first?.kind === Kind.VARIABLE
                ? Number(variables[first.name.value])
                : 1;
          const within = sizes.at(-1) ?? 1;
          const counts = type && isCompositeType(type) && !/^(MoneyV2|PageInfo)$/.test(type.name);
          if (counts) cost += within;
          sizes.push(within * Math.max(1, Math.ceil(size ** 0.7)));
        },
        leave: () => {
          sizes.pop();
        },
      },
    }),
  );
  return cost;
}

/** What it cost in the end: by what was answered. */
export function actualCost(data: unknown): number {
  if (Array.isArray(data)) return data.reduce((sum: number, each) => sum + actualCost(each), 0);
  if (data === null || typeof data !== 'object' || 'amount' in data || 'hasNextPage' in data) return 0;
  return Object.values(data).reduce((sum: number, each) => sum + actualCost(each), 1);
}

/** Points that drip back at `restoreRate` a second, up to `maximum`. */
export class Bucket {
  readonly maximum: number;
  readonly restoreRate: number;
  private level: number;
  private at: number;

  constructor(maximum: number, restoreRate: number, now: number) {
    this.maximum = maximum;
    this.restoreRate = restoreRate;
    this.level = maximum;
    this.at = now;
  }

  take(cost: number, now: number): boolean {
    this.level = Math.min(this.maximum, this.level + ((now - this.at) / 1000) * this.restoreRate);
    this.at = now;
    if (cost > this.level) return false;
    this.level -= cost;
    return true;
  }

  /** What a query asked for but did not use comes back. */
  giveBack(cost: number): void {
    this.level = Math.min(this.maximum, this.level + cost);
  }

  status(): { maximumAvailable: number; currentlyAvailable: number; restoreRate: number } {
    return {
      maximumAvailable: this.maximum,
      currentlyAvailable: Math.floor(this.level),
      restoreRate: this.restoreRate,
    };
  }
}
