/** What a person asks of the administration API about their own second factor and sessions. */
import { queryOptions } from '@tanstack/react-query';
import type { EnrolReply, RecoveryCodesReply, SecondFactorState, SessionList } from '../../../contract/staff.ts';
import { call } from '../api.ts';

export const factorQuery = queryOptions({
  queryKey: ['second-factor'],
  queryFn: () => call<SecondFactorState>('/second-factor'),
});
export const sessionsQuery = queryOptions({ queryKey: ['sessions'], queryFn: () => call<SessionList>('/sessions') });

const post = <T>(path: string, body: object) => call<T>(`/second-factor${path}`, { method: 'POST', body });
export const enrol = (password: string) => post<EnrolReply>('', { password });
export const confirmFactor = (code: string) => post<RecoveryCodesReply>('/confirm', { code });
export const renewCodes = (password: string) => post<RecoveryCodesReply>('/recovery-codes', { password });
export const turnOffFactor = (password: string) => post<void>('/off', { password });
export const changeName = (displayName: string) => call<void>('/me', { method: 'PATCH', body: { displayName } });
export const endSession = (id: string) => call<void>(`/sessions/${id}`, { method: 'DELETE' });
