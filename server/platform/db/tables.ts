/** The tables as TypeScript sees them; migrations/ is their definition, and test/contracts/schema.test.ts compares the two. */
import type { Generated } from 'kysely';

export interface CategoriesTable {
  id: Generated<number>;
  slug: string;
  name: string;
  translations: string | null;
  position: Generated<number>;
  version: Generated<number>;
  created_at: number;
  updated_at: number;
  icon_id: string | null;
}

export interface ProductsTable {
  id: Generated<number>;
  slug: string;
  category_id: number | null;
  name: string;
  summary: Generated<string>;
  description: string | null;
  image_url: string | null;
  translations: string | null;
  status: Generated<string>;
  position: Generated<number>;
  is_sample: Generated<number>;
  version: Generated<number>;
  created_at: number;
  updated_at: number;
}

export interface PicturesTable {
  id: string;
  width: number;
  height: number;
  used_at: number;
  version: Generated<number>;
  created_by: string;
  created_at: number;
}

export interface PictureFilesTable {
  picture_id: string;
  size: number;
  content: Uint8Array;
}

export interface ProductPicturesTable {
  product_id: number;
  position: number;
  picture_id: string;
  alt: Generated<string>;
  alt_en: Generated<string>;
}

export interface SkusTable {
  id: Generated<number>;
  product_id: number;
  name: string;
  translations: string | null;
  price_minor: number;
  currency: string;
  delivery: Generated<string>;
  min_quantity: Generated<number>;
  max_quantity: Generated<number>;
  per_buyer_limit: number | null;
  low_stock_at: Generated<number>;
  status: Generated<string>;
  position: Generated<number>;
  version: Generated<number>;
  created_at: number;
  updated_at: number;
  buyer_fields: string | null;
}

export interface FlashSalesTable {
  id: Generated<number>;
  sku_id: number;
  starts_at: number;
  ends_at: number;
  price_minor: number;
  per_buyer_limit: number | null;
  quantity_limit: number | null;
  sold: Generated<number>;
}

export interface SkuWebhooksTable {
  sku_id: number;
  url: string;
  secret: Uint8Array;
  updated_at: number;
}

export interface LineFormsTable {
  order_id: string;
  line_no: number;
  sku_id: number;
  answers: string;
  secrets: Uint8Array | null;
  key_id: number | null;
}

export interface SkuPriceStepsTable {
  sku_id: number;
  min_quantity: number;
  price_minor: number;
}

export interface CardBatchesTable {
  id: Generated<number>;
  sku_id: number;
  product_id: number;
  region: string;
  source: string;
  status: Generated<string>;
  total_lines: Generated<number>;
  imported: Generated<number>;
  duplicates: Generated<number>;
  rejected: Generated<number>;
  created_by: string;
  created_at: number;
  finished_at: number | null;
}

export interface CardKeysTable {
  id: Generated<number>;
  card_no: Uint8Array | null;
  card_secret: Uint8Array;
  card_no_hash: string;
  product_id: number;
  sku_id: number;
  region: string;
  status: Generated<number>;
  version: Generated<number>;
  order_id: string | null;
  sale_time: number | null;
  batch_id: number;
  key_id: number;
  off_reason: string | null;
  off_at: number | null;
  exported_at: number | null;
}

export interface StockChangesTable {
  id: Generated<number>;
  sku_id: number;
  region: string;
  kind: string;
  cards: number;
  actor: string;
  at: number;
}

export interface CardReplacementsTable {
  card_id: number;
  new_card_id: number;
  order_id: string;
  line_no: number;
  reason: string;
  actor: string;
  request_id: string | null;
  at: number;
}

export interface ProposalsTable {
  subject: string;
  action: string;
  order_id: string;
  amount_minor: number;
  terms: string;
  proposed_by: string;
  reason: string;
  proposed_at: number;
  version: Generated<number>;
}

export interface CardIssuesTable {
  card_id: number;
  order_id: string;
  line_no: number;
  sku_id: number;
  issued_at: number;
}

