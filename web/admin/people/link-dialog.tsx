import { Button, Code } from '@mantine/core';
import type { LinkReply } from '../../../contract/staff.ts';
import { CopyButton } from '../../ui/copy-button.tsx';
import { useDateTime } from '../../ui/dates.ts';
import { Dialog } from '../ask/dialog.tsx';
import { usePeopleTexts } from './people-texts.ts';

/** The link, once: the shop keeps only its hash. */
export function LinkDialog({ made: { person, link, expiresAt }, onClose }: { made: LinkReply; onClose: () => void }) {
  const t = usePeopleTexts();
  const dateTime = useDateTime();
  return (
    <Dialog title={t('link.title', { name: person.login })} onClose={onClose}>
      <div className="cw-stack">
        <p style={{ margin: 0 }}>{t('link.says', { until: dateTime(expiresAt) })}</p>
        <Code block style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere' }}>
          {link}
        </Code>
        <div className="cw-row">
          <CopyButton text={link} describes={t('link.label')} />
          <Button variant="default" onClick={onClose}>
            {t('link.done')}
          </Button>
        </div>
      </div>
    </Dialog>
  );
}
