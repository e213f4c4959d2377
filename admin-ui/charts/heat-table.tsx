interface HeatTableProps {
  label: string;
  columns: readonly string[];
  /** `share` from 0 to 1 colours the cell; its figure stands in it. Null = nothing to say yet. */
  rows: readonly { name: string; cells: readonly ({ share: number; text: string } | null)[] }[];
}

/** Cohorts, or hours of the week: a table whose cells are tinted by their figures. */
export function HeatTable({ label, columns, rows }: HeatTableProps) {
  return (
    <div className="table-frame heat" role="region" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            <td />
            {columns.map((column) => (
              <th key={column} scope="col">
                {column}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ name, cells }) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {cells.map((cell, at) => (
                <td key={at} className={cell ? `heat-${Math.min(5, Math.ceil(cell.share * 5))}` : ''}>
                  {cell?.text ?? ''}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