export interface LoopCardsTable {
  sku_id: number;
  secret: Uint8Array;
  key_id: number;
  version: Generated<number>;
  updated_at: number;
}

export interface LoopIssuesTable {
  order_id: string;
  line_no: number;
  sku_id: number;
  quantity: number;
  issued_at: number;
}

export interface ManualDeliveriesTable {
  order_id: string;
  line_no: number;
  content: Uint8Array;
  key_id: number;
  delivered_by: string;
  delivered_at: number;
}

export interface OrdersTable {
  id: string;
  region: string;
  status: string;
  currency: string;
  total_minor: number;
  discount_minor: Generated<number>;
  received_minor: Generated<number>;
  refunded_minor: Generated<number>;
  coupon_id: number | null;
  user_id: number | null;
  contact: string;
  contact_key: string;
  lookup_hash: string | null;
  token_hash: string;
  token_salt: string;
  idempotency_hash: string | null;
  request_hash: string;
  client_key: string;
  device_key: string | null;
  lang: Generated<string>;
  risk_score: Generated<number>;
  expires_at: number;
  created_at: number;
  paid_at: number | null;
  delivered_at: number | null;
  closed_at: number | null;
  version: Generated<number>;
}

export interface OrderLinesTable {
  order_id: string;
  line_no: number;
  sku_id: number;
  product_id: number;
  product_name: string;
  sku_name: string;
  delivery: string;
  quantity: number;
  unit_price_minor: number;
  amount_minor: number;
  delivered_at: number | null;
  flash_sale_id: number | null;
}

export interface OrderAccessTable {
  token_hash: string;
  order_id: string;
  purpose: string;
  expires_at: number;
  created_at: number;
}

export interface ChannelsTable {
  code: string;
  kind: string;
  name: string;
  enabled: Generated<number>;
  priority: Generated<number>;
  config: Uint8Array | null;
  version: Generated<number>;
  created_at: number;
  updated_at: number;
  name_en: Generated<string>;
  fee_basis_points: Generated<number>;
}

export interface ChannelHealthTable {
  channel: string;
  blocked_by: string | null;
  reason: Generated<string>;
  since: number;
  probe_at: number | null;
  probes: Generated<number>;
  version: Generated<number>;
}

export interface BillRowsTable {
  channel: string;
  bill_date: string;
  row_no: number;
  type: string;
  trade_no: string;
  out_trade_no: string | null;
  refund_no: string | null;
  amount_minor: number;
  currency: string;
  fee_minor: number | null;
  status: string;
  happened_at: number | null;
}

export interface BillReportsTable {
  channel: string;
  bill_date: string;
  ok: number;
  report: string;
  made_at: number;
}

export interface PaymentMessagesTable {
  id: Generated<number>;
  channel: string;
  digest: string;
  kind: string;
  payment_id: string | null;
  trade_no: string | null;
  raw: string;
  received_at: number;
}

export interface PaymentsTable {
  id: string;
  order_id: string;
  attempt_no: number;
  channel: string;
  status: string;
  amount_minor: number;
  currency: string;
  received_minor: Generated<number>;
  refunded_minor: Generated<number>;
  trade_no: string | null;
  action: string | null;
  created_at: number;
  updated_at: number;
  succeeded_at: number | null;
  next_query_at: number | null;
  query_count: Generated<number>;
  version: Generated<number>;
  reference: string | null;
}

export interface PaymentEvidenceTable {
  channel: string;
  trade_no: string;
  payment_id: string;
  order_id: string | null;
  amount_minor: number;
  currency: string;
  merchant: string;
  source: string;
  outcome: string;
  raw: string | null;
  paid_at: number | null;
  received_at: number;
}

export interface RefundsTable {
  refund_no: string;
  order_id: string;
  payment_id: string;
  channel: string;
  trade_no: string;
  amount_minor: number;
  currency: string;
  status: string;
  mode: string;
  reason: string;
  requested_by: string;
  attempts: Generated<number>;
  last_error: string | null;
  next_attempt_at: number | null;
  created_at: number;
  finished_at: number | null;
  version: Generated<number>;
  reference: string | null;
}

