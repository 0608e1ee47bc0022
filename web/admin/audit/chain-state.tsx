import { Button } from '@mantine/core';
import { IconShieldCheck, IconShieldX } from '@tabler/icons-react';
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { AuditChainView } from '../../../contract/admin.ts';
import { useDateTime } from '../../ui/dates.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { IfMay } from '../access/if-may.tsx';
import { call } from '../api.ts';
import classes from './audit-page.module.css';
import { useAuditTexts } from './audit-texts.ts';

const chainQuery = queryOptions({
  queryKey: ['audit-chain'],
  queryFn: () => call<AuditChainView>('/audit-log/chain'),
  refetchInterval: 60_000,
});

/** Up to where the log is known not to have been changed. */
export function ChainState() {
  const t = useAuditTexts();
  const dateTime = useDateTime();
  const client = useQueryClient();
  const chain = useQuery(chainQuery).data;
  const verifying = useMutation({
    mutationFn: () => call<AuditChainView>('/audit-log/chain/verify', { method: 'POST' }),
    onSuccess: (view) => client.setQueryData(chainQuery.queryKey, view),
  });
  if (!chain) return null;
  const { verified } = chain;
  const isBroken = verified?.ok === false;
  const values = { seq: verified?.seq ?? 0, found: verified?.found ?? 0, at: dateTime(verified?.at ?? 0) };
  return (
    <section className={classes.chain} data-broken={isBroken} aria-label={t('chain.title')}>
      {isBroken ? <IconShieldX size={26} aria-hidden /> : <IconShieldCheck size={26} aria-hidden />}
      <div className={classes.chainText}>
        <p role="status">{t(verified ? (isBroken ? 'chain.broken' : 'chain.ok') : 'chain.none', values)}</p>
        {isBroken && (
          <ul>
            {verified.sample.map((text) => (
              <li key={text}>{text}</li>
            ))}
          </ul>
        )}
        <p className={classes.chainWhy}>{t('chain.why')}</p>
        {verifying.error && <ProblemNotice problem={verifying.error} />}
      </div>
      <IfMay action="audit.verify">
        <Button variant="default" size="compact-md" loading={verifying.isPending} onClick={() => verifying.mutate()}>
          {t('chain.verify')}
        </Button>
      </IfMay>
    </section>
  );
}
