/** What the coupon pages ask of the administration API. */
import type { Static } from 'typebox';
import type {
  CouponList,
  CouponReply,
  CouponSetList,
  CreateCouponBody,
  GenerateCouponsBody,
  SwitchedOff,
  UpdateCouponBody,
} from '../../../contract/admin.ts';
import { call } from '../api.ts';
import { download } from '../download.ts';
import { searchText } from '../search-text.ts';

export const couponsPerPage = 24;
export interface CouponSearch {
  q?: string | undefined;
  setId?: number | undefined;
}
export const listCoupons = ({ q, setId }: CouponSearch, page: number, signal: AbortSignal) =>
  call<CouponList>(`/coupons${searchText({ q, setId, page, pageSize: couponsPerPage })}`, { signal });
export const listCouponSets = (signal: AbortSignal) => call<CouponSetList>('/coupon-sets', { signal });
export const generateCoupons = (body: GenerateCouponsBody) => download('/coupon-sets', body);
export const switchOffCouponSet = (id: number, reason: string) =>
  call<Static<typeof SwitchedOff>>(`/coupon-sets/${id}/off`, { method: 'POST', body: { reason } });
export const createCoupon = (body: CreateCouponBody) =>
  call<Static<typeof CouponReply>>('/coupons', { method: 'POST', body });
export const updateCoupon = (id: number, body: UpdateCouponBody) =>
  call<Static<typeof CouponReply>>(`/coupons/${id}`, { method: 'PATCH', body });
export const deleteCoupon = (id: number, version: number) =>
  call<void>(`/coupons/${id}${searchText({ version })}`, { method: 'DELETE' });
