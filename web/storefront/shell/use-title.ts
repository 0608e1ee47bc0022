import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useLanguage } from '../../ui/language.ts';
import { shopQuery } from '../queries.ts';
import { shopName as nameOf } from './shop-name.ts';

/** The title of the browser's tab: the page, then the shop. */
export function useTitle(title: string | undefined): void {
  const shopName = nameOf(useQuery(shopQuery).data, useLanguage());
  useEffect(() => {
    document.title = title ? `${title} · ${shopName}` : shopName;
  }, [title, shopName]);
}
