/** One polite voice a page, however many blocks of ours it holds; it speaks results, not ticks. */
let voice: HTMLElement | null = null;
let pending = 0;

/**
 * Says a sentence `after` milliseconds, in place of what was only about to be said: more of them while a slider still
 * moves. Never at once, as screen readers miss what a region says in the moment it appears.
 */
export function announce(sentence: string, after = 50): void {
  if (!voice?.isConnected) {
    voice = document.createElement('div');
    voice.role = 'status';
    voice.style.cssText = 'position:fixed;clip-path:inset(50%)';
    document.body.append(voice);
  }
  clearTimeout(pending);
  pending = window.setTimeout(() => (voice!.textContent = sentence), after);
}
