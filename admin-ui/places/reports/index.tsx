import { Page } from '../../kit/page.js';
import { useWords } from '../../shell/desk-context.js';
import { SHELL } from '../../shell/words.js';

export function Component() {
  const t = useWords(SHELL);
  return <Page title={t('reports')}>{null}</Page>;
}
