import { Button } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import type { OrderView } from '../../../contract/shop.ts';
import { currentLanguage } from '../../ui/language.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { ApiProblem } from '../../ui/request-json.ts';
import { listProducts } from '../api.ts';
import { type CartLine, encodeLines } from '../cart/line.ts';
import { useDeviceOrder } from './device-orders.ts';
import { useTexts } from './order-texts.ts';

/** An order knows its products by number and name; the catalogue knows them by address. */
async function findLines(order: OrderView): Promise<CartLine[]> {
  const found = await Promise.all(
    order.lines.map(async ({ productId, productName, skuId, quantity }) => {
      const search = { q: productName.slice(0, 100), pageSize: 100, lang: currentLanguage() };
      const slug = (await listProducts(search)).products.find((product) => product.id === productId)?.slug;
      return slug ? { skuId, slug, quantity } : undefined;
    }),
  );
  return found.filter((line) => line !== undefined);
}

/** Back to the checkout with the same lines. */
export function OrderAgain({ order }: { order: OrderView }) {
  const t = useTexts();
  const navigate = useNavigate();
  const remembered = useDeviceOrder(order.id)?.lines ?? [];
  const again = useMutation({
    networkMode: 'always',
    mutationFn: async () => (remembered.length > 0 ? remembered : findLines(order)),
    onSuccess: (lines) => {
      if (lines.length > 0) return navigate({ to: '/checkout', search: { lines: encodeLines(lines) } });
      throw new ApiProblem('product_not_found', 404);
    },
  });
  return (
    <>
      <Button mt={14} loading={again.isPending} onClick={() => again.mutate()}>
        {t('order.againExpired')}
      </Button>
      {again.error && <ProblemNotice problem={again.error} />}
    </>
  );
}
