import type { Millis } from '../lib/clock.js';
import type { ProgramFile } from '../programs/program-file.js';
import { speakerOf } from '../programs/speaker-of.js';
import { explainStacking } from '../rules/promotions/explain-stacking.js';
import { findConflicts } from '../rules/promotions/find-conflicts.js';
import { conflictText, stackingSteps } from '../rules/promotions/say-promotions.js';

/** Promotions that meet from `since` on, each pair with the order that shows it and how that order comes to its points. */
export function conflictLines(file: ProgramFile, since: Millis): string[] {
  const speaker = speakerOf(file, 'en');
  return findConflicts(file.rules, since).flatMap((conflict) => [
    conflictText(file.rules, conflict, speaker),
    ...stackingSteps(explainStacking(file.rules, conflict.example, conflict.unit), speaker).map((step) => `  ${step}`),
  ]);
}
