import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { OrderView } from '../../../contract/shop.ts';
import { getOrder } from '../api.ts';
import { orderKey } from '../queries.ts';
import { followOrder } from './follow-order.ts';

/** An order that keeps itself up to date while it is on the screen. */
export function useOrder(id: string, token: string) {
  const client = useQueryClient();
  const query = useQuery({
    queryKey: orderKey(id),
    queryFn: async ({ signal }) => (await getOrder(id, token, signal)).order,
  });
  useEffect(
    () => followOrder(id, token, (order) => client.setQueryData<OrderView>(orderKey(id), order)),
    [id, token, client],
  );
  // A phone that slept may hold a connection that looks alive: ask when the page is seen again.
  useEffect(() => {
    const onVisible = () => {
      if (document.visibilityState === 'visible') void client.invalidateQueries({ queryKey: orderKey(id) });
    };
    document.addEventListener('visibilitychange', onVisible);
    return () => document.removeEventListener('visibilitychange', onVisible);
  }, [id, client]);
  return query;
}
