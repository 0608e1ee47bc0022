import type { CartLine } from './line.ts';
import { removeLine, setQuantity } from './line.ts';
import classes from './line-list.module.css';
import { LineRow } from './line-row.tsx';
import type { PricedLine } from './priced-line.ts';

interface Props {
  lines: readonly PricedLine[];
  onChange: (change: (lines: readonly CartLine[]) => CartLine[]) => void;
}

export function LineList({ lines, onChange }: Props) {
  return (
    <ul className={classes.list}>
      {lines.map((line) => (
        <LineRow
          key={line.skuId}
          line={line}
          onQuantity={(quantity) => onChange((all) => setQuantity(all, line.skuId, quantity))}
          onRemove={() => onChange((all) => removeLine(all, line.skuId))}
        />
      ))}
    </ul>
  );
}
