import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { maxCodesOfSet } from '../../../contract/admin.ts';
import { Dialog } from '../ask/dialog.tsx';
import { CountInput } from '../forms/count-input.tsx';
import { FieldGrid } from '../forms/field-grid.tsx';
import { FormActions } from '../forms/form-actions.tsx';
import { useDraft } from '../forms/use-draft.ts';
import { type CouponDraft, couponBody, couponDraft, couponFaults } from './coupon-draft.ts';
import { CouponTerms } from './coupon-fields.tsx';
import { useCouponTexts } from './coupon-texts.ts';
import { generateCoupons } from './coupons-api.ts';

interface Props {
  onDone: () => void;
  onClose: () => void;
}

/** Many codes with the same terms; they come as a file, this once. */
export function GenerateDialog({ onDone, onClose }: Props) {
  const t = useCouponTexts();
  const { draft, set } = useDraft<CouponDraft>({ ...couponDraft(), code: 'AA', maxUses: 1, perBuyer: 1 });
  const [name, setName] = useState('');
  const [prefix, setPrefix] = useState('');
  const [count, setCount] = useState<number | null>(100);
  const [wasTried, setWasTried] = useState(false);
  const faults = couponFaults(draft);
  const isNamed = name.trim() !== '';
  const isPrefix = /^([0-9A-Z][0-9A-Z_-]{0,19})?$/.test(prefix);
  const isCount = count !== null && count >= 1 && count <= maxCodesOfSet;
  const making = useMutation({
    mutationFn: async () => {
      const { code: _, status: __, ...terms } = couponBody(draft);
      await generateCoupons({ ...terms, name: name.trim(), prefix, count: count ?? 1 });
    },
    onSuccess: onDone,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (faults.size === 0 && isNamed && isPrefix && isCount && !making.isPending) making.mutate();
  };
  return (
    <Dialog title={t('generate.title')} wide onClose={onClose}>
      <form className="cw-stack" onSubmit={submit} noValidate>
        <p className="cw-soft">{t('generate.says')}</p>
        <FieldGrid>
          <TextInput
            label={t('generate.name')}
            description={t('generate.nameHint')}
            required
            data-autofocus
            maxLength={80}
            value={name}
            error={wasTried && !isNamed && t('generate.nameWrong')}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <TextInput
            label={t('generate.prefix')}
            description={t('generate.prefixHint')}
            maxLength={20}
            spellCheck={false}
            value={prefix}
            error={wasTried && !isPrefix && t('generate.prefixWrong')}
            onChange={(event) => setPrefix(event.currentTarget.value.toUpperCase())}
          />
          <CountInput
            label={t('generate.count')}
            description={t('generate.countHint', { max: maxCodesOfSet })}
            value={count}
            error={wasTried && !isCount && t('field.countWrong')}
            onChange={setCount}
          />
        </FieldGrid>
        <CouponTerms draft={draft} set={set} faults={wasTried ? faults : new Set()} />
        <FormActions action="coupons.change" saving={making} onCancel={onClose} onReload={onDone} />
      </form>
    </Dialog>
  );
}
