import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { LinkReply, StaffView } from '../../../contract/staff.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { AskDialog } from '../ask/ask-dialog.tsx';
import { Dialog } from '../ask/dialog.tsx';
import { changePerson, renewPasswordLink, resetSecondFactor } from './people-api.ts';
import { usePeopleTexts } from './people-texts.ts';
import { PersonSessions } from './person-sessions.tsx';
import { RolePicker } from './role-picker.tsx';

interface Props {
  person: StaffView;
  onChanged: () => void;
  onLink: (made: LinkReply) => void;
  onClose: () => void;
}

/** What an owner can do about one person. */
export function PersonDialog({ person, onChanged, onLink, onClose }: Props) {
  const t = usePeopleTexts();
  const { id, version, login, status } = person;
  const [role, setRole] = useState(person.role ?? 'auditor');
  const [asking, setAsking] = useState<'disable' | 'enable' | 'reset'>();
  const saving = useMutation({ mutationFn: () => changePerson(id, { version, role }), onSuccess: onChanged });
  const linking = useMutation({ mutationFn: () => renewPasswordLink(id), onSuccess: onLink });
  const problem = saving.error ?? linking.error;
  const run = (reason: string): Promise<unknown> => {
    if (asking === 'reset') return resetSecondFactor(id, reason);
    return changePerson(id, { version, status: asking === 'disable' ? 'disabled' : 'active', reason });
  };
  return (
    <Dialog title={t('change.title', { name: login })} onClose={onClose}>
      <div className="cw-stack">
        <RolePicker value={role} onChange={setRole} />
        <div className="cw-row">
          <Button disabled={role === person.role} loading={saving.isPending} onClick={() => saving.mutate()}>
            {t('change.save')}
          </Button>
        </div>
        <p style={{ margin: 0 }}>{t('change.says')}</p>
        {problem && <ProblemNotice problem={problem} />}
        <PersonSessions id={id} />
        <div className="cw-row" style={{ flexWrap: 'wrap' }}>
          {status !== 'disabled' && (
            <Button variant="default" loading={linking.isPending} onClick={() => linking.mutate()}>
              {t('change.link')}
            </Button>
          )}
          {person.secondFactor && (
            <Button variant="default" onClick={() => setAsking('reset')}>
              {t('change.reset')}
            </Button>
          )}
          {status === 'disabled' ? (
            <Button variant="default" onClick={() => setAsking('enable')}>
              {t('change.enable')}
            </Button>
          ) : (
            <Button variant="light" color="red" onClick={() => setAsking('disable')}>
              {t('change.disable')}
            </Button>
          )}
        </div>
      </div>
      {asking && (
        <AskDialog
          title={t(`change.${asking}`)}
          says={t(`${asking}.says`)}
          confirm={asking === 'reset' ? t('reset.sure') : t(`${asking}.sure`, { name: login })}
          danger={asking !== 'enable'}
          withReason
          run={run}
          onDone={() => {
            setAsking(undefined);
            onChanged();
          }}
          onClose={() => setAsking(undefined)}
        />
      )}
    </Dialog>
  );
}
