const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', '#039': "'", '#8217': '’' };

/** A name as a shopper reads it: WordPress writes names as they stand in a page. Null = none. */
export function shownName(name: string | null | undefined): string | null {
  const plain = (name ?? '').replace(/&(amp|lt|gt|quot|#039|#8217);/g, (_, entity: string) => ENTITIES[entity] ?? '');
  return plain === '' ? null : plain.slice(0, 200);
}
