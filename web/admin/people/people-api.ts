/** What the pages about people ask of the administration API. */
import { queryOptions } from '@tanstack/react-query';
import type {
  ChangePersonBody,
  InviteBody,
  LinkReply,
  SessionList,
  StaffList,
  StaffReply,
} from '../../../contract/staff.ts';
import { call } from '../api.ts';

export const staffQuery = queryOptions({ queryKey: ['staff'], queryFn: () => call<StaffList>('/staff') });
export const sessionsOfQuery = (id: number) =>
  queryOptions({ queryKey: ['staff', id, 'sessions'], queryFn: () => call<SessionList>(`/staff/${id}/sessions`) });

export const invitePerson = (body: InviteBody) => call<LinkReply>('/staff', { method: 'POST', body });
export const renewPasswordLink = (id: number) =>
  call<LinkReply>(`/staff/${id}/password-link`, { method: 'POST', body: {} });
export const changePerson = (id: number, body: ChangePersonBody) =>
  call<StaffReply>(`/staff/${id}`, { method: 'PATCH', body });
export const resetSecondFactor = (id: number, reason: string) =>
  call<void>(`/staff/${id}/second-factor/reset`, { method: 'POST', body: { reason } });
export const endSessionOf = (id: number, session: string) =>
  call<void>(`/staff/${id}/sessions/${session}`, { method: 'DELETE' });
