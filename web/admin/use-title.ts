import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { shopQuery } from './queries.ts';

/** The title of the browser's tab: the page, then the shop. */
export function useTitle(title: string): void {
  const shopName = useQuery(shopQuery).data?.name ?? 'Cardwell';
  useEffect(() => {
    document.title = `${title} · ${shopName}`;
  }, [title, shopName]);
}
