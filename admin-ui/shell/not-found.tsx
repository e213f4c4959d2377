import { useRouteError } from 'react-router';
import { Button, LinkButton } from '../kit/button.js';
import { Page } from '../kit/page.js';
import { useWords } from './desk-context.js';
import { SHELL } from './words.js';

export function NotFound() {
  const t = useWords(SHELL);
  return (
    <Page title={t('notFound')} lead={t('notFoundMore')}>
      <LinkButton to="/">{t('goHome')}</LinkButton>
    </Page>
  );
}

/** A defect in one place leaves the rest of the desk standing. */
export function Broken() {
  const t = useWords(SHELL);
  const error = useRouteError();
  return (
    <Page title={t('broken')} lead={error instanceof Error ? error.message : ''}>
      <Button onPress={() => location.reload()}>{t('reload')}</Button>
    </Page>
  );
}
