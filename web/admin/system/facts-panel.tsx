import { Progress } from '@mantine/core';
import type { SystemView } from '../../../contract/system.ts';
import { Facts } from '../list/facts.tsx';
import { bytesText } from './bytes.ts';
import classes from './system.module.css';
import { useSystemTexts } from './system-texts.ts';

export function FactsPanel({ system }: { system: SystemView }) {
  const t = useSystemTexts();
  const { database, migrations } = system;
  const name = `${database.kind} ${database.version}`;
  return (
    <section className="cw-panel" aria-labelledby="system-facts">
      <h2 id="system-facts" className="cw-section-title">
        {t('facts.title')}
      </h2>
      <Facts
        facts={[
          [t('facts.version'), `Cardwell ${system.version} · Node ${system.node.replace(/^v/, '')}`],
          [t('facts.database'), database.hosts > 1 ? t('facts.hosts', database) : name],
          [
            t('facts.migrations'),
            migrations.pending.length > 0
              ? t('facts.pending', { count: migrations.pending.length })
              : t('facts.migrationsSay', { last: migrations.applied.at(-1) ?? '—', count: migrations.applied.length }),
          ],
          [t('facts.environment'), t(system.environment === 'production' ? 'facts.production' : 'facts.development')],
          [t('facts.key'), useKeyText(system.keys)],
          [t('facts.leader'), system.leaders.find(({ work }) => work === 'scans')?.process],
        ]}
      />
    </section>
  );
}

function useKeyText(keys: SystemView['keys']): string {
  const t = useSystemTexts();
  const [only, ...others] = keys;
  if (!only) return t('facts.keysNone');
  const texts = keys.map(({ id, rows }) => t('facts.keySays', { id, rows }));
  return others.length === 0 ? (texts[0] ?? '') : t('facts.keysMixed', { list: texts.join(' · ') });
}

const fullPercent = 80;

export function DisksPanel({ disks }: Pick<SystemView, 'disks'>) {
  const t = useSystemTexts();
  return (
    <section className="cw-panel" aria-labelledby="system-disks">
      <h2 id="system-disks" className="cw-section-title">
        {t('disk.title')}
      </h2>
      <ul className={classes.list}>
        {disks.map(({ what, path, freeBytes, totalBytes }) => {
          const used = Math.round((1 - freeBytes / Math.max(1, totalBytes)) * 100);
          const free = t('disk.free', { free: bytesText(freeBytes), total: bytesText(totalBytes) });
          return (
            <li key={what}>
              <div className={classes.disk}>
                <span>{t(`disk.${what}`)}</span>
                <span>{free}</span>
              </div>
              <Progress
                value={used}
                color={used > fullPercent ? 'red.8' : 'jade'}
                aria-label={`${t(`disk.${what}`)}: ${free}`}
              />
              <div className={classes.small}>{path}</div>
            </li>
          );
        })}
      </ul>
    </section>
  );
}
