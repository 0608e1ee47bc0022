/** What the catalogue pages ask of the administration API. */
import type { Static } from 'typebox';
import type {
  AdminCategory,
  AdminCategoryList,
  AdminCategoryReply,
  AdminProductList,
  AdminProductReply,
  AdminSkuReply,
  CreateCategoryBody,
  CreateProductBody,
  CreateSkuBody,
  MoveBody,
  SetWebhookBody,
  UpdateCategoryBody,
  UpdateProductBody,
  UpdateSkuBody,
  WebhookReply,
  WebhookTestReply,
} from '../../../contract/admin-catalogue.ts';
import { call } from '../api.ts';
import { searchText } from '../search-text.ts';

export interface ProductSearch {
  q?: string | undefined;
  categoryId?: number | undefined;
  status?: string | undefined;
}

export const productsPerPage = 24;
export const listProducts = (search: ProductSearch, page: number, signal: AbortSignal) =>
  call<AdminProductList>(`/products${searchText({ ...search, page, pageSize: productsPerPage })}`, { signal });
export const showProduct = async (id: number, signal?: AbortSignal) =>
  (await call<Static<typeof AdminProductReply>>(`/products/${id}`, { ...(signal && { signal }) })).product;
export const createProduct = async (body: CreateProductBody) =>
  (await call<Static<typeof AdminProductReply>>('/products', { method: 'POST', body })).product;
export const updateProduct = async (id: number, body: UpdateProductBody) =>
  (await call<Static<typeof AdminProductReply>>(`/products/${id}`, { method: 'PATCH', body })).product;
export const deleteProduct = (id: number, version: number) =>
  call<void>(`/products/${id}${searchText({ version })}`, { method: 'DELETE' });

export const copyProduct = async (id: number) =>
  (await call<Static<typeof AdminProductReply>>(`/products/${id}/copy`, { method: 'POST' })).product;
/** Beside its neighbour in the list: before the one above it, or after the one below. */
export const moveEntry = (kind: 'categories' | 'products' | 'skus', id: number, body: MoveBody) =>
  call<void>(`/${kind}/${id}/move`, { method: 'POST', body });

export const createSku = (productId: number, body: CreateSkuBody) =>
  call<Static<typeof AdminSkuReply>>(`/products/${productId}/skus`, { method: 'POST', body });
export const showSku = async (id: number) => (await call<Static<typeof AdminSkuReply>>(`/skus/${id}`)).sku;
export const updateSku = (id: number, body: UpdateSkuBody) =>
  call<Static<typeof AdminSkuReply>>(`/skus/${id}`, { method: 'PATCH', body });
export const deleteSku = (id: number, version: number) =>
  call<void>(`/skus/${id}${searchText({ version })}`, { method: 'DELETE' });

export const showWebhook = async (skuId: number, signal: AbortSignal) =>
  (await call<Static<typeof WebhookReply>>(`/skus/${skuId}/webhook`, { signal })).webhook;
export const setWebhook = (skuId: number, body: SetWebhookBody) =>
  call<Static<typeof WebhookReply>>(`/skus/${skuId}/webhook`, { method: 'PUT', body });
export const testWebhook = (skuId: number) =>
  call<Static<typeof WebhookTestReply>>(`/skus/${skuId}/webhook/test`, { method: 'POST', timeoutMs: 30_000 });

export const listCategories = async (signal: AbortSignal): Promise<AdminCategory[]> =>
  (await call<Static<typeof AdminCategoryList>>('/categories', { signal })).categories;
export const createCategory = (body: CreateCategoryBody) =>
  call<Static<typeof AdminCategoryReply>>('/categories', { method: 'POST', body });
export const updateCategory = (id: number, body: UpdateCategoryBody) =>
  call<Static<typeof AdminCategoryReply>>(`/categories/${id}`, { method: 'PATCH', body });
export const deleteCategory = (id: number, version: number) =>
  call<void>(`/categories/${id}${searchText({ version })}`, { method: 'DELETE' });
