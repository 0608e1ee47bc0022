/** What is read from the shop, and under which name it is kept. */
import { queryOptions } from '@tanstack/react-query';
import { getShop, listTokens } from './api.ts';

export const shopQuery = queryOptions({ queryKey: ['shop'], queryFn: getShop, staleTime: 60_000 });
export const tokensQuery = queryOptions({ queryKey: ['tokens'], queryFn: listTokens });
