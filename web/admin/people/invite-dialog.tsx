import { TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { loginLength } from '../../../contract/credentials.ts';
import type { StaffRole } from '../../../contract/permissions.ts';
import type { LinkReply } from '../../../contract/staff.ts';
import { loginFault } from '../access/credentials-input.ts';
import { Dialog } from '../ask/dialog.tsx';
import { FormActions } from '../forms/form-actions.tsx';
import { invitePerson } from './people-api.ts';
import { usePeopleTexts } from './people-texts.ts';
import { RolePicker } from './role-picker.tsx';

export function InviteDialog({ onMade, onClose }: { onMade: (made: LinkReply) => void; onClose: () => void }) {
  const t = usePeopleTexts();
  const [typed, setTyped] = useState('');
  const [role, setRole] = useState<StaffRole>('support');
  const [wasTried, setWasTried] = useState(false);
  const login = typed.trim();
  const inviting = useMutation({ mutationFn: () => invitePerson({ login, role }), onSuccess: onMade });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (!loginFault(login) && !inviting.isPending) inviting.mutate();
  };
  return (
    <Dialog title={t('invite')} onClose={onClose}>
      <form className="cw-stack" onSubmit={submit} noValidate>
        <TextInput
          label={t('field.login')}
          description={t('field.loginHint')}
          required
          data-autofocus
          autoComplete="off"
          autoCapitalize="none"
          spellCheck={false}
          maxLength={loginLength.max}
          value={typed}
          error={wasTried && loginFault(login) && t('field.loginWrong')}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <RolePicker value={role} onChange={setRole} />
        <FormActions action="staff.change" saving={inviting} submit={t('invite.submit')} onCancel={onClose} />
      </form>
    </Dialog>
  );
}
