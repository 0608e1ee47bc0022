/**
 * Which folder owns which table. Only a `*-store.ts` of the owner names the table in SQL or Kysely; everyone else calls the store.
 * A new table in a migration gets its line here in the same change.
 */
export const tableOwners: Readonly<Record<string, string>> = {
  categories: 'server/catalog',
  products: 'server/catalog',
  skus: 'server/catalog',
  sku_price_steps: 'server/catalog',
  flash_sales: 'server/catalog',
  sku_webhooks: 'server/catalog',
  coupons: 'server/catalog',
  coupon_sets: 'server/catalog',
  pictures: 'server/catalog',
  picture_files: 'server/catalog',
  product_pictures: 'server/catalog',
  card_batches: 'server/card',
  card_keys: 'server/card',
  card_issues: 'server/card',
  stock_changes: 'server/card',
  card_replacements: 'server/card',
  loop_cards: 'server/card',
  loop_issues: 'server/card',
  manual_deliveries: 'server/card',
  line_forms: 'server/card',
  users: 'server/account',
  sessions: 'server/account',
  recovery_codes: 'server/account',
  password_links: 'server/account',
  api_tokens: 'server/account',
  outbox: 'server/delivery',
  orders: 'server/order',
  order_lines: 'server/order',
  order_access: 'server/order',
  channels: 'server/payment',
  channel_health: 'server/payment',
  bill_rows: 'server/reconcile',
  bill_reports: 'server/reconcile',
  payment_messages: 'server/payment',
  payments: 'server/payment',
  payment_evidence: 'server/payment',
  refunds: 'server/payment',
  review_cases: 'server/payment',
  proposals: 'server/payment',
  sandbox_trades: 'server/payment',
  tickets: 'server/degrade',
  shop_events: 'server/platform',
  alarms: 'server/platform',
  notice_targets: 'server/delivery',
  notice_waiting: 'server/delivery',
  notice_deliveries: 'server/delivery',
  restock_waits: 'server/delivery',
  audit_log: 'server/platform',
  audit_chain: 'server/platform',
  system_jobs: 'server/reconcile',
  backups: 'server/reconcile',
  processes: 'server/reconcile',
  settings: 'server/platform',
  leases: 'server/platform',
};

/** Stores that may also read tables of others, because comparing them is their work. They never write them. */
export const tableReaders: Readonly<Record<string, readonly string[]>> = {
  'server/reconcile': Object.keys(tableOwners),
};

/** Rows of these are added and read, and that is all: no code of ours changes or removes one. */
export const appendOnlyTables: readonly string[] = ['audit_log', 'audit_chain'];
