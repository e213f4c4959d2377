import type { ColumnType } from 'kysely';

/** 64 bits: out as a string, in as what is at hand. */
export type Big = ColumnType<string, string | bigint | number, string | bigint | number>;
/** The same with a default. */
export type BigDefault = ColumnType<string, string | bigint | number | undefined, string | bigint | number>;
/** A document: out as parsed, in as a value that is turned into JSON. */
export type Json = ColumnType<unknown, unknown, unknown>;
/** An instant: out as Date, in also as text ('infinity'). */
export type Instant = ColumnType<Date, Date | string, Date | string>;
export type InstantDefault = ColumnType<Date, Date | string | undefined, Date | string>;
export type InstantOrNull = ColumnType<Date | null, Date | string | null | undefined, Date | string | null>;
