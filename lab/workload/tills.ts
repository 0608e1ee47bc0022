/** Where buyers pay. A till knows how money moves at its network; what the shop hears of it comes from the network. */
import type { PaymentView } from '../../contract/shop.ts';
import { follow } from '../../gateways/payer.ts';
import { sandboxSignature, signatureHeader } from '../../server/payment/channels/sandbox/wire.ts';
import type { FrontDoor } from './front-door.ts';
import type { BuyerRecord, Trade } from './history.ts';

export interface Till {
  /** The code of the channel in the shop. */
  readonly code: string;
  /**
   * The payer pays, as often as this is called once; a repeat is a repeated message.
   * @returns whether the shop has acknowledged it, or the network will see to that by itself
   */
  pay(buyer: BuyerRecord, trade: Trade, payment: PaymentView): Promise<boolean>;
}

/** The network of the sandbox is this program: it signs callbacks and sends them through the front door. */
export function sandboxTill(door: FrontDoor, secret: string): Till {
  return {
    code: 'sandbox',
    async pay(buyer, trade) {
      trade.paid = true;
      const { outTradeNo, amountMinor, currency, tradeNo } = trade;
      const said = { tradeNo, outTradeNo, amountMinor, currency, status: 'paid', timestamp: 1_700_000_000_000 };
      const body = JSON.stringify(said);
      const { outcome } = await door.ask(
        buyer.number,
        {
          kind: 'callback',
          method: 'POST',
          path: '/api/v1/callbacks/sandbox',
          headers: { [signatureHeader]: sandboxSignature(body, secret) },
          body,
        },
        ({ status, text }) => (status === 200 && text === 'success' ? 'ok' : 'fail'),
      );
      if (outcome === 'ok') trade.acknowledged = true;
      return outcome === 'ok';
    },
  };
}

const payWithinMs = 5000;

/** A simulated network of its own process, paid by its control address; it calls the shop by itself, as often as it takes. */
export function simulatorTill(code: string, simulatorUrl: string): Till {
  return {
    code,
    async pay(_buyer, trade, payment) {
      if (trade.paid) return true;
      try {
        await follow(payment.action);
        const reply = await fetch(`${simulatorUrl}/_control/pay`, {
          method: 'POST',
          body: JSON.stringify({ outTradeNo: trade.outTradeNo }),
          signal: AbortSignal.timeout(payWithinMs),
        });
        trade.paid = reply.ok && ((await reply.json()) as { paid: boolean }).paid;
      } catch {
        // The cashier's page did not open, or the network is the one that fails: the buyer tries again.
      }
      return trade.paid;
    },
  };
}
