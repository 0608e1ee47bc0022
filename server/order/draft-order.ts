/** A request as it came in -> an OrderDraft with everything random or slow already done, ready for the batch. */
import type { PlaceOrderBody } from '../../contract/shop.ts';
import type { Clock } from '../platform/clock.ts';
import { orderId, sha256 } from '../platform/ids.ts';
import { idempotencyHash, newAccess } from './access-token.ts';
import type { AskedForms } from './ask-forms.ts';
import { type DraftForm, draftForm, formsDigest } from './buyer-form.ts';
import { lookupHash } from './lookup-password.ts';
import { contactKey } from './order.ts';
import type { OrderDraft } from './place-orders.ts';

export interface OrderRequest {
  body: PlaceOrderBody;
  idempotencyKey: string | undefined;
  clientAddress: string;
  deviceId: string | undefined;
  userId: number | null;
  sessionHash?: string | null;
  firstChannel?: OrderDraft['firstChannel'];
  /** Answers of the buyer, found right (ask-forms.ts). */
  forms?: AskedForms | undefined;
}

export async function draftOrder(deps: { clock: Clock; region: string }, request: OrderRequest): Promise<OrderDraft> {
  const { body } = request;
  const contact = body.contact.trim();
  const key = contactKey(contact);
  const clientKey = sha256(request.clientAddress);
  const id = orderId(deps.region, deps.clock.now());
  return {
    id,
    access: newAccess(request.idempotencyKey),
    wanted: body.lines.map(({ fields: _, ...line }) => line),
    ...(request.forms && { forms: draftForms(request.forms, id) }),
    contact,
    contactKey: key,
    lookupHash: body.lookupPassword ? await lookupHash(key, body.lookupPassword) : null,
    couponCode: body.couponCode,
    idempotencyKey: request.idempotencyKey,
    idempotencyHash: request.idempotencyKey ? idempotencyHash(request.idempotencyKey, key, clientKey) : null,
    requestHash: sha256(
      JSON.stringify([
        body.lines.map((line) => [line.skuId, line.quantity]),
        key,
        body.couponCode ?? '',
        ...(request.forms && request.idempotencyKey ? [formsDigest(request.forms.given, request.idempotencyKey)] : []),
      ]),
    ),
    clientKey,
    deviceKey: request.deviceId ? sha256(request.deviceId) : null,
    userId: request.userId,
    sessionHash: request.sessionHash ?? null,
    lang: body.lang ?? 'zh',
    firstChannel: request.firstChannel ?? null,
  };
}

function draftForms({ given, asked, letterKey }: AskedForms, id: string): DraftForm[] {
  return given.map((one) => {
    const form = draftForm(one, asked.get(one.skuId), id, letterKey);
    if (form === 'no-key') throw new Error('answers were taken without the key to seal them');
    return form;
  });
}
