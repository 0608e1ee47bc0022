/** Many codes at once, for a campaign: one set, with the same terms for each code. The codes are told once, as a file. */
import { randomBytes } from 'node:crypto';
import type { GenerateCouponsBody } from '../../contract/admin.ts';
import { type Actor, recordAudit } from '../platform/audit-store.ts';
import { onceForRequest } from '../platform/once-for-request.ts';
import { couponFaults } from './coupon-rules.ts';
import { insertCouponSet } from './coupon-set-store.ts';
import type { EditDeps, Refusal } from './edit-deps.ts';

const action = 'coupon.generate';
/** No 0, O, 1 or I: people type these from paper. 32 to the power of 10 of them: nobody hits one by chance. */
const alphabet = '23456789ABCDEFGHJKLMNPQRSTUVWXYZ';
const randomLength = 10;

export type GenerateOutcome =
  | { kind: 'generated'; setId: number; codes: string[] }
  | Extract<Refusal, { kind: 'invalid' }>;

export async function generateCoupons(
  { database, clock }: Pick<EditDeps, 'database' | 'clock'>,
  { actor, requestId, ...body }: GenerateCouponsBody & Actor,
): Promise<GenerateOutcome> {
  const prefix = body.prefix.toUpperCase();
  const fields = {
    kind: body.kind,
    value: body.value,
    currency: body.currency ?? null,
    productId: body.productId ?? null,
    minTotalMinor: body.minTotalMinor ?? 0,
    maxUses: body.maxUses === undefined ? 1 : body.maxUses,
    perBuyer: body.perBuyer ?? null,
    startsAt: body.startsAt ?? null,
    endsAt: body.endsAt ?? null,
    status: 'active' as const,
  };
  const faults = couponFaults({ ...fields, code: prefix });
  if (faults.length > 0) return { kind: 'invalid', faults };
  // Made before the transaction: run again, it writes the same ones.
  const codes = newCodes(prefix, body.count);
  const { name } = body;
  return database.transact(
    'catalog.generate-coupons',
    onceForRequest<GenerateOutcome>(
      { action, requestId },
      async (tx) => {
        const at = clock.now();
        const setId = await insertCouponSet(tx, { name, prefix, fields, codes, createdBy: actor }, at);
        const after = { name, prefix, codes: codes.length, ...fields };
        await recordAudit(tx, { at, actor, requestId, action, subject: `coupon-set:${setId}`, after });
        return { kind: 'generated', setId, codes };
      },
      async (_tx, setId) => ({ kind: 'generated', setId, codes }),
    ),
  );
}

function newCodes(prefix: string, count: number): string[] {
  const codes = new Set<string>();
  while (codes.size < count) {
    let code = prefix;
    for (const byte of randomBytes(randomLength)) code += alphabet[byte & 31];
    codes.add(code);
  }
  return [...codes];
}
