/** One polite voice a page, however many blocks of ours it holds; it speaks results, not ticks. */
let voice: HTMLElement | null = null;

export function announce(sentence: string): void {
  if (!voice?.isConnected) {
    voice = document.createElement('div');
    voice.role = 'status';
    voice.style.cssText = 'position:fixed;clip-path:inset(50%)';
    document.body.append(voice);
  }
  voice.textContent = sentence;
}
