import { useState } from 'react';
import { useNavigate, useParams } from 'react-router';
import { Asked, Failed } from '../../../kit/asked.js';
import { Button, LinkButton } from '../../../kit/button.js';
import { Dialog } from '../../../kit/dialog.js';
import { Card, Fact, Note } from '../../../kit/page.js';
import { Progress } from '../../../kit/progress.js';
import { useToast } from '../../../kit/toasts.js';
import { useFormat, useWords } from '../../../shell/desk-context.js';
import { DryRun } from './dry-run.js';
import { StateBadge } from './import-list.js';
import { MappingForm } from './mapping-form.js';
import { Outcome } from './outcome.js';
import { type ImportAnswer, useImport, useImportActs, useImports } from './use-import.js';
import { DATA } from './words.js';

/** One import, from its first rows to its parity and back. */
export function ImportPage() {
  const { id = '' } = useParams();
  const one = useImport(id);
  const list = useImports();
  return (
    <Asked query={one} rows={8}>
      {(of) => (
        <>
          <Head of={of} />
          <UnderWay of={of} />
          {of.parity && <Outcome of={of} />}
          {of.report && of.state !== 'checking' && <DryRun of={of} />}
          {(of.state === 'uploaded' || of.state === 'checked') && (
            <Asked query={list}>{({ sources }) => <MappingForm key={of.id} of={of} sources={sources} />}</Asked>
          )}
        </>
      )}
    </Asked>
  );
}

function Head({ of }: { of: ImportAnswer }) {
  const t = useWords(DATA);
  const format = useFormat();
  const tell = useToast();
  const navigate = useNavigate();
  const { cancel } = useImportActs(of.id);
  const removable = of.state === 'uploaded' || of.state === 'checked';
  const remove = () =>
    cancel.mutate(undefined, {
      onSuccess: () => {
        tell(t('removed', { name: of.name }));
        void navigate('/settings/data');
      },
    });
  return (
    <Card
      title={of.name}
      actions={
        <>
          {removable && (
            <Button look="quiet" isPending={cancel.isPending} onPress={remove}>
              {t('remove')}
            </Button>
          )}
          <LinkButton to="/settings/data">{t('back')}</LinkButton>
        </>
      }
    >
      {cancel.isError && <Failed error={cancel.error} />}
      {of.error !== null && <Note tone="bad">{of.error}</Note>}
      <dl className="facts">
        <Fact name={t('state')}>
          <StateBadge state={of.state} />
        </Fact>
        <Fact name={t('rows')}>{format.number(of.rows)}</Fact>
        <Fact name={t('when')}>{format.moment(of.askedAt)}</Fact>
        {of.mapping && <Fact name={t('origin')}>{of.mapping.origin}</Fact>}
      </dl>
    </Card>
  );
}

function UnderWay({ of }: { of: ImportAnswer }) {
  const t = useWords(DATA);
  const { cancel } = useImportActs(of.id);
  const [stopping, setStopping] = useState(false);
  if (of.progress === null) return null;
  return (
    <Card>
      <Progress label={t(`state_${of.state}`)} share={of.progress} />
      <p className="help">{t('leaveIt')}</p>
      {of.state === 'importing' && <Button onPress={() => setStopping(true)}>{t('stop')}</Button>}
      <Dialog
        title={t('stop')}
        open={stopping}
        onClose={() => setStopping(false)}
        actions={
          <Button
            look="danger"
            isPending={cancel.isPending}
            onPress={() => cancel.mutate(undefined, { onSuccess: () => setStopping(false) })}
          >
            {t('stop')}
          </Button>
        }
      >
        {cancel.isError && <Failed error={cancel.error} />}
        <p>{t('stopSure')}</p>
      </Dialog>
    </Card>
  );
}
