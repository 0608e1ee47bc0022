/** What a token may do, as the owner chooses it and as the API names it. */
import type { Scope } from '../../../contract/account.ts';

export const rightsLists = ['read', 'write', 'all'] as const;
export type Rights = (typeof rightsLists)[number];

export const scopesOf: Record<Rights, Scope[]> = { read: ['read'], write: ['read', 'write'], all: ['*'] };

export function rightsOf(scopes: readonly Scope[]): Rights {
  if (scopes.includes('*')) return 'all';
  return scopes.includes('write') ? 'write' : 'read';
}
