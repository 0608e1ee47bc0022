/** What the coupon pages ask of the administration API. */
import type { Static } from 'typebox';
import type { CouponList, CouponReply, CreateCouponBody, UpdateCouponBody } from '../../../contract/admin.ts';
import { call } from '../api.ts';
import { searchText } from '../search-text.ts';

export const couponsPerPage = 24;
export const listCoupons = (q: string | undefined, page: number, signal: AbortSignal) =>
  call<CouponList>(`/coupons${searchText({ q, page, pageSize: couponsPerPage })}`, { signal });
export const createCoupon = (body: CreateCouponBody) =>
  call<Static<typeof CouponReply>>('/coupons', { method: 'POST', body });
export const updateCoupon = (id: number, body: UpdateCouponBody) =>
  call<Static<typeof CouponReply>>(`/coupons/${id}`, { method: 'PATCH', body });
export const deleteCoupon = (id: number, version: number) =>
  call<void>(`/coupons/${id}${searchText({ version })}`, { method: 'DELETE' });
