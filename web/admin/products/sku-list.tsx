import { Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { type ReactNode, useState } from 'react';
import type { AdminProduct, AdminSku } from '../../../contract/admin-catalogue.ts';
import { useMoney } from '../../ui/money.ts';
import { serverNowMs } from '../../ui/server-clock.ts';
import { IfMay } from '../access/if-may.tsx';
import { StatusBadge } from '../list/status-badge.tsx';
import { MoveButtons } from './move-buttons.tsx';
import { useProductTexts } from './product-texts.ts';
import { SaleStatusBadge } from './sale-status.tsx';
import { SkuDialog } from './sku-dialog.tsx';
import classes from './sku-list.module.css';
import { WebhookDialog } from './webhook-dialog.tsx';

export function SkuList({ product, onChange }: { product: AdminProduct; onChange: () => unknown }) {
  const t = useProductTexts();
  const [editing, setEditing] = useState<AdminSku | 'new'>();
  const [connecting, setConnecting] = useState<AdminSku>();
  return (
    <section className="cw-panel" aria-labelledby="skus">
      <div className="cw-spread">
        <h2 id="skus" className="cw-section-title">
          {t('sku.title')}
        </h2>
        <IfMay action="catalogue.change">
          <Button
            variant="light"
            size="sm"
            leftSection={<IconPlus size={16} aria-hidden />}
            onClick={() => setEditing('new')}
          >
            {t('sku.create')}
          </Button>
        </IfMay>
      </div>
      {product.skus.length === 0 && <p className={classes.none}>{t('sku.none')}</p>}
      <ul className={classes.list}>
        {product.skus.map((sku, at) => (
          <SkuRow
            key={sku.id}
            sku={sku}
            move={<MoveButtons kind="skus" name={sku.name} of={product.skus} at={at} onMoved={onChange} />}
            onEdit={() => setEditing(sku)}
            onConnect={() => setConnecting(sku)}
          />
        ))}
      </ul>
      {connecting && <WebhookDialog sku={connecting} onClose={() => setConnecting(undefined)} />}
      {editing && (
        <SkuDialog
          productId={product.id}
          {...(editing !== 'new' && { sku: editing })}
          onDone={() => {
            void onChange();
            setEditing(undefined);
          }}
          onClose={() => setEditing(undefined)}
        />
      )}
    </section>
  );
}

/** On or to come. */
const isSaleToSee = ({ flashSale }: AdminSku): boolean => flashSale !== null && flashSale.endsAt > serverNowMs();

interface RowProps {
  sku: AdminSku;
  move: ReactNode;
  onEdit: () => void;
  onConnect: () => void;
}

function SkuRow({ sku, move, onEdit, onConnect }: RowProps) {
  const t = useProductTexts();
  const money = useMoney();
  return (
    <li className={classes.row}>
      <div className={classes.words}>
        <div className={classes.name}>
          {sku.name} {sku.status !== 'active' && <SaleStatusBadge status={sku.status} />}{' '}
          {isSaleToSee(sku) && (
            <StatusBadge tone="wait">
              {t('sale.badge', { price: money(sku.flashSale?.priceMinor ?? 0, sku.currency) })}
            </StatusBadge>
          )}
        </div>
        <div className={classes.facts}>
          {t(`delivery.${sku.delivery}`)} · {t('column.stock')} {sku.stock ?? t('unlimited')}
        </div>
      </div>
      <span className="cw-number">{money(sku.priceMinor, sku.currency)}</span>
      <IfMay action="catalogue.change">
        {move}
        {sku.delivery === 'webhook' && (
          <Button variant="light" size="sm" onClick={onConnect}>
            {t('webhook.button')}
          </Button>
        )}
        <Button variant="default" size="sm" aria-label={t('sku.editNamed', { name: sku.name })} onClick={onEdit}>
          {t('sku.edit')}
        </Button>
      </IfMay>
    </li>
  );
}
