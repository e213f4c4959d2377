import { useMutation } from '@tanstack/react-query';
import { answered } from '../../../api/client.js';
import { Failed } from '../../../kit/asked.js';
import { Button } from '../../../kit/button.js';
import { Card, Fact, Note } from '../../../kit/page.js';
import { Table } from '../../../kit/table.js';
import { useApi, useFormat, useWords } from '../../../shell/desk-context.js';
import { type ImportAnswer, useImportActs } from './use-import.js';
import { DATA } from './words.js';

/** What would happen, in members, points and money; and the one button that lets it. */
export function DryRun({ of }: { of: ImportAnswer }) {
  const t = useWords(DATA);
  const format = useFormat();
  const { start } = useImportActs(of.id);
  const { report, mapping } = of;
  if (!report) return null;
  const unit = mapping?.unit ?? 'points';
  const both = (points: string, worth: string) => (
    <>
      {format.points(points, unit)} <small className="import-worth">{format.money(worth)}</small>
    </>
  );
  return (
    <Card
      title={t(of.parity ? 'foreseen' : 'dryRun')}
      actions={
        of.state === 'checked' &&
        report.usable > 0 && (
          <Button look="primary" isPending={start.isPending} onPress={() => start.mutate()}>
            {t('start', { n: report.usable })}
          </Button>
        )
      }
    >
      {start.isError && <Failed error={start.error} />}
      {of.state === 'checked' && <p className="lead">{t(report.usable > 0 ? 'dryRunLead' : 'nothingUsable')}</p>}
      <dl className="facts">
        <Fact name={t('known')}>{format.number(report.known)}</Fact>
        <Fact name={t('fresh')}>{format.number(report.fresh)}</Fact>
        <Fact name={t('unusable')}>{format.number(report.rows - report.usable)}</Fact>
      </dl>
      <dl className="facts">
        <Fact name={t('inFile')}>{both(report.points.file, report.worth.file)}</Fact>
        <Fact name={t('before')}>{both(report.points.before, report.worth.before)}</Fact>
        <Fact name={t('after')}>{both(report.points.after, report.worth.after)}</Fact>
      </dl>
      {report.points.ending !== '0' && <p>{t('ending', { points: format.points(report.points.ending, unit) })}</p>}
      <Levels of={report.levels} />
      <Problems of={of} problems={report.problems} />
    </Card>
  );
}

function Levels({ of }: { of: NonNullable<ImportAnswer['report']>['levels'] }) {
  const t = useWords(DATA);
  const format = useFormat();
  if (of.length === 0) return null;
  return (
    <>
      <h3 className="import-part">{t('levels')}</h3>
      <p className="help">{t('levelsMore')}</p>
      <Table
        label={t('levels')}
        rows={of}
        rowKey={({ level, told }) => `${level}/${told}`}
        columns={[
          { key: 'level', head: t('levelHere'), cell: ({ level }) => level ?? '–' },
          { key: 'told', head: t('levelThere'), cell: ({ told }) => told ?? '–' },
          { key: 'members', head: t('members'), figure: true, cell: ({ members }) => format.number(members) },
        ]}
      />
    </>
  );
}

/** Asked for like anything else, so that it comes in Shopify's admin too, where there is no cookie. */
function useProblemsFile(id: string) {
  const api = useApi();
  return useMutation({
    mutationFn: async () => {
      const asked = api.GET('/api/v1/imports/{id}/problems.csv', { params: { path: { id } }, parseAs: 'blob' });
      const link = document.createElement('a');
      link.href = URL.createObjectURL((await answered<unknown>(asked)) as Blob);
      link.download = 'problems.csv';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    },
  });
}

function Problems({ of, problems }: { of: ImportAnswer; problems: Record<string, number> }) {
  const t = useWords(DATA);
  const format = useFormat();
  const load = useProblemsFile(of.id);
  const rows = Object.entries(problems) as [Parameters<typeof reasonOf>[0], number][];
  if (rows.length === 0) return null;
  return (
    <>
      <h3 className="import-part">{t('unusable')}</h3>
      <Table
        label={t('unusable')}
        rows={rows}
        rowKey={([reason]) => reason}
        columns={[
          { key: 'why', head: t('why'), cell: ([reason]) => t(reasonOf(reason)) },
          { key: 'n', head: t('rows'), figure: true, cell: ([, n]) => format.number(n) },
        ]}
      />
      <p>
        <Button isPending={load.isPending} onPress={() => load.mutate()}>
          {t('problemsFile')}
        </Button>
      </p>
      {of.state === 'checked' && <Note>{t('problemsMore')}</Note>}
    </>
  );
}

type Reason =
  | 'no-email'
  | 'bad-email'
  | 'no-points'
  | 'bad-points'
  | 'not-whole'
  | 'negative'
  | 'too-many'
  | 'bad-day'
  | 'ended'
  | 'too-wide'
  | 'twice'
  | 'before';
const reasonOf = (reason: Reason) => `why_${reason}` as const;