export interface OutboxTable {
  id: string;
  topic: string;
  payload: string;
  status: Generated<string>;
  attempts: Generated<number>;
  next_at: number | null;
  lease_owner: string | null;
  lease_until: number | null;
  last_error: string | null;
  created_at: number;
  done_at: number | null;
}

export interface ReviewCasesTable {
  id: Generated<number>;
  case_key: string;
  kind: string;
  status: Generated<string>;
  order_id: string | null;
  payment_id: string | null;
  trade_no: string | null;
  detail: string;
  resolution: string | null;
  resolved_by: string | null;
  reason: string | null;
  created_at: number;
  resolved_at: number | null;
  version: Generated<number>;
  proposed_action: string | null;
  proposed_by: string | null;
  proposed_at: number | null;
}

export interface CouponSetsTable {
  id: Generated<number>;
  name: string;
  prefix: string;
  codes: number;
  claims: Generated<number>;
  created_by: string;
  created_at: number;
}

export interface CouponsTable {
  id: Generated<number>;
  code: string;
  kind: string;
  value: number;
  currency: string | null;
  product_id: number | null;
  min_total_minor: Generated<number>;
  max_uses: number | null;
  used: Generated<number>;
  starts_at: number | null;
  ends_at: number | null;
  status: Generated<string>;
  version: Generated<number>;
  created_at: number;
  updated_at: number;
  set_id: number | null;
  per_buyer: number | null;
}

export interface UsersTable {
  id: Generated<number>;
  kind: string;
  login: string;
  password_hash: string;
  display_name: string;
  status: Generated<string>;
  created_at: number;
  updated_at: number;
  version: Generated<number>;
  role: string | null;
  totp_secret: Uint8Array | null;
  totp_on_at: number | null;
  totp_last_step: number | null;
}

export interface RecoveryCodesTable {
  user_id: number;
  code_hash: string;
  created_at: number;
}

export interface PasswordLinksTable {
  token_hash: string;
  user_id: number;
  created_at: number;
  expires_at: number;
}

export interface SessionsTable {
  token_hash: string;
  user_id: number;
  csrf_hash: string;
  created_at: number;
  seen_at: number;
  expires_at: number;
  address: string | null;
  device: string | null;
  proved_at: number | null;
}

export interface ApiTokensTable {
  id: Generated<number>;
  name: string;
  token_hash: string;
  scopes: string;
  created_by: string;
  created_at: number;
  last_used_at: number | null;
  expires_at: number | null;
  revoked_at: number | null;
}

export interface AuditLogTable {
  id: Generated<number>;
  at: number;
  actor: string;
  action: string;
  subject: string;
  order_id: string | null;
  reason: string | null;
  before_state: string | null;
  after_state: string | null;
  request_id: string | null;
}

export interface ShopEventsTable {
  id: Generated<number>;
  event_key: string;
  event: string;
  order_id: string | null;
  detail: string;
  created_at: number;
  spread_at: number | null;
}

export interface AlarmsTable {
  name: string;
  round: Generated<number>;
  raised_at: number;
  renewed_at: number;
  over_at: number | null;
}

export interface NoticeTargetsTable {
  id: Generated<number>;
  kind: string;
  name: string;
  lang: Generated<string>;
  enabled: Generated<number>;
  config: Uint8Array;
  events: string;
  quiet_from: number | null;
  quiet_to: number | null;
  utc_offset: Generated<number>;
  request_id: string | null;
  version: Generated<number>;
  created_at: number;
  updated_at: number;
}

export interface NoticeWaitingTable {
  target_id: number;
  event_id: number;
  severity: string;
  delivery_id: number | null;
}

export interface RestockWaitsTable {
  id: Generated<number>;
  sku_id: number;
  contact_key: string;
  contact: string;
  lang: string;
  token: string;
  created_at: number;
  told_at: number | null;
}

