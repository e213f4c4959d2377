import { gallery, readyText } from '../gallery/gallery.js';
import { localeOf } from '../rules/sentences.js';
import type { Command } from './command.js';

/** Lists the ready programs, in the language of --language=nl; with a program's id prints its file, to start from. */
export const command: Command = async ({ args, say }) => {
  const language = args.find((arg) => arg.startsWith('--language='))?.slice('--language='.length);
  const [id] = args.filter((arg) => !arg.startsWith('--'));
  if (id !== undefined) {
    say((await readyText(id)).trimEnd());
    return 'done';
  }
  for (const ready of gallery(localeOf(language)))
    say(`${ready.id.padEnd(18)}${ready.name} (${ready.like}). ${ready.sentence}`);
  return 'done';
};
