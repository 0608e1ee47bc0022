import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { PlaceOrderBody } from '../../../contract/shop.ts';
import { ApiProblem } from '../../ui/request-json.ts';
import * as api from '../api.ts';
import type { CartLine } from '../cart/line.ts';
import { rememberOrder } from '../order/device-orders.ts';
import { storePayment } from '../order/stored-payment.ts';
import { orderKey } from '../queries.ts';
import { endSubmission, idempotencyKeyFor } from './submission.ts';

interface Placing {
  body: PlaceOrderBody;
  lines: readonly CartLine[];
}

/** Sends the order; on success everything needed to pay and to find it again is kept before the page changes. */
export function usePlaceOrder(onPlaced: () => void) {
  const client = useQueryClient();
  const navigate = useNavigate();
  return useMutation({
    networkMode: 'always',
    mutationFn: ({ body }: Placing) => api.placeOrder(body, idempotencyKeyFor(body)),
    onSuccess: (reply, { lines }) => {
      endSubmission();
      if ('ticket' in reply) {
        const { id, token } = reply.ticket;
        rememberOrder({ id, token, savedAtMs: Date.now(), lines: [...lines], isTicket: true });
        void navigate({ to: '/tickets/$id', params: { id }, replace: true }).then(onPlaced);
        return;
      }
      const { order, accessToken, payment } = reply;
      rememberOrder({ id: order.id, token: accessToken, savedAtMs: Date.now(), lines: [...lines] });
      if (payment) storePayment(order.id, payment);
      client.setQueryData(orderKey(order.id), order);
      void navigate({ to: '/orders/$id', params: { id: order.id }, replace: true }).then(onPlaced);
    },
    onError: (problem) => {
      // A definite no ends the submission. Anything else may have arrived: the retry must carry the same key.
      if (problem instanceof ApiProblem && !problem.isPassing) endSubmission();
      void client.invalidateQueries({ queryKey: ['product'] });
    },
  });
}
