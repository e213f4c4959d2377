export const WIDGET_LIMIT: number;
export const OURS: RegExp;
export function buildWidget(out?: string): Promise<{ file: string; bytes: number; gzipped: number }>;
export function buildDemoPages(out?: string): Promise<string[]>;
