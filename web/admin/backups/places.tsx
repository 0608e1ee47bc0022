import type { BackupList } from '../../../contract/system.ts';
import { Facts } from '../list/facts.tsx';
import { CommandLine } from '../shell/command-line.tsx';
import classes from './backups.module.css';
import { useBackupTexts } from './backups-texts.ts';

export function Places({ list: { folder, copyFolder, keyFile, settings } }: { list: BackupList }) {
  const t = useBackupTexts();
  const path = (text: string) => <span className={classes.path}>{text}</span>;
  return (
    <section className="cw-panel" aria-labelledby="backup-places">
      <h2 id="backup-places" className="cw-section-title">
        {t('places.title')}
      </h2>
      <Facts
        facts={[
          [t('places.folder'), path(folder)],
          [t('places.copy'), copyFolder ? path(copyFolder) : t('places.noCopy')],
          [t('places.key'), path(keyFile)],
        ]}
      />
      {!settings.withKeys && <p className={classes.small}>{t('places.keySays')}</p>}
    </section>
  );
}

export function RestoreGuide({ folder }: { folder: string }) {
  const t = useBackupTexts();
  return (
    <section className="cw-panel" aria-labelledby="backup-guide">
      <h2 id="backup-guide" className="cw-section-title">
        {t('guide.title')}
      </h2>
      <p className={classes.small}>{t('guide.says')}</p>
      <p className={classes.small}>{t('guide.stop')}</p>
      <CommandLine command={`npx cardwell restore ${folder} --yes`} />
      <p className={classes.small}>{t('guide.after')}</p>
    </section>
  );
}
