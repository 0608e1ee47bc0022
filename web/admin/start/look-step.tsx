import { Skeleton } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { appearanceQuery } from '../appearance/appearance-api.ts';
import { AppearanceForm } from '../appearance/appearance-form.tsx';
import { useStartTexts } from './start-texts.ts';

export function LookStep({ onDone }: { onDone: () => void }) {
  const t = useStartTexts();
  const { data, error, refetch } = useQuery(appearanceQuery);
  if (error) return <ProblemNotice problem={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={320} radius="lg" />;
  return <AppearanceForm appearance={data} part="look" onPart={() => {}} submit={t('look.save')} onSaved={onDone} />;
}
