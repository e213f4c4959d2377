import { useState } from 'react';
import { Failed } from '../../../kit/asked.js';
import { Button } from '../../../kit/button.js';
import { Dialog } from '../../../kit/dialog.js';
import { Card, Fact, Note } from '../../../kit/page.js';
import { Table } from '../../../kit/table.js';
import { useFormat, useWords } from '../../../shell/desk-context.js';
import { type ImportAnswer, useImportActs } from './use-import.js';
import { DATA } from './words.js';

/** The file beside the ledger; and the way back. */
export function Outcome({ of }: { of: ImportAnswer }) {
  const t = useWords(DATA);
  const format = useFormat();
  const { parity } = of;
  if (!parity) return null;
  const unit = of.mapping?.unit ?? 'points';
  const isBack = of.state === 'undone';
  return (
    <Card title={t('parity')} actions={(of.state === 'done' || of.state === 'cancelled') && <Undo of={of} />}>
      <Note tone={parity.agrees ? 'good' : 'warning'}>
        {t(isBack ? (parity.members === 0 ? 'isBack' : 'isPartlyBack') : parity.agrees ? 'agrees' : 'differs')}
      </Note>
      {!(isBack && parity.members === 0) && (
      <dl className="facts">
        <Fact name={t('members')}>{format.number(parity.members)}</Fact>
        <Fact name={t('made')}>{format.number(parity.made)}</Fact>
        <Fact name={t('inFile')}>{format.points(parity.file, unit)}</Fact>
        <Fact name={t('posted')}>{format.points(parity.posted, unit)}</Fact>
      </dl>
      )}
      {parity.differences.length > 0 && (
        <Table
          label={t('differences')}
          rows={parity.differences}
          rowKey={({ line }) => `${line}`}
          columns={[
            { key: 'line', head: t('row'), cell: ({ line }) => format.number(line) },
            { key: 'file', head: t('inFile'), figure: true, cell: ({ file }) => format.number(file) },
            { key: 'posted', head: t('posted'), figure: true, cell: ({ posted }) => format.number(posted) },
            {
              key: 'why',
              head: t('why'),
              cell: ({ why }) => t(why === 'stopped' ? 'diff_stopped' : why === 'before' ? 'why_before' : 'diff_otherwise'),
            },
          ]}
        />
      )}
    </Card>
  );
}

function Undo({ of }: { of: ImportAnswer }) {
  const t = useWords(DATA);
  const { undo } = useImportActs(of.id);
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button onPress={() => setAsking(true)}>{t('undo')}</Button>
      <Dialog
        title={t('undo')}
        open={asking}
        onClose={() => setAsking(false)}
        actions={
          <Button
            look="danger"
            isPending={undo.isPending}
            onPress={() => undo.mutate(undefined, { onSuccess: () => setAsking(false) })}
          >
            {t('undo')}
          </Button>
        }
      >
        {undo.isError && <Failed error={undo.error} />}
        <p>{t('undoSure', { n: of.parity?.members ?? 0 })}</p>
      </Dialog>
    </>
  );
}
