/** The first steps of a new shop: what the server knows of them. */
import { queryOptions } from '@tanstack/react-query';
import type { FirstRun, FirstStep, UpdateFirstRunBody } from '../../../contract/appearance.ts';
import { call } from '../api.ts';

export const firstRunQuery = queryOptions({
  queryKey: ['first-run'],
  queryFn: ({ signal }) => call<FirstRun>('/first-run', { signal }),
});
export const updateFirstRun = (body: UpdateFirstRunBody) => call<FirstRun>('/first-run', { method: 'PATCH', body });

export const stateOf = (run: FirstRun, step: FirstStep) => run.steps.find((one) => one.step === step)?.state ?? 'open';
/** Where to go on: the first step that is neither done nor left out. */
export const openStep = (run: FirstRun): FirstStep | undefined => run.steps.find(({ state }) => state === 'open')?.step;
