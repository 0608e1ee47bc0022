import { PasswordInput } from '@mantine/core';
import { useState } from 'react';
import { maxPasswordLength } from '../../../contract/credentials.ts';
import { useTexts } from '../admin-texts.ts';
import { type NewPassword, newPasswordFaults } from './credentials-input.ts';
import { PasswordRules } from './password-rules.tsx';

interface Props {
  value: NewPassword;
  /** The password must not be like it. */
  login: string;
  label: string;
  /** After the first try to send, what is missing is an error and no longer a hint. */
  wasTried: boolean;
  onChange: (value: NewPassword) => void;
}

/** A new password, typed twice, with the rules beside it. Both fields are shown or hidden together. */
export function NewPasswordFields({ value, login, label, wasTried, onChange }: Props) {
  const t = useTexts();
  const [isVisible, setVisible] = useState(false);
  const faults = newPasswordFaults(value, login);
  const shared = {
    size: 'md',
    required: true,
    autoComplete: 'new-password',
    maxLength: maxPasswordLength,
    visible: isVisible,
    onVisibilityChange: setVisible,
    visibilityToggleFocusable: true,
    visibilityToggleButtonProps: { 'aria-label': t('access.showPassword') },
  } as const;
  return (
    <>
      <div>
        <PasswordInput
          {...shared}
          id="new-password"
          label={label}
          value={value.password}
          error={wasTried && faults.rules.length > 0}
          aria-describedby="password-rules"
          onChange={(event) => onChange({ ...value, password: event.currentTarget.value })}
        />
        <PasswordRules
          id="password-rules"
          broken={value.password === '' ? undefined : faults.rules}
          wasTried={wasTried}
        />
      </div>
      <PasswordInput
        {...shared}
        id="repeated-password"
        label={t('access.repeat')}
        value={value.repeated}
        error={(faults.strays || (wasTried && faults.differs)) && t('access.differs')}
        onChange={(event) => onChange({ ...value, repeated: event.currentTarget.value })}
      />
    </>
  );
}
