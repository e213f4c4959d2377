import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { answered } from '../../api/client.js';
import { Asked, Failed } from '../../kit/asked.js';
import { Button } from '../../kit/button.js';
import { Dialog } from '../../kit/dialog.js';
import { Badge, Card } from '../../kit/page.js';
import { Table } from '../../kit/table.js';
import { useToast } from '../../kit/toasts.js';
import { useApi, useFormat as useFigures, useMay, useWords } from '../../shell/desk-context.js';
import { Changes } from './check-and-publish.js';
import { OutOfUse } from './out-of-use.js';
import { PROGRAM } from './words.js';

interface Version {
  version: number;
  hash: string;
  name: string;
  from: string;
  inForce: boolean;
}

/** What was published, newest first; each can be published once more. */
export function Versions() {
  const t = useWords(PROGRAM);
  const api = useApi();
  const figures = useFigures();
  const publish = useMay()('publish');
  const [back, setBack] = useState<Version | null>(null);
  const query = useQuery({ queryKey: ['versions'], queryFn: () => answered(api.GET('/api/v1/versions')) });
  return (
    <Card title={t('versions')}>
      <Asked query={query} rows={3}>
        {({ versions }) => (
          <Table
            label={t('versions')}
            rows={[...versions].reverse()}
            rowKey={({ version }) => String(version)}
            columns={[
              { key: 'n', head: '#', cell: ({ version }) => figures.number(version) },
              { key: 'name', head: t('name'), wide: true, cell: ({ name }) => name },
              { key: 'from', head: t('since'), cell: ({ from }) => figures.moment(from) },
              {
                key: 'live',
                head: '',
                cell: (one) =>
                  one.inForce ? (
                    <Badge tone="good">{t('inForce')}</Badge>
                  ) : (
                    publish && (
                      <Button look="quiet" onPress={() => setBack(one)}>
                        {t('back')}
                      </Button>
                    )
                  ),
              },
            ]}
          />
        )}
      </Asked>
      {back && <GoingBack to={back} onClose={() => setBack(null)} />}
    </Card>
  );
}

function GoingBack({ to, onClose }: { to: Version; onClose(): void }) {
  const t = useWords(PROGRAM);
  const api = useApi();
  const known = useQueryClient();
  const tell = useToast();
  const go = useMutation({
    mutationFn: () => answered(api.POST('/api/v1/rollback', { body: { version: to.version } })),
    onSuccess: async () => {
      onClose();
      tell(t('backDone', { n: to.version }));
      await known.invalidateQueries();
    },
  });
  const title = t('backTitle', { n: to.version });
  return (
    <Dialog
      title={title}
      open
      wide
      onClose={onClose}
      actions={
        <Button look="primary" isPending={go.isPending} onPress={() => go.mutate()}>
          {title}
        </Button>
      }
    >
      {go.isError && <Failed error={go.error} />}
      <p>{t('backMore')}</p>
      <OutOfUse to={to.version} hash={to.hash} />
      <Changes from="live" to={to.version} hash={to.hash} />
    </Dialog>
  );
}
