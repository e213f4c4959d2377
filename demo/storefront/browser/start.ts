/** Ticks the steps that were done in either shop; cookies are shared by all ports of this host. */
const look = (): void => {
  const done = (/(?:^|;\s*)demo_done=([\w.]*)/.exec(document.cookie)?.[1] ?? '').split('.');
  for (const step of document.querySelectorAll<HTMLElement>('[data-step]')) {
    const wanted = (step.dataset['step'] ?? '').split(' ');
    step.classList.toggle(
      'done',
      wanted.every((one) => done.includes(one)),
    );
  }
};
look();
setInterval(look, 1000);

const language = document.getElementById('language');
language?.addEventListener('change', () => {
  document.cookie = `demo_lang=${(language as HTMLSelectElement).value}; path=/; max-age=31536000; samesite=lax`;
  location.reload();
});
