import { Card } from '../../kit/page.js';
import { useDesk, useWords } from '../../shell/desk-context.js';
import { Stores } from '../settings/stores.js';
import { SET_UP } from './words.js';

/** What was found, read back: nothing to type. */
export function Connected() {
  const t = useWords(SET_UP);
  const { me } = useDesk();
  return (
    <>
      <Card title={t('found')}>
        <p>{t('foundText', { name: me.program.name, currency: me.program.currency, zone: me.program.zone })}</p>
      </Card>
      <Stores />
    </>
  );
}
