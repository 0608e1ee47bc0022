import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import type { CouponView } from '../../../contract/admin.ts';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { Dialog } from '../ask/dialog.tsx';
import { FormActions } from '../forms/form-actions.tsx';
import { useDraft } from '../forms/use-draft.ts';
import { couponBody, couponDraft, couponFaults } from './coupon-draft.ts';
import { CouponFields } from './coupon-fields.tsx';
import { useCouponTexts } from './coupon-texts.ts';
import { createCoupon, deleteCoupon, updateCoupon } from './coupons-api.ts';

interface Props {
  /** Absent: a new one. */
  coupon?: CouponView;
  onDone: () => void;
  onClose: () => void;
}

export function CouponDialog({ coupon, onDone, onClose }: Props) {
  const t = useCouponTexts();
  const { draft, set } = useDraft(couponDraft(coupon));
  const [wasTried, setWasTried] = useState(false);
  const [isAsking, setAsking] = useState(false);
  const faults = couponFaults(draft);
  const saving = useMutation({
    mutationFn: () => {
      const body = couponBody(draft);
      return coupon ? updateCoupon(coupon.id, { ...body, version: coupon.version }) : createCoupon(body);
    },
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (faults.size === 0 && !saving.isPending) saving.mutate();
  };
  return (
    <Dialog title={coupon ? t('editTitle') : t('newTitle')} wide onClose={onClose}>
      <form className="cw-stack" onSubmit={submit} noValidate>
        <CouponFields draft={draft} set={set} faults={wasTried ? faults : new Set()} />
        <FormActions action="coupons.change" saving={saving} onCancel={onClose} onReload={onDone}>
          {coupon && (
            <Button variant="subtle" color="red" onClick={() => setAsking(true)}>
              {t('delete')}
            </Button>
          )}
        </FormActions>
      </form>
      {isAsking && coupon && (
        <AskDialog
          title={t('delete')}
          says={t('deleteSays')}
          confirm={t('deleteSure')}
          danger
          run={() => deleteCoupon(coupon.id, coupon.version)}
          onDone={onDone}
          onClose={() => setAsking(false)}
        />
      )}
    </Dialog>
  );
}
