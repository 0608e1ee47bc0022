import { infiniteQueryOptions, keepPreviousData, queryOptions } from '@tanstack/react-query';
import { listCategories, listProducts, type ProductSearch, productsPerPage, showProduct } from './products-api.ts';

export const productsQuery = (search: ProductSearch) =>
  infiniteQueryOptions({
    queryKey: ['products', search],
    queryFn: ({ pageParam, signal }) => listProducts(search, pageParam, signal),
    initialPageParam: 1,
    getNextPageParam: ({ page, total }) => (page * productsPerPage < total ? page + 1 : undefined),
    placeholderData: keepPreviousData,
  });

export const productQuery = (id: number) =>
  queryOptions({
    queryKey: ['product', id],
    queryFn: ({ signal }) => showProduct(id, signal),
    // A form stands on it: what somebody else saves meanwhile must not slip under what is typed here.
    refetchOnWindowFocus: false,
  });

export const categoriesQuery = queryOptions({
  queryKey: ['categories'],
  queryFn: ({ signal }) => listCategories(signal),
});
