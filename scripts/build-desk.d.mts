/** Gzipped bytes of script that a first load may bring. */
export const DESK_LIMIT: number;
/** `sizes` = of each built file, gzipped; `first` = of all script that is loaded when one comes to a place, by its folder. */
export function buildDesk(out?: string): Promise<{ sizes: Map<string, number>; first: Map<string, number> }>;
