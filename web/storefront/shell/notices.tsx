import { IconClockPause, IconFlask, IconSpeakerphone, IconWifiOff } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useSyncExternalStore } from 'react';
import { useLanguage } from '../../ui/language.ts';
import { shopQuery } from '../queries.ts';
import { useTexts } from '../shop-texts.ts';
import classes from './notices.module.css';
import { inLanguage } from './shop-name.ts';

const watchConnection = (listener: () => void) => {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
};

const kinds = { info: 'announcement', warning: 'demo', urgent: 'offline' } as const;

/** What every visitor must know: that this is a demo, that the line is down, what the owner announces. */
export function Notices() {
  const t = useTexts();
  const shop = useQuery(shopQuery).data;
  const language = useLanguage();
  const news = shop && inLanguage({ zh: shop.announcement, en: shop.look?.announcementEn ?? '' }, language);
  const isOnline = useSyncExternalStore(watchConnection, () => navigator.onLine);
  return (
    <section aria-label={t('shell.notices')}>
      {!isOnline && (
        <Notice kind="offline" icon={<IconWifiOff size={18} aria-hidden />}>
          {t('shell.offline')}
        </Notice>
      )}
      {shop?.recording && (
        <Notice kind="recording" icon={<IconClockPause size={18} aria-hidden />}>
          {t('shell.recording')}
        </Notice>
      )}
      {(shop?.sandbox || shop?.hasSampleData) && (
        <Notice kind="demo" icon={<IconFlask size={18} aria-hidden />}>
          {shop.sandbox && t('shell.sandbox')} {shop.hasSampleData && t('shell.sample')}
        </Notice>
      )}
      {news && (
        <Notice kind={kinds[shop.look?.announcementLevel ?? 'info']} icon={<IconSpeakerphone size={18} aria-hidden />}>
          {news}
        </Notice>
      )}
    </section>
  );
}

interface NoticeProps {
  kind: 'offline' | 'recording' | 'demo' | 'announcement';
  icon: React.ReactNode;
  children: React.ReactNode;
}

function Notice({ kind, icon, children }: NoticeProps) {
  return (
    <div
      className={classes.notice}
      data-kind={kind}
      role={kind === 'offline' || kind === 'recording' ? 'status' : undefined}
    >
      <div className={`cw-page ${classes.inner}`}>
        {icon}
        <span>{children}</span>
      </div>
    </div>
  );
}
