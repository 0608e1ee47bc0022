import { Button, PasswordInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { BuyerFaults, BuyerInput } from './buyer-input.ts';
import { useTexts } from './checkout-texts.ts';

interface Props {
  value: BuyerInput;
  faults: BuyerFaults;
  onChange: (value: BuyerInput) => void;
}

export function ContactFields({ value, faults, onChange }: Props) {
  const t = useTexts();
  const [showsCoupon, setShowsCoupon] = useState(value.couponCode !== '');
  return (
    <>
      <TextInput
        id="contact"
        size="md"
        required
        label={t('checkout.contact')}
        description={t('checkout.contactHint')}
        placeholder={t('checkout.contactPlaceholder')}
        autoComplete="email"
        autoCapitalize="off"
        maxLength={120}
        value={value.contact}
        error={faults.contact && t('checkout.contactShort')}
        onChange={(event) => onChange({ ...value, contact: event.currentTarget.value })}
      />
      <PasswordInput
        id="lookup-password"
        size="md"
        label={t('checkout.password')}
        description={t('checkout.passwordHint')}
        autoComplete="new-password"
        maxLength={100}
        value={value.lookupPassword}
        error={faults.lookupPassword && t('checkout.passwordShort')}
        visibilityToggleButtonProps={{ 'aria-label': t('checkout.showPassword') }}
        onChange={(event) => onChange({ ...value, lookupPassword: event.currentTarget.value })}
      />
      {showsCoupon ? (
        <TextInput
          id="coupon"
          size="md"
          label={t('checkout.coupon')}
          description={t('checkout.discountLater')}
          autoComplete="off"
          autoCapitalize="characters"
          maxLength={40}
          value={value.couponCode}
          autoFocus
          onChange={(event) => onChange({ ...value, couponCode: event.currentTarget.value })}
        />
      ) : (
        <div>
          <Button variant="subtle" size="compact-md" ml={-8} onClick={() => setShowsCoupon(true)}>
            {t('checkout.haveCoupon')}
          </Button>
        </div>
      )}
    </>
  );
}
