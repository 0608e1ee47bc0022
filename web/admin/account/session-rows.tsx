import { Button } from '@mantine/core';
import { IconDeviceDesktop, IconDeviceMobile } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import type { SessionView } from '../../../contract/staff.ts';
import { useDateTime } from '../../ui/dates.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { useAccountTexts } from './account-texts.ts';
import { deviceName } from './device-name.ts';
import classes from './token-row.module.css';

interface Props {
  sessions: readonly SessionView[];
  end: (id: string) => Promise<void>;
  onEnded: () => void;
}

export function SessionRows({ sessions, end, onEnded }: Props) {
  const t = useAccountTexts();
  const dateTime = useDateTime();
  const ending = useMutation({ mutationFn: end, onSuccess: onEnded });
  return (
    <>
      {ending.error && <ProblemNotice problem={ending.error} />}
      <ul style={{ margin: 0, padding: 0, listStyle: 'none' }}>
        {sessions.map(({ id, current, seenAt, address, device }) => {
          const name = deviceName(device) ?? t('sessions.unknown');
          const Icon = /iPhone|Android/.test(device ?? '') ? IconDeviceMobile : IconDeviceDesktop;
          const facts = [current && t('sessions.current'), address, t('sessions.seen', { at: dateTime(seenAt) })];
          return (
            <li key={id} className={classes.row}>
              <div className={classes.main}>
                <Icon size={20} aria-hidden />
                <div className={classes.text}>
                  <span className={classes.name}>{name}</span>
                  <span className={classes.facts}>{facts.filter(Boolean).join(' · ')}</span>
                </div>
                {!current && (
                  <Button
                    variant="subtle"
                    color="gray"
                    c="dimmed"
                    size="compact-md"
                    aria-label={t('sessions.endNamed', { device: name })}
                    loading={ending.isPending && ending.variables === id}
                    onClick={() => ending.mutate(id)}
                  >
                    {t('sessions.end')}
                  </Button>
                )}
              </div>
            </li>
          );
        })}
      </ul>
    </>
  );
}
