/** Something said of a place in a program's file: what is wrong there, and what to do about it. ICU messages. */
export type Remark = readonly [problem: string, fix: string];
