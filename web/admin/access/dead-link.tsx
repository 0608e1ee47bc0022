import { Button } from '@mantine/core';
import { IconLinkOff } from '@tabler/icons-react';
import { useTexts } from '../admin-texts.ts';
import { CommandLine } from '../shell/command-line.tsx';
import { AccessCard } from './access-card.tsx';

interface Props {
  reason: 'incomplete' | 'used';
  ownerExists: boolean;
}

/** A link that leads nowhere still says where to go: to the sign-in, or to the machine for a new link. */
export function DeadLink({ reason, ownerExists }: Props) {
  const t = useTexts();
  const lead =
    reason === 'incomplete' ? t('setup.incompleteLead') : ownerExists ? t('setup.usedLead') : t('setup.expiredLead');
  return (
    <AccessCard
      tone="warning"
      icon={<IconLinkOff size={26} />}
      title={reason === 'incomplete' ? t('setup.incompleteTitle') : t('setup.usedTitle')}
      lead={lead}
    >
      <div className="cw-stack">
        <CommandLine command="npx cardwell setup-link" />
        <Button component="a" href="/admin/login" size="md" variant={ownerExists ? 'filled' : 'default'}>
          {t('setup.toLogIn')}
        </Button>
      </div>
    </AccessCard>
  );
}
