import { Button } from '@mantine/core';
import { useTexts } from '../shop-texts.ts';
import classes from './line-fault-note.module.css';
import { largestQuantity, type PricedLine } from './priced-line.ts';

interface Props {
  line: PricedLine;
  onQuantity: (quantity: number) => void;
  onRemove: () => void;
}

/** Says what is wrong with a line, and offers the one tap that mends it. */
export function LineFaultNote({ line, onQuantity, onRemove }: Props) {
  const t = useTexts();
  const { fault, sku } = line;
  if (!fault) return null;
  if (!sku || fault === 'gone' || fault === 'soldOut') {
    return (
      <Note
        text={t(fault === 'gone' ? 'fault.gone' : 'fault.soldOut')}
        action={t('fault.removeNow')}
        onAct={onRemove}
      />
    );
  }
  if (fault === 'refused') {
    const fewer = line.quantity - 1;
    return fewer >= sku.minQuantity ? (
      <Note text={t('fault.refused')} action={t('fault.lower', { count: fewer })} onAct={() => onQuantity(fewer)} />
    ) : (
      <Note text={t('fault.refused')} action={t('fault.removeNow')} onAct={onRemove} />
    );
  }
  const count = fault === 'tooMany' ? largestQuantity(sku) : sku.minQuantity;
  return (
    <Note
      text={t(fault === 'tooMany' ? 'fault.tooMany' : 'fault.tooFew', { count })}
      action={t('fault.lower', { count })}
      onAct={() => onQuantity(count)}
    />
  );
}

function Note({ text, action, onAct }: { text: string; action: string; onAct: () => void }) {
  return (
    <div className={classes.note} role="alert">
      <span>{text}</span>
      <Button variant="default" size="compact-sm" onClick={onAct}>
        {action}
      </Button>
    </div>
  );
}
