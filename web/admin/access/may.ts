import { useQuery } from '@tanstack/react-query';
import type { Action } from '../../../contract/permissions.ts';
import { ownerQuery } from './owner.ts';

/** Whether who is signed in may do that. What they may not is not offered; the shop refuses it in any case. */
export function useMay(): (action: Action) => boolean {
  const actions = useQuery({ ...ownerQuery, enabled: false }).data?.actions;
  return (action) => actions?.has(action) ?? false;
}
