/** What the pages about the machine room ask of the administration API. */
import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { DegradeReply } from '../../../contract/degrade.ts';
import type { DoctorReply, JobList, JobView, RunJobBody, SystemView } from '../../../contract/system.ts';
import { call } from '../api.ts';

export const systemQuery = queryOptions({
  queryKey: ['system'],
  queryFn: () => call<SystemView>('/system'),
  refetchInterval: 15_000,
});
export const doctorQuery = queryOptions({
  queryKey: ['system', 'doctor'],
  queryFn: () => call<DoctorReply>('/system/doctor'),
  staleTime: 60_000,
});
export const degradeQuery = queryOptions({
  queryKey: ['degrade'],
  queryFn: () => call<DegradeReply>('/degrade'),
  refetchInterval: 15_000,
});

const isOpen = (job: JobView) => job.status === 'requested' || job.status === 'running';

/** The last jobs; asked for often while one of them is under way. */
export const jobsQuery = queryOptions({
  queryKey: ['system', 'jobs'],
  queryFn: () => call<JobList>('/system/jobs?limit=20'),
  refetchInterval: (query) => (query.state.data?.jobs.some(isOpen) ? 1000 : 15_000),
});

export const turnDegrade = (on: boolean, why: string) =>
  call<DegradeReply>('/degrade', { method: 'PUT', body: { on, why } });

export interface RunningJobs {
  /** The newest of its kind. */
  last(kind: RunJobBody['kind']): JobView | undefined;
  open(kind: RunJobBody['kind']): JobView | undefined;
  run: (body: RunJobBody) => void;
  isAsking: boolean;
  error: unknown;
}

export function useJobs(): RunningJobs {
  const client = useQueryClient();
  const jobs = useQuery(jobsQuery).data?.jobs ?? [];
  const asking = useMutation({
    mutationFn: (body: RunJobBody) => call<{ job: JobView }>('/system/jobs', { method: 'POST', body }),
    onSettled: () => client.invalidateQueries({ queryKey: jobsQuery.queryKey }),
  });
  return {
    last: (kind) => jobs.find((job) => job.kind === kind),
    open: (kind) => jobs.find((job) => job.kind === kind && isOpen(job)),
    run: (body) => asking.mutate(body),
    isAsking: asking.isPending,
    error: asking.error,
  };
}
