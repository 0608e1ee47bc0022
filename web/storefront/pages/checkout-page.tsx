import { IconShoppingBag } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { type FormEvent, useEffect, useState } from 'react';
import { EmptyState } from '../../ui/empty-state.tsx';
import { useLanguage } from '../../ui/language.ts';
import { ProblemNotice } from '../../ui/problem-notice.tsx';
import { readStored, writeStored } from '../../ui/stored-value.ts';
import { updateCart, useCart } from '../cart/cart-store.ts';
import { type CartLine, decodeLines, encodeLines } from '../cart/line.ts';
import { LineList } from '../cart/line-list.tsx';
import { usePricedLines } from '../cart/use-priced-lines.ts';
import { BuyerForms } from '../checkout/buyer-forms.tsx';
import { type BuyerInput, buyerFaults, formFaults, orderBody } from '../checkout/buyer-input.ts';
import { ChannelPicker, takes } from '../checkout/channel-picker.tsx';
import { useTexts } from '../checkout/checkout-texts.ts';
import { ContactFields } from '../checkout/contact-fields.tsx';
import { refusedLines } from '../checkout/refused-lines.ts';
import { SubmitPanel } from '../checkout/submit-panel.tsx';
import { usePlaceOrder } from '../checkout/use-place-order.ts';
import { channelsQuery, shopQuery } from '../queries.ts';
import { LinkButton } from '../shell/link-button.tsx';
import { useTitle } from '../shell/use-title.ts';
import classes from './two-columns.module.css';

const contactKey = 'cardwell.contact';
const isText = (value: unknown): value is string => typeof value === 'string';

/** Lines come from the address ("buy now", "order again") or else from the cart. */
function useCheckoutLines() {
  const code = useSearch({ from: '/checkout' }).lines;
  const cart = useCart();
  const navigate = useNavigate();
  if (code === undefined) return { lines: cart, change: updateCart, clear: () => updateCart(() => []) };
  const lines = decodeLines(code);
  const change = (edit: (lines: readonly CartLine[]) => CartLine[]) =>
    void navigate({ to: '/checkout', search: { lines: encodeLines(edit(lines)) }, replace: true, resetScroll: false });
  return { lines, change, clear: () => undefined };
}

export function CheckoutPage() {
  const t = useTexts();
  const language = useLanguage();
  const { lines, change, clear } = useCheckoutLines();
  const cart = usePricedLines(lines);
  const { data: known } = useQuery(channelsQuery);
  const channels = known ?? [];
  const isRecording = useQuery(shopQuery).data?.recording ?? false;
  const [input, setInput] = useState<BuyerInput>(() => ({
    contact: readStored('local', contactKey, isText) ?? '',
    lookupPassword: '',
    couponCode: '',
    forms: {},
  }));
  const [chosen, setChosen] = useState<string>();
  const [wasTried, setWasTried] = useState(false);
  const placing = usePlaceOrder(clear);
  useTitle(t('checkout.title'));
  // On a phone the button stays at the bottom edge while the answer to it may stand anywhere on the page.
  useEffect(() => {
    if (placing.error) document.querySelector('main [role=alert]')?.scrollIntoView({ block: 'center' });
  }, [placing.error]);

  if (lines.length === 0 && !placing.isPending && !placing.isSuccess) {
    return (
      <EmptyState asPage icon={<IconShoppingBag size={32} />} title={t('checkout.nothing')}>
        <LinkButton to="/">{t('cart.browse')}</LinkButton>
      </EmptyState>
    );
  }
  const currency = [...cart.totals.keys()][0];
  const offered = channels.filter((channel) => takes(channel, currency));
  const channel = offered.find((candidate) => candidate.code === chosen)?.code ?? offered[0]?.code;
  const faults = buyerFaults(input);
  const missing = formFaults(cart.lines, input);
  const cannot = cart.lines.some((line) => line.fault)
    ? t('cart.fix')
    : cart.totals.size > 1
      ? t('cart.mixed')
      : known && offered.length === 0 && !isRecording
        ? t('checkout.noChannel')
        : undefined;
  const refused = refusedLines(placing.error, lines.length);
  const shown = cart.lines.map((line, at) =>
    refused.has(at) && !line.fault ? { ...line, fault: 'refused' as const } : line,
  );

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setWasTried(true);
    if (placing.isPending || cannot || cart.isLoading) return;
    const firstFault =
      [...missing.keys()][0] ?? (faults.contact ? 'contact' : faults.lookupPassword ? 'lookup-password' : undefined);
    if (firstFault) {
      const field = document.getElementById(firstFault);
      field?.focus({ preventScroll: true });
      field?.scrollIntoView({ block: 'center' });
      return;
    }
    writeStored('local', contactKey, input.contact.trim());
    placing.mutate({ body: orderBody(cart.lines, input, channel, language), lines });
  };
  return (
    <form className="cw-page" onSubmit={submit} noValidate>
      <h1 className="cw-page-title">{t('checkout.title')}</h1>
      <div className={classes.columns}>
        <div className="cw-stack">
          {cart.problem && <ProblemNotice problem={cart.problem} onRetry={() => void cart.refresh()} />}
          <section className="cw-panel" aria-labelledby="items">
            <h2 id="items" className="cw-section-title">
              {refused.size > 0 ? t('checkout.soldOutTitle') : t('checkout.items')}
            </h2>
            <LineList
              lines={shown}
              onChange={(edit) => {
                // The answer was about the lines as they were.
                placing.reset();
                change(edit);
              }}
            />
          </section>
          <BuyerForms lines={cart.lines} value={input} faults={wasTried ? missing : new Map()} onChange={setInput} />
          <section className="cw-panel cw-stack">
            <ContactFields value={input} faults={wasTried ? faults : {}} onChange={setInput} />
          </section>
          <section className="cw-panel">
            <ChannelPicker currency={currency} chosen={channel} onChoose={setChosen} />
          </section>
        </div>
        <aside className={`cw-panel ${classes.side}`} aria-label={t('checkout.subtotal')}>
          <SubmitPanel totals={cart.totals} problem={placing.error} isSending={placing.isPending} cannot={cannot} />
        </aside>
      </div>
    </form>
  );
}