export interface NoticeDeliveriesTable {
  id: Generated<number>;
  target_id: number;
  severity: string;
  event_count: number;
  message: string;
  answer: string | null;
  created_at: number;
}

export interface AuditChainTable {
  seq: number;
  entry_id: number;
  prev_hash: string;
  hash: string;
  sealed_at: number;
}

export interface SystemJobsTable {
  id: string;
  job_key: string;
  kind: string;
  params: string;
  status: string;
  requested_by: string;
  requested_at: number;
  started_at: number | null;
  finished_at: number | null;
  host: string | null;
  progress: string | null;
  result: string | null;
  error: string | null;
}

export interface BackupsTable {
  name: string;
  kind: string;
  host: string;
  folder: string;
  copy_folder: string | null;
  made_at: number;
  duration_ms: number;
  bytes: number;
  row_count: number;
  with_keys: number;
  verified_at: number | null;
  rehearsed_at: number | null;
  rehearsal: string | null;
  removed_at: number | null;
}

export interface ProcessesTable {
  id: string;
  host: string;
  roles: string;
  version: string;
  node: string;
  started_at: number;
  seen_at: number;
  detail: string;
}

export interface SettingsTable {
  name: string;
  value: string;
  updated_at: number;
  version: Generated<number>;
}

export interface LeasesTable {
  name: string;
  holder: string;
  fencing: number;
  expires_at: number;
}

export interface SandboxTradesTable {
  out_trade_no: string;
  trade_no: string;
  status: string;
  amount_minor: number;
  currency: string;
  refunded_minor: Generated<number>;
  refund_nos: string;
  created_at: number;
  paid_at: number | null;
}

export interface TicketsTable {
  id: string;
  token_hash: string;
  status: string;
  order_id: string | null;
  problem: string | null;
  created_at: number;
  settled_at: number;
}

export interface Tables {
  tickets: TicketsTable;
  sandbox_trades: SandboxTradesTable;
  categories: CategoriesTable;
  products: ProductsTable;
  pictures: PicturesTable;
  picture_files: PictureFilesTable;
  product_pictures: ProductPicturesTable;
  skus: SkusTable;
  sku_price_steps: SkuPriceStepsTable;
  flash_sales: FlashSalesTable;
  sku_webhooks: SkuWebhooksTable;
  line_forms: LineFormsTable;
  card_batches: CardBatchesTable;
  card_keys: CardKeysTable;
  card_issues: CardIssuesTable;
  stock_changes: StockChangesTable;
  card_replacements: CardReplacementsTable;
  proposals: ProposalsTable;
  loop_cards: LoopCardsTable;
  loop_issues: LoopIssuesTable;
  manual_deliveries: ManualDeliveriesTable;
  orders: OrdersTable;
  order_lines: OrderLinesTable;
  order_access: OrderAccessTable;
  channels: ChannelsTable;
  channel_health: ChannelHealthTable;
  bill_rows: BillRowsTable;
  bill_reports: BillReportsTable;
  payment_messages: PaymentMessagesTable;
  payments: PaymentsTable;
  payment_evidence: PaymentEvidenceTable;
  refunds: RefundsTable;
  outbox: OutboxTable;
  review_cases: ReviewCasesTable;
  coupons: CouponsTable;
  coupon_sets: CouponSetsTable;
  users: UsersTable;
  sessions: SessionsTable;
  recovery_codes: RecoveryCodesTable;
  password_links: PasswordLinksTable;
  api_tokens: ApiTokensTable;
  audit_log: AuditLogTable;
  shop_events: ShopEventsTable;
  alarms: AlarmsTable;
  notice_targets: NoticeTargetsTable;
  notice_waiting: NoticeWaitingTable;
  notice_deliveries: NoticeDeliveriesTable;
  restock_waits: RestockWaitsTable;
  audit_chain: AuditChainTable;
  system_jobs: SystemJobsTable;
  backups: BackupsTable;
  processes: ProcessesTable;
  settings: SettingsTable;
  leases: LeasesTable;
}
