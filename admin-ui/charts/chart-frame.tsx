import { type ReactNode, useState } from 'react';
import { Link } from 'react-router';
import { Button } from '../kit/button.js';
import { KIT } from '../kit/words.js';
import { useWords } from '../shell/desk-context.js';
import { downloadCsv } from './csv.js';

export interface ChartTable {
  head: readonly string[];
  rows: readonly (readonly string[])[];
  /** Where a figure leads to what it is made of, in the places of `rows`. */
  links?: readonly (readonly (string | null)[])[];
}

interface ChartFrameProps {
  /** The message, in at most fifteen words. */
  headline: ReactNode;
  /** Measure, unit, period. */
  subtitle: string;
  /** The same figures as the picture has. */
  table: ChartTable;
  /** What the file is called, without its ending. */
  file: string;
  children: ReactNode;
}

/** A picture with its message above it, and the same figures as a table and as a file beside it. */
export function ChartFrame({ headline, subtitle, table, file, children }: ChartFrameProps) {
  const t = useWords(KIT);
  const [asTable, setAsTable] = useState(false);
  return (
    <figure className="chart">
      <figcaption>
        <strong>{headline}</strong>
        <span>{subtitle}</span>
      </figcaption>
      {asTable ? <TableOf {...table} label={subtitle} /> : children}
      <div className="actions">
        <Button look="quiet" onPress={() => setAsTable(!asTable)}>
          {t(asTable ? 'asChart' : 'asTable')}
        </Button>
        <Button look="quiet" onPress={() => downloadCsv(file, table)}>
          {t('csv')}
        </Button>
      </div>
    </figure>
  );
}

const Door = ({ to, children }: { to: string | null; children: string }) =>
  to === null ? children : <Link to={to}>{children}</Link>;

function TableOf({ head, rows, links, label }: ChartTable & { label: string }) {
  return (
    <div className="table-frame" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {head.map((cell, at) => (
              <th key={cell} scope="col" className={at > 0 ? 'figure' : ''}>
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row, nth) => (
            <tr key={row[0]}>
              {row.map((cell, at) =>
                at === 0 ? (
                  <th key={at} scope="row">
                    <Door to={links?.[nth]?.[at] ?? null}>{cell}</Door>
                  </th>
                ) : (
                  <td key={at} className="figure">
                    <Door to={links?.[nth]?.[at] ?? null}>{cell}</Door>
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
